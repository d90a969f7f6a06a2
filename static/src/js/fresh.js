/* A page is brought up to date in place, from the page as it is now: what is the same stays the element that it is,
   so nothing moves that is read, and nothing is touched that is open, chosen or being written. */
import { all, root } from "./dom.js";

/* What scripts and readers set, not the server. */
const OWN_ATTRIBUTES = new Set(["style", "data-at", "data-sent", "aria-expanded", "aria-busy", "open", "hidden", "tabindex"]);
const OWN_CLASSES = ["is-open", "glides", "is-on", "is-here", "is-at", "is-picked", "is-fresh", "is-near", "has-news"];
const OWN_ELEMENTS = "[data-news], [data-here], [data-here-at], [data-keep], [data-keep-state], .gloss, .writes, .goes-on";

const isOwn = (node) => node.nodeType === Node.ELEMENT_NODE && node.matches(OWN_ELEMENTS);

function isChanged(field) {
  if (field.matches("select")) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((each) => each.defaultSelected));
  if (field.matches("input[type=radio]")) return field.checked !== field.defaultChecked;
  if (!field.matches("textarea, input:not([type=checkbox], [type=hidden], [type=submit])")) return false;
  return field.value !== field.defaultValue || field === document.activeElement;
}

/* A form that somebody writes in, or whose words are kept while they are written. */
function isWritten(form) {
  return Boolean(form.elements.namedItem("kept")) || [...form.elements].some(isChanged);
}

/* What a form shows and asks: its tokens are others on every page. */
function shown(form) {
  const made = form.cloneNode(true);
  for (const token of all("input[type=hidden]", made)) token.remove();
  return made;
}

class Renewal {
  constructor() {
    this.left = false;
    this.notes = [];
  }

  children(old, fresh) {
    let at = old.firstChild;
    const pass = () => {
      while (at && isOwn(at)) at = at.nextSibling;
    };
    for (const child of [...fresh.childNodes]) {
      if (isOwn(child)) continue;
      pass();
      const named = child.id && document.getElementById(child.id);
      const isLike = at && at.nodeName === child.nodeName && (at.id ?? "") === (child.id ?? "");
      const match = named?.parentNode === old ? named : isLike ? at : null;
      if (!match) {
        this.add(old, document.importNode(child, true), at);
        continue;
      }
      if (match === at) at = at.nextSibling;
      else old.insertBefore(match, at);
      this.node(match, child);
    }
    while (at) {
      const gone = at;
      at = at.nextSibling;
      /* A clause that the new page doesn't hold is further down than it reaches. */
      if (!isOwn(gone) && !gone.id?.startsWith("c-")) gone.remove();
    }
  }

  add(parent, made, before) {
    parent.insertBefore(made, before);
    if (made.nodeType !== Node.ELEMENT_NODE) return;
    for (const note of [made, ...all(".note, .remarks > li, tr[data-row]", made)]) {
      if (note.matches(".note, .remarks > li, tr[data-row]")) note.classList.add("is-fresh");
    }
  }

  node(old, fresh) {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
      return;
    }
    if (old.isEqualNode(fresh)) return;
    if (old.matches("form") && isWritten(old)) {
      this.left ||= !shown(old).isEqualNode(shown(fresh));
      return;
    }
    if (old.matches("textarea, select, input:not([type=hidden])")) return;
    if (old.matches(".note") && fresh.dataset.source && !old.dataset.source) this.opened(old, fresh);
    this.attributes(old, fresh);
    this.children(old, fresh);
  }

  attributes(old, fresh) {
    for (const { name } of [...old.attributes]) {
      if (!OWN_ATTRIBUTES.has(name) && name !== "aria-current" && !fresh.hasAttribute(name)) old.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
      if (OWN_ATTRIBUTES.has(name) || old.getAttribute(name) === value) continue;
      if (name !== "class") old.setAttribute(name, value);
      else old.className = [value, ...OWN_CLASSES.filter((each) => old.classList.contains(each))].join(" ");
    }
  }

  /* An opened note holds more than the page: it keeps that, and is filled anew. */
  opened(old, fresh) {
    this.notes.push({ note: old, source: fresh.dataset.source });
    fresh.removeAttribute("data-source");
    for (const part of [".gist", ".body"]) fresh.querySelector(part)?.replaceWith(old.querySelector(part).cloneNode(true));
  }

  async refill() {
    for (const { note, source } of this.notes) {
      const answer = await fetch(source);
      if (!answer.ok) continue;
      const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".note .body");
      if (made) this.children(note.querySelector(".body"), made);
    }
  }
}

/* What is read: where the cursor is, else what stands a little above the middle. It stays where it is. */
function anchor() {
  const main = document.querySelector("main");
  const isSeen = ({ top, bottom }) => bottom > 0 && top < innerHeight;
  const focused = document.activeElement;
  const isRead = main.contains(focused) && !focused.closest("[data-news]");
  if (isRead && isSeen(focused.getBoundingClientRect())) return focused;
  const found = document.elementFromPoint(innerWidth / 3, innerHeight * 0.4);
  return found && main.contains(found) ? found : null;
}

/* A long text comes in parts: what this page has of it by now. */
async function complete(page) {
  if (document.querySelector(".doc .goes-on")) return;
  for (let link; (link = page.querySelector(".doc .goes-on")); ) {
    const answer = await fetch(link.dataset.source);
    if (!answer.ok || answer.redirected) return;
    const held = page.createElement("template");
    held.innerHTML = await answer.text(); // our own template, escaped there
    link.replaceWith(held.content);
  }
}

/** Bring this page up to date with the HTML of the page as it is now; whether something was left as it was. */
export async function renew(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  await complete(page);
  const renewal = new Renewal();
  const [held, focused] = [anchor(), document.activeElement];
  const before = held?.getBoundingClientRect().top;
  root.style.overflowAnchor = "none";
  for (const name of ["main", ".masthead"]) {
    const [old, fresh] = [document.querySelector(name), page.querySelector(name)];
    if (old && fresh) renewal.node(old, fresh);
  }
  document.dispatchEvent(new Event("news:shown"));
  if (held?.isConnected) scrollBy({ top: held.getBoundingClientRect().top - before, behavior: "instant" });
  root.style.overflowAnchor = "";
  if (focused?.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true });
  await renewal.refill();
  if (renewal.notes.length) document.dispatchEvent(new Event("news:shown"));
  return { left: renewal.left, since: page.querySelector("[data-news]")?.dataset.since };
}
