/* Keys: j and k move, n and p go from note to note or from change to change, c comments, e amends, s says where
   one stands, r replies to the open note, x selects, 1 to 4 change the view, / searches, ? shows the keys. Never while typing, never with a modifier; each is also a visible control, and the page of
   keys switches them off on this device (WCAG 2.2, 2.1.4). */
import { _, all } from "./dom.js";
import { open } from "./margin.js";

let rows = all("tr[data-row]");
const clauses = () => all(".clause[id], .subs > li[id]");
const notes = () => all(".doc .note");
const turns = all(".turn");
let turned = -1;
let row = -1;
let clause = null;

document.addEventListener("news:shown", () => (rows = all("tr[data-row]")));

function isTyping(target) {
  return target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
}

function bring(element, block = "nearest") {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
}

function step(list, from, by, name) {
  const to = Math.max(0, Math.min(list.length - 1, from + by));
  for (const each of list) each.classList.remove(name);
  list[to].classList.add(name);
  bring(list[to]);
  return to;
}

function inView(list) {
  return list.findIndex((each) => each.getBoundingClientRect().bottom > 120) - 1;
}

function follow(key) {
  const here = document.querySelector(".is-here");
  const link = here?.querySelector(`:scope > .gutter [data-key="${key}"], :scope > .no [data-key="${key}"]`);
  if (link) location.assign(link.href);
}

const deeds = {
  j: () => move(1),
  k: () => move(-1),
  n: () => turn(1),
  p: () => turn(-1),
  c: () => follow("c"),
  e: () => follow("e"),
  s: () => follow("s"),
  r: reply,
  x: () => rows[row]?.querySelector("input")?.click(),
  "/": () => all(".search input[type=search], .finder input").find((each) => each.checkVisibility?.() ?? true)?.focus(),
  "?": () => location.assign("/help/keyboard"),
};

function move(by) {
  if (rows.length) row = step(rows, row, by, "is-at");
  else {
    const list = clauses();
    if (list.length) clause = list[step(list, clause ? list.indexOf(clause) : inView(list), by, "is-here")];
  }
}

function turn(by) {
  if (turns.length) {
    turned = step(turns, turned, by, "is-at");
    bring(turns[turned].closest("[id]") ?? turns[turned], "start");
    return;
  }
  const list = notes();
  if (!list.length || rows.length) return;
  const at = list.findIndex((each) => each.classList.contains("is-open"));
  const note = list[Math.max(0, Math.min(list.length - 1, at + by))];
  open(note);
  bring(note, "center");
}

/* Reply where one reads: in the open note, else in the first of the clause one is at. */
async function reply() {
  const note = document.querySelector(".doc .note.is-open") ?? document.querySelector(".is-here .note");
  if (!note) return;
  await open(note);
  const field = note.querySelector(".reply textarea");
  field?.focus();
  if (field) bring(field);
}

/* Whether a key press is a short cut: no modifier, nobody types, and they are not switched off. */
export function isForUs(event) {
  if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return false;
  return document.documentElement.dataset.keys !== "off";
}

/* Stand at one row of a table, from where j and k go on. */
export function standAt(element, block = "nearest") {
  row = rows.indexOf(element);
  for (const each of rows) each.classList.toggle("is-at", each === element);
  bring(element, block);
}

document.addEventListener("keydown", (event) => {
  if (!isForUs(event)) return;
  const views = all(".bar .switch a");
  if (/^[1-4]$/.test(event.key) && views[event.key - 1]) views[event.key - 1].click();
  else if (deeds[event.key]) {
    event.preventDefault();
    deeds[event.key]();
  }
});

function told(button) {
  const off = document.documentElement.dataset.keys === "off";
  button.textContent = off ? _("Switch the short cuts on") : _("Switch the short cuts off");
}

for (const button of all("[data-keys-switch]")) {
  button.hidden = false;
  told(button);
  button.addEventListener("click", () => {
    const root = document.documentElement;
    root.dataset.keys = root.dataset.keys === "off" ? "on" : "off";
    try {
      localStorage.setItem("keys", root.dataset.keys);
    } catch {
      /* storage is switched off: it lasts for this page */
    }
    told(button);
  });
}
