/* Defined terms explain themselves on hover and on focus; without this they are links to their definition. */
import { all } from "./dom.js";

const gloss = document.querySelector(".gloss");

function show(term) {
  const source = document.querySelector(term.getAttribute("href"));
  if (!source) return;
  gloss.replaceChildren(...[...source.childNodes].map((node) => node.cloneNode(true)));
  for (const tools of all(".reach, .stance, .notes, .guidance", gloss)) tools.remove();
  for (const inner of all("[id]", gloss)) inner.removeAttribute("id");
  gloss.hidden = false;
  const box = term.getBoundingClientRect();
  const host = gloss.offsetParent.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left - host.left, host.width - 400));
  gloss.style.setProperty("--x", `${left}px`);
  gloss.style.setProperty("--y", `${box.bottom - host.top + 8}px`);
}

function hide() {
  gloss.hidden = true;
}

/* The text grows while it is read: its terms are heard through the page. */
const termOf = ({ target }) => (target.closest ? target.closest(".term") : null);

if (gloss) {
  for (const come of ["pointerover", "focusin"]) {
    document.addEventListener(come, (event) => {
      const term = termOf(event);
      if (term) show(term);
    });
  }
  for (const go of ["pointerout", "focusout"]) {
    document.addEventListener(go, (event) => {
      if (termOf(event)) hide();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
}
