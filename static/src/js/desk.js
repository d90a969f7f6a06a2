/* What is selected on the desk: rows are tinted, the bar counts them, shift takes all in between. */
import { all } from "./dom.js";

const rows = all("tr[data-row]");
const boxes = rows.map((row) => row.querySelector("input[type=checkbox]"));
let last = -1;

function count() {
  const picked = boxes.filter((box) => box?.checked).length;
  rows.forEach((row, at) => row.classList.toggle("is-picked", Boolean(boxes[at]?.checked)));
  for (const shown of all("[data-picked]")) shown.textContent = picked;
  for (const bar of all("[data-batch]")) bar.hidden = picked === 0;
}

if (rows.length) {
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
  document.addEventListener("reset", () => setTimeout(count));
  count();
}
