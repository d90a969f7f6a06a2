/* The blocks of a long text: those far from the reader are neither styled nor laid out until they come near, so that a
   text of any length can be used at once. Without script all of them are. */
import { all } from "./dom.js";

const BLOCKS = ".article, .clause, .subs";
const AHEAD = "150%";
const doc = document.querySelector(".doc");
const FRAMES = 20;
const asked = [];

/* Call back with the blocks that have come near, each once. */
export const onNear = (call) => asked.push(call);

export const isNear = (block) => block.classList.contains("is-near");

/* The block an element stands in; none where it is always laid out. */
export const blockOf = (element) => {
  const block = element.closest(".doc > *");
  return block && block.matches(BLOCKS) ? block : null;
};

function near(blocks) {
  for (const block of blocks) {
    block.classList.add("is-near");
    watch.unobserve(block);
  }
  if (blocks.length) for (const call of asked) call(blocks);
}

/* Lay out the block of an element now, as the reader goes there. */
export function bringNear(element) {
  const block = blockOf(element);
  if (block && !isNear(block)) near([block]);
}

const watch = new IntersectionObserver(
  (entries) => near(entries.filter((one) => one.isIntersecting && !isNear(one.target)).map((one) => one.target)),
  { rootMargin: `${AHEAD} 0px` },
);

/* About how tall the words of a block are, in lines of so many signs; until it is laid out it takes that much room. */
function guessed(block) {
  const signs = matchMedia("(min-width: 48rem)").matches ? 74 : 40;
  const words = all(".words", block);
  const lines = words.reduce((sum, one) => sum + Math.ceil(one.textContent.length / signs) + 0.5, 0);
  return `${Math.round((lines + 3) * 1.8)}rem`;
}

/* Watch blocks that have come into the text. */
export function follow(elements) {
  for (const block of elements) {
    if (!block.matches(BLOCKS)) continue;
    block.style.setProperty("--tall", guessed(block));
    watch.observe(block);
  }
}

/* Go to an element and stay there while what is above it takes its real height; the reader may leave at any moment. */
export function goTo(element) {
  const left = new AbortController();
  for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(kind, () => left.abort(), { signal: left.signal, passive: true });
  }
  const stay = (frames) => {
    if (left.signal.aborted) return;
    element.scrollIntoView();
    if (frames) requestAnimationFrame(() => stay(frames - 1));
    else left.abort();
  };
  bringNear(element);
  stay(FRAMES);
}

if (doc) follow(all(":scope > *", doc));
