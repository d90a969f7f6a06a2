/* On a phone the rooms and views scroll sideways: begin at the one that is open. */
import { all } from "./dom.js";

for (const open of all(".rooms [aria-current], .switch [aria-current]")) {
  const strip = open.closest(".rooms, .switch");
  strip.scrollLeft = open.offsetLeft - strip.offsetLeft - (strip.clientWidth - open.offsetWidth) / 2;
}
