/* The contents follow the reader: the clause at the top of the window is the current one. */
import { blockOf, isNear, onNear } from "./blocks.js";
import { all } from "./dom.js";

const TOP = 260; // a little below where a clause stands that one has jumped to
const outline = document.querySelector("[data-outline]");
const links = outline ? all('a[href^="#c-"]', outline) : [];
let current = null;
let waits = false;

/* Whether a place begins above the top of the window; asked only of what is laid out, or it would have to be. */
function isAbove(place) {
  const block = blockOf(place);
  if (block && block !== place && !isNear(block)) return block.getBoundingClientRect().bottom <= TOP;
  return place.getBoundingClientRect().top <= TOP;
}

/* Places stand in the order of their links, so the last one above is found by halving. */
function found() {
  const places = links.map((link) => document.getElementById(link.hash.slice(1)));
  let [low, high] = [0, places.findLastIndex(Boolean) + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (!places[middle] || isAbove(places[middle])) low = middle + 1;
    else high = middle;
  }
  return links[low - 1] ?? null;
}

function mark() {
  waits = false;
  const link = found();
  if (link !== current) {
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    current = link;
  }
  if (!current) outline.scrollTop = 0;
  else if (outline.scrollHeight > outline.clientHeight) {
    const [top, box] = [current.getBoundingClientRect().top, outline.getBoundingClientRect()];
    if (top < box.top + 40 || top > box.bottom - 60) outline.scrollTop += top - box.top - box.height / 3;
  }
}

function soon() {
  if (!waits) requestAnimationFrame(mark);
  waits = true;
}

if (links.length) {
  addEventListener("scroll", soon, { passive: true });
  onNear(soon);
  soon();
  outline.addEventListener("click", (event) => {
    if (event.target.closest("a") && !matchMedia("(min-width: 72rem)").matches) outline.open = false;
  });
}
