/* The desk by keyboard: what is selected is counted, a key chooses the answer and leads to the reason, Enter gives it.
   Shift takes all rows in between. Each key is also a visible control; without script the same form is sent. */
import { _, all } from "./dom.js";
import { isForUs, standAt } from "./keys.js";

const OUTCOMES = { a: "accepted", p: "accepted_in_part", r: "rejected", d: "duplicate_of", t: "noted", l: "deferred" };
let rows, boxes;
const batch = document.querySelector("[data-batch]");
const field = (name) => batch?.querySelector(`[name="${name}"]`);
let last = -1;

function look() {
  rows = all("tr[data-row]");
  boxes = rows.map((row) => row.querySelector("input[type=checkbox]"));
}

look();
const here = () => rows.find((row) => row.classList.contains("is-at"));
const picked = () => boxes.filter((box) => box?.checked);

function count() {
  const many = picked().length;
  rows.forEach((row, at) => row.classList.toggle("is-picked", Boolean(boxes[at]?.checked)));
  for (const shown of all("[data-picked]")) shown.textContent = many;
  if (batch) batch.hidden = many === 0;
  const button = batch?.querySelector("[data-answer]");
  if (button) button.textContent = many > 1 ? _("Answer {count}", { count: many }) : _("Answer");
}

function pick(row, checked = true) {
  const box = row?.querySelector("input[type=checkbox]");
  if (box) box.checked = checked;
}

/* What a key is about: everything selected, else the row the reader stands at. */
function take() {
  if (!picked().length) pick(here());
  count();
  return picked().length > 0;
}

function answer(outcome) {
  if (!take()) return;
  field("outcome").value = outcome;
  showOf();
  (outcome === "duplicate_of" && !field("duplicate_of").value ? field("duplicate_of") : field("answer")).focus();
}

/* The field for what is repeated is there only where it is asked for. */
function showOf() {
  const of = field("duplicate_of");
  if (of) of.hidden = field("outcome").value !== "duplicate_of";
}

/* The rows of a group stand together under its line: the first and all that follow it. */
function group() {
  const row = here();
  if (!row || !row.hasAttribute("data-grouped")) return;
  let first = row;
  while (!first.previousElementSibling?.classList.contains("group")) first = first.previousElementSibling;
  const members = [];
  for (let each = first; each?.hasAttribute("data-grouped") && !each.classList.contains("group"); each = each.nextElementSibling) members.push(each);
  const on = members.some((each) => !each.querySelector("input:checked"));
  for (const each of members) pick(each, on);
  count();
}

function next() {
  const at = rows.indexOf(here());
  const open = rows.find((row, place) => place > at && row.hasAttribute("data-open"));
  if (open) standAt(open);
  else document.querySelector(".pager [rel=next]")?.click();
}

function clear() {
  for (const box of picked()) box.checked = false;
  count();
}

const deeds = {
  ...Object.fromEntries(Object.entries(OUTCOMES).map(([key, outcome]) => [key, () => answer(outcome)])),
  g: group,
  n: next,
  u: () => document.querySelector("[data-undo] button")?.click(),
  o: () => here()?.querySelector("[data-open-row]")?.click(),
  w: () => take() && field("answer").focus(),
  Escape: clear,
};

function start() {
  document.addEventListener("click", (event) => {
    const at = boxes.indexOf(event.target);
    if (at < 0) return;
    if (event.shiftKey && last >= 0) {
      const [from, to] = [Math.min(at, last), Math.max(at, last)];
      for (let i = from; i <= to; i += 1) if (boxes[i]) boxes[i].checked = event.target.checked;
    }
    last = at;
    count();
  });
  document.addEventListener("news:shown", () => {
    look();
    count();
  });
  document.addEventListener("reset", () => setTimeout(count));
  document.addEventListener("keydown", (event) => {
    if (isForUs(event) && deeds[event.key]) {
      event.preventDefault();
      deeds[event.key]();
    }
  });
  const aim = location.hash.startsWith("#row-") && document.getElementById(location.hash.slice(1));
  if (aim) standAt(aim, "center");
}

function write() {
  const reason = field("answer");
  reason?.addEventListener("keydown", (event) => {
    if (event.key === "Escape") reason.blur();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    batch.querySelector("[data-answer]").click();
  });
  field("outcome")?.addEventListener("change", showOf);
  field("saved")?.addEventListener("change", (event) => {
    reason.value = event.target.selectedOptions[0].dataset.text ?? "";
    event.target.value = "";
    reason.focus();
  });
  field("head")?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    batch.querySelector("[data-group]").click();
  });
}

if (rows.length) {
  start();
  if (batch) write();
  showOf();
  count();
}

/* On the page of one contribution a saved answer is put where the reason is written. */
for (const button of all("[data-saved]")) {
  button.addEventListener("click", () => {
    const reason = document.querySelector("textarea[name=answer]");
    reason.value = button.dataset.saved;
    reason.focus();
  });
}
