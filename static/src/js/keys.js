/* Keys: j and k move, x selects a row, / searches. Never while typing, never with a modifier. */
import { all } from "./dom.js";

const rows = all("tr[data-row]");
const clauses = all(".clause[id]");
let row = rows.findIndex((each) => each.classList.contains("is-at"));
let clause = clauses.findIndex((each) => each.classList.contains("is-here"));

function isTyping(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

function step(list, from, by, name) {
  const to = Math.max(0, Math.min(list.length - 1, from + by));
  for (const each of list) each.classList.remove(name);
  list[to].classList.add(name);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  list[to].scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  return to;
}

function count() {
  for (const each of rows) {
    each.classList.toggle("is-picked", Boolean(each.querySelector("input")?.checked));
  }
  const shown = document.querySelector("[data-picked]");
  if (shown) shown.textContent = rows.filter((each) => each.querySelector("input")?.checked).length;
}

document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
  const by = { j: 1, k: -1 }[event.key];
  if (by && rows.length) row = step(rows, row, by, "is-at");
  else if (by && clauses.length) clause = step(clauses, clause, by, "is-here");
  else if (event.key === "x" && rows[row]?.querySelector("input")) {
    rows[row].querySelector("input").click();
  } else if (event.key === "/") {
    event.preventDefault();
    document.querySelector(".finder input, .filters input")?.focus();
  }
});
document.addEventListener("change", (event) => {
  if (event.target.closest("tr[data-row]")) count();
});
if (rows.length) count();
