/* Who else is here: asked every twenty seconds while the page is seen, and never held open. */
import { all } from "./dom.js";

const EVERY = 20_000;
const WRITES = 30_000;
let wrote = -Infinity;

function told(place, doing) {
  return new URLSearchParams({ csrf_token: place.dataset.token, place: place.dataset.place, doing });
}

async function ask(place) {
  if (document.hidden) return;
  const doing = performance.now() - wrote < WRITES ? "writing" : "reading";
  try {
    const answer = await fetch(place.dataset.here, { method: "POST", body: told(place, doing) });
    if (!answer.ok || answer.redirected) return;
    const words = await answer.text();
    if (words.trim() !== place.innerHTML.trim()) place.innerHTML = words; // our own template, escaped there
  } catch {
    /* no connection: what was known stays until the next time */
  }
}

const places = all("[data-here]");
for (const place of places) {
  ask(place);
  setInterval(() => ask(place), EVERY);
}
if (places.length) {
  document.addEventListener("input", (event) => {
    if (!event.target.closest("main form[method=post]")) return;
    const first = performance.now() - wrote >= WRITES;
    wrote = performance.now();
    if (first) places.forEach(ask);
  });
  document.addEventListener("visibilitychange", () => places.forEach(ask));
  addEventListener("pagehide", () => {
    for (const place of places) navigator.sendBeacon(place.dataset.here, told(place, "left"));
  });
}
