/* The margin: each note wants to stand level with its words. The open one is placed first and exactly;
   those above give way upwards, those below downwards. Positions are custom properties set through the
   CSSOM, which a strict policy allows. */
import { all } from "./dom.js";

const GAP = 14;
const doc = document.querySelector(".doc");
const wide = matchMedia("(min-width: 72rem)");

function wanted(note, top) {
  const words = document.getElementById(note.dataset.for) || note.closest(".clause, .full");
  return {
    note,
    want: words.getBoundingClientRect().top - top - 4,
    tall: note.offsetHeight,
    home: note.parentElement.getBoundingClientRect().top - top,
  };
}

function pivotOf(places, first) {
  const asked = places.findIndex((place) => place.note === first);
  if (asked >= 0) return asked;
  return Math.max(0, places.findIndex((place) => place.note.classList.contains("is-open")));
}

function settle(first) {
  if (!wide.matches) return;
  const top = doc.getBoundingClientRect().top;
  const places = all(".note", doc).map((note) => wanted(note, top)).sort((a, b) => a.want - b.want);
  if (!places.length) return;
  const pivot = pivotOf(places, first);
  places[pivot].y = places[pivot].want;
  for (let i = pivot + 1; i < places.length; i += 1) {
    places[i].y = Math.max(places[i].want, places[i - 1].y + places[i - 1].tall + GAP);
  }
  for (let i = pivot - 1; i >= 0; i -= 1) {
    places[i].y = Math.min(places[i].want, places[i + 1].y - places[i].tall - GAP);
  }
  for (const { note, y, home, want } of places) {
    note.style.setProperty("--y", `${Math.round(y - home)}px`);
    note.style.setProperty("--lead", `${Math.round(Math.min(0, want - y))}px`);
  }
}

function opened(event) {
  const mark = event.target.closest("[data-note]");
  const gist = event.target.closest(".gist");
  const note = mark ? document.getElementById(mark.dataset.note) : gist && gist.closest(".note");
  if (!note) return;
  if (mark && mark.tagName === "A") event.preventDefault();
  note.classList.toggle("is-open", mark ? true : !note.classList.contains("is-open"));
  for (const button of all(".gist", note)) {
    button.setAttribute("aria-expanded", note.classList.contains("is-open"));
  }
  for (const words of all("[data-note]", doc)) {
    words.classList.toggle("is-on", words.dataset.note === note.id);
  }
  settle(note);
}

if (doc) {
  doc.addEventListener("click", opened);
  new ResizeObserver(() => settle()).observe(doc);
  document.fonts.ready.then(() => settle());
}
