/* The margin: each note wants to stand level with its words. The open one is placed first and exactly;
   those above give way upwards, those below downwards. Positions are custom properties set through the
   CSSOM, which a strict policy allows. One note is open at a time, and the address says which. */
import { blockOf, bringNear, isNear, onNear } from "./blocks.js";
import { all } from "./dom.js";
import { arrived } from "./rest.js";

const GAP = 14;
const AT_ONCE = 40;
const doc = document.querySelector(".doc");
const wide = matchMedia("(min-width: 72rem)");
let turn = 0;
let waits = false;

function wanted(note, top) {
  const words =
    document.getElementById(note.dataset.for) ||
    note.closest(".subs li, .inner, .clause, .full, .article") ||
    note;
  return {
    note,
    want: words.getBoundingClientRect().top - top - 4,
    tall: note.offsetHeight,
    home: note.parentElement.getBoundingClientRect().top - top,
  };
}

/* Which note stays: the one asked for, the open one, or the first that the reader has before them. */
function pivotOf(places, first, top) {
  const asked = places.findIndex((place) => place.note === first);
  if (asked >= 0) return asked;
  const open = places.findIndex((place) => place.note.classList.contains("is-open"));
  if (open >= 0) return open;
  return Math.max(0, places.findIndex((place) => place.want + top >= 0));
}

/* Only what the reader can see glides; a thousand gliding notes would make the page stand still. */
function put({ note, y, home, want }, top) {
  const at = Math.round(y - home);
  const lead = note.classList.contains("is-open") ? `${Math.round(want - y)}px` : "";
  const isSeen = Math.abs(top + y - innerHeight / 2) < innerHeight;
  if (note.at !== at) {
    note.classList.toggle("glides", isSeen && note.at !== undefined);
    note.at = at;
    note.style.setProperty("--y", `${at}px`);
  }
  if (lead) note.style.setProperty("--lead", lead);
}

/* The far ones follow a few at a time, so that the page answers in between; a later turn takes over. */
function spread(places, own) {
  if (own !== turn || !places.length) return;
  const top = doc.getBoundingClientRect().top;
  for (const place of places.slice(0, AT_ONCE)) put(place, top);
  setTimeout(() => spread(places.slice(AT_ONCE), own));
}

/* The notes of the blocks that are laid out; the others would have to be, to be measured. */
function laidOut() {
  return all(".note", doc).filter((note) => {
    const block = blockOf(note);
    return !block || isNear(block);
  });
}

/* Every note below the pivot clears the one above it, every note above the one below it. */
function stack(places, pivot) {
  for (let i = pivot + 1; i < places.length; i += 1) {
    places[i].y = Math.max(places[i].want, places[i - 1].y + places[i - 1].tall + GAP);
  }
  for (let i = pivot - 1; i >= 0; i -= 1) {
    places[i].y = Math.min(places[i].want, places[i + 1].y - places[i].tall - GAP);
  }
}

function settle(first) {
  waits = false;
  if (!wide.matches) return;
  const top = doc.getBoundingClientRect().top;
  const places = laidOut().map((note) => wanted(note, top)).sort((a, b) => a.want - b.want);
  if (!places.length) return;
  const pivot = pivotOf(places, first, top);
  const stays = places[pivot].note;
  const isExact = stays === first || stays.classList.contains("is-open");
  const stood = isExact || stays.at === undefined ? places[pivot].want : places[pivot].home + stays.at;
  places[pivot].y = Math.max(0, stood);
  stack(places, pivot);
  if (places[0].y < 0 && !isExact) stack([Object.assign(places[0], { y: 0 }), ...places.slice(1)], 0);
  const isFar = ({ y }) =>
    Math.abs(top + y - innerHeight / 2) > innerHeight && Math.abs(y - places[pivot].y) > innerHeight;
  for (const place of places) if (!isFar(place)) put(place, top);
  turn += 1;
  spread(places.filter(isFar), turn);
  const last = places[places.length - 1];
  doc.style.setProperty("--need", `${Math.round(last.y + last.tall + GAP)}px`);
}

/* However much changes at once, the notes settle once for it. */
function settleSoon() {
  if (!waits) requestAnimationFrame(() => waits && settle());
  waits = true;
}

/* An open note grows while somebody writes in it or looks who reacted; those below make room. */
const grows = new ResizeObserver(settleSoon);

function show(note, isOpen) {
  if (isOpen) grows.observe(note);
  else grows.unobserve(note);
  note.classList.toggle("is-open", isOpen);
  for (const button of all(".gist", note)) button.setAttribute("aria-expanded", isOpen);
  for (const words of all(`[data-note="${CSS.escape(note.id)}"]`, doc)) {
    words.classList.toggle("is-on", isOpen);
  }
}

/* A folded note holds its first words; the rest comes when it is opened. Offline, the link to its page stays. */
async function fill(note) {
  const source = note.dataset.source;
  if (!source) return;
  delete note.dataset.source;
  try {
    const answer = await fetch(source);
    if (!answer.ok) return;
    const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".note");
    const [body, old] = [made, note].map((each) => each.querySelector(".body"));
    note.querySelector(".gist").replaceChildren(...made.querySelector(".gist").childNodes);
    old.replaceWith(document.importNode(body, true));
    settle(note);
  } catch {
    note.dataset.source = source;
  }
}

/* Opens a note and folds the others; done once its thread is there. */
export async function open(note) {
  for (const other of all(".note.is-open", doc)) if (other !== note) show(other, false);
  const filled = note && (bringNear(note), show(note, true), fill(note));
  settle(note);
  await filled;
}

function toggled(event) {
  const mark = event.target.closest("[data-note]");
  const gist = event.target.closest(".gist");
  const note = mark ? document.getElementById(mark.dataset.note) : gist && gist.closest(".note");
  if (!note || event.target.closest(".term, .xref")) return;
  if (mark && mark.tagName === "A") event.preventDefault();
  const isOpen = mark ? true : !note.classList.contains("is-open");
  open(isOpen ? note : null);
  if (!isOpen) show(note, false);
  history.replaceState(null, "", isOpen ? `#${note.id}` : location.pathname + location.search);
  if (mark && !wide.matches) note.scrollIntoView({ block: "nearest" });
}

async function named() {
  const id = decodeURIComponent(location.hash.slice(1));
  const found = id && (await arrived(id));
  if (found && found.matches(".note")) {
    open(found);
    found.scrollIntoView({ block: "center" });
  }
}

if (doc) {
  for (const note of all(".note.is-open", doc)) show(note, true);
  doc.addEventListener("click", toggled);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) open(null);
  });
  new ResizeObserver(settleSoon).observe(doc);
  document.addEventListener("news:shown", settleSoon);
  onNear(settleSoon);
  addEventListener("hashchange", named);
  document.fonts.ready.then(() => {
    settle();
    named();
  });
}
