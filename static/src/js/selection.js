/* Words that are selected in a clause: the comment on it is about them. Without this they are copied by hand. */
import { all } from "./dom.js";

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

function aim(link, words) {
  const address = new URL(link.href);
  address.searchParams.set("quote", words);
  link.href = address.href;
}

function onSelect() {
  const found = chosen();
  if (!found) return;
  const field = document.querySelector("form[data-comment] input[name=quote]");
  if (field && found.from.closest("[data-quotable]")) {
    field.value = found.words;
    return;
  }
  const clause = found.from.closest(".clause[id]");
  if (!clause || clause !== found.to.closest(".clause[id]")) return;
  for (const other of all(".clause.is-here")) other.classList.remove("is-here");
  clause.classList.add("is-here");
  for (const link of all("a[data-key=c]", clause)) aim(link, found.words);
}

if (document.querySelector(".doc, [data-quotable]")) {
  document.addEventListener("mouseup", () => setTimeout(onSelect));
  document.addEventListener("keyup", (event) => {
    if (event.shiftKey || event.key === "Shift") onSelect();
  });
  document.addEventListener("touchend", () => setTimeout(onSelect, 50));
}
