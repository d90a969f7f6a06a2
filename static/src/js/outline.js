/* The contents follow the reader: the clause at the top of the window is the current one. */
import { all } from "./dom.js";

const outline = document.querySelector("[data-outline]");
const links = outline ? all('a[href^="#c-"]', outline) : [];
const places = links
  .map((link) => ({ link, place: document.getElementById(link.hash.slice(1)) }))
  .filter(({ place }) => place);
let waits = false;

function mark() {
  waits = false;
  let current = null;
  for (const { link, place } of places) {
    if (place.getBoundingClientRect().top > 140) break;
    current = link;
  }
  for (const { link } of places) {
    if (link === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  if (current && outline.scrollHeight > outline.clientHeight) {
    const [top, box] = [current.getBoundingClientRect().top, outline.getBoundingClientRect()];
    if (top < box.top + 40 || top > box.bottom - 60) outline.scrollTop += top - box.top - box.height / 3;
  }
}

if (places.length) {
  addEventListener("scroll", () => {
    if (!waits) requestAnimationFrame(mark);
    waits = true;
  }, { passive: true });
  mark();
  outline.addEventListener("click", (event) => {
    if (event.target.closest("a") && !matchMedia("(min-width: 72rem)").matches) outline.open = false;
  });
}
