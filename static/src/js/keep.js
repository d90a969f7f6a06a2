/* What is typed into a form is kept: on this device at once, on the server soon after, until the form is sent.
   The form follows an element [data-keep] (keeping/kept.html). Nothing is ever filled in unasked. */
import { _, all } from "./dom.js";

const SOON = 1_200;
const AGAIN = 30_000;
const SENT = "kept-sent=";

const stored = {
  read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden */ } },
  keys() { try { return Object.keys(localStorage); } catch { return []; } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* forbidden */ } },
};

/* The server has taken what was sent: forget this device's copy of it, too, whichever page answers. */
const sent = document.cookie.split("; ").find((one) => one.startsWith(SENT));
if (sent) {
  const [slug, place] = sent.slice(SENT.length).replaceAll('"', "").split("/");
  for (const key of stored.keys()) if (key.endsWith(` /agreements/${slug}/kept ${place}`)) stored.drop(key);
  document.cookie = `${SENT}; max-age=0; path=/; samesite=lax`;
}

function isWords(field) {
  return field.matches("textarea, input[type=text], input:not([type])") && field.name;
}

function isChoice(field) {
  return field.matches("select, input[type=radio], input[type=checkbox]") && field.name;
}

/* Clauses that were opened or begun in the form: hidden lines, kept under their name and a star. */
const LISTS = ["open", "new"];

function lines(form, name) {
  return [...form.querySelectorAll(`input[type=hidden][name=${name}]`)].map((one) => one.value);
}

/* What stands in a form: the words, and what is chosen. */
function held(form) {
  const content = { words: {}, choices: {} };
  for (const name of LISTS) if (lines(form, name).length) content.choices[`${name}*`] = lines(form, name).join("\n");
  for (const field of form.elements) {
    if (isWords(field)) content.words[field.name] = field.value;
    else if (isChoice(field) && (field.tagName === "SELECT" || field.checked)) content.choices[field.name] = field.value;
  }
  return content;
}

/* Whether somebody typed: choices alone are quickly made again. */
function isTyped(form) {
  return [...form.elements].some((field) => isWords(field) && field.value !== field.defaultValue);
}

function fill(form, content) {
  for (const field of form.elements) {
    if (isWords(field) && field.name in content.words) field.value = content.words[field.name];
    else if (field.tagName === "SELECT" && field.name in content.choices) field.value = content.choices[field.name];
    else if (isChoice(field)) field.checked = content.choices[field.name] === field.value;
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/* A form that can be looked at is filled by the server: it opens and begins the clauses again, too. */
function sentBack(form, content) {
  const look = form.querySelector("button[value=look]");
  if (!look || !LISTS.some((name) => `${name}*` in content.choices)) return false;
  const missing = (name, values) => values.filter((value) => !lines(form, name).includes(value)).map((value) => [name, value]);
  const fields = [
    ...LISTS.flatMap((name) => missing(name, (content.choices[`${name}*`] ?? "").split("\n").filter(Boolean))),
    ...Object.entries(content.words).filter(([name]) => !form.elements.namedItem(name)),
  ];
  form.append(...fields.map(([name, value]) => Object.assign(document.createElement("input"), { type: "hidden", name, value })));
  form.requestSubmit(look);
  return true;
}

class Keeper {
  constructor(box, form) {
    Object.assign(this, { box, form });
    this.key = `kept ${box.dataset.person} ${box.dataset.keep} ${box.dataset.place}`;
    this.state = box.querySelector("[data-keep-state]");
    this.offer = box.querySelector("[data-keep-offer]");
    form.after(this.state);
    const name = document.createElement("input");
    Object.assign(name, { type: "hidden", name: "kept", value: box.dataset.place });
    form.append(name);
    this.offerLocal();
    form.addEventListener("input", () => this.typed());
    form.addEventListener("submit", () => this.stop());
    box.querySelector("[data-keep-take]").addEventListener("click", () => this.take());
    this.offer.addEventListener("submit", () => stored.drop(this.key));
    addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => document.hidden && this.wanted && this.send());
    if (this.offer.dataset.content) this.show();
  }

  /* A copy on this device is newer than what the server has: the connection was lost in between. */
  offerLocal() {
    const copy = stored.read(this.key);
    if (!copy || isTyped(this.form)) return;
    if (JSON.stringify(copy.content.words) === JSON.stringify(held(this.form).words)) return;
    this.offer.dataset.content = JSON.stringify(copy.content);
    this.box.querySelector("[data-keep-when]").textContent = _("You wrote this at {time}, on this device, and did not send it.", { time: copy.at });
    this.box.querySelector("[data-keep-changed]").hidden = copy.base === this.box.dataset.base;
    this.box.querySelector("[data-keep-words]").replaceChildren(...Object.values(copy.content.words)
      .filter((words) => words.trim())
      .map((words) => Object.assign(document.createElement("p"), { className: "kept-text", textContent: words })));
  }

  show() {
    this.offer.hidden = false;
    this.box.querySelector("[data-keep-take]").hidden = false;
  }

  take() {
    const folded = this.form.closest("details");
    if (folded) folded.open = true;
    const content = JSON.parse(this.offer.dataset.content);
    fill(this.form, content);
    if (sentBack(this.form, content)) return;
    this.offer.hidden = true;
    [...this.form.elements].find(isWords)?.focus();
  }

  typed() {
    this.offer.hidden = true;
    this.wanted = true;
    const at = new Date().toTimeString().slice(0, 5);
    if (isTyped(this.form)) stored.write(this.key, { content: held(this.form), base: this.box.dataset.base, at });
    else stored.drop(this.key);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), SOON);
  }

  stop() {
    clearTimeout(this.timer);
    this.wanted = false;
    this.request?.abort();
  }

  async send() {
    if (!this.wanted) return;
    clearTimeout(this.timer);
    this.request?.abort();
    const request = (this.request = new AbortController());
    const content = isTyped(this.form) ? held(this.form) : { words: {}, choices: {} };
    const body = new URLSearchParams({ csrf_token: this.box.dataset.token, place: this.box.dataset.place, base: this.box.dataset.base, content: JSON.stringify(content) });
    this.wanted = false;
    try {
      const answer = await fetch(this.box.dataset.keep, { method: "POST", body, signal: request.signal, keepalive: document.hidden });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const { saved } = await answer.json();
      if (request.signal.aborted) return;
      if (!this.wanted) stored.drop(this.key);
      this.state.textContent = saved ? _("Saved {time}", { time: saved }) : "";
    } catch (error) {
      if (error.name === "AbortError") return;
      this.wanted = true;
      this.state.textContent = _("Kept on this device; it is saved once the connection is back.");
      this.timer = setTimeout(() => this.send(), AGAIN);
    }
  }
}

for (const box of all("[data-keep]")) {
  let form = box.nextElementSibling;
  if (form && form.tagName !== "FORM") form = form.querySelector("form");
  if (form) new Keeper(box, form);
}
