/* Words that are selected in a clause: a small menu offers to comment on them or to change the clause. Without this they
   are copied by hand. */
import { _, all } from "./dom.js";

const LONGEST = 1500;

function clean(selection) {
  const held = document.createElement("div");
  for (let at = 0; at < selection.rangeCount; at += 1) {
    held.append(selection.getRangeAt(at).cloneContents());
  }
  for (const hidden of all(".vh, .tag, .no, .notes, .reach, ins", held)) hidden.remove();
  return held.textContent.replace(/\s+/g, " ").trim();
}

function chosen() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.anchorNode) return null;
  const from = selection.anchorNode.parentElement;
  const to = selection.focusNode.parentElement;
  const words = clean(selection);
  return words && words.length <= LONGEST ? { from, to, words } : null;
}

function aim(address, words) {
  const to = new URL(address);
  to.searchParams.set("quote", words);
  return to.href;
}

/* The smallest clause that holds all of the words. */
function around({ from, to }) {
  let place = from.closest(".subs > li[id], .inner[id], .clause[id]");
  while (place && !place.contains(to)) place = place.parentElement.closest(".subs > li[id], .inner[id], .clause[id]");
  return place;
}

const menu = document.createElement("div");
menu.className = "picked";
menu.setAttribute("role", "group");
menu.setAttribute("aria-label", _("The selected words"));

function offer(name, href) {
  const link = document.createElement("a");
  link.textContent = name;
  link.href = href;
  menu.append(link);
}

/* Below the words, where it covers nothing that was selected; it goes with them while the text is laid out. */
function place(doc) {
  if (!document.getSelection().rangeCount) return;
  const [words, box] = [document.getSelection().getRangeAt(0).getBoundingClientRect(), doc.getBoundingClientRect()];
  if (menu.parentElement !== doc) doc.append(menu);
  const x = Math.min(words.left, innerWidth - menu.offsetWidth - 8) - box.left;
  menu.style.setProperty("--x", `${Math.round(Math.max(0, x))}px`);
  menu.style.setProperty("--y", `${Math.round(words.bottom - box.top + 6)}px`);
}

function show(clause, words) {
  const link = (key) => all(`a[data-key=${key}]`, clause).find((one) => !one.closest(".notes"));
  menu.replaceChildren();
  if (link("c")) offer(_("Comment on these words"), aim(link("c").href, words));
  if (link("e")) offer(_("Propose a change"), link("e").href);
  if (menu.children.length) place(clause.closest(".doc"));
}

function onSelect() {
  const found = chosen();
  if (!found) return menu.remove();
  const field = document.querySelector("form[data-comment] input[name=quote]");
  if (field && found.from.closest("[data-quotable]")) {
    field.value = found.words;
    return;
  }
  const clause = found.from.closest(".notes, .picked") ? null : around(found);
  if (!clause) return menu.remove();
  for (const other of all(".is-here")) other.classList.remove("is-here");
  clause.classList.add("is-here");
  for (const link of all("a[data-key=c]", clause)) link.href = aim(link.href, found.words);
  show(clause, found.words);
}

if (document.querySelector(".doc, [data-quotable]")) {
  const moves = new ResizeObserver(() => menu.isConnected && place(menu.parentElement));
  for (const text of all(".doc")) moves.observe(text);
  document.addEventListener("mouseup", (event) => event.target.closest?.(".picked") || setTimeout(onSelect));
  document.addEventListener("keyup", (event) => {
    if (event.shiftKey || event.key === "Shift") onSelect();
    else if (event.key === "Escape") menu.remove();
  });
  document.addEventListener("touchend", (event) => event.target.closest?.(".picked") || setTimeout(onSelect, 50));
}
