/* On a phone the rooms, views and clauses to settle scroll sideways: begin at the open one. */
import { all } from "./dom.js";

for (const strip of all(".rooms, .switch, .queue")) {
  const open = strip.querySelector("[aria-current]") ?? strip.querySelector(".bad")?.closest("a");
  if (open) strip.scrollLeft = open.offsetLeft - strip.offsetLeft - (strip.clientWidth - open.offsetWidth) / 2;
}
