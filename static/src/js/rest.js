/* A long text comes in parts: the first with its page, the others one by one as soon as the browser has nothing better to
   do, so that all of it can be searched, printed and jumped to. Without script a link leads to the whole text. */
import { follow, goTo } from "./blocks.js";

const doc = document.querySelector(".doc");
let going = null;

const next = () => doc?.querySelector(".goes-on");

async function fetchNext() {
  const link = next();
  const answer = await fetch(link.dataset.source);
  if (!answer.ok || answer.redirected) throw new Error("the text has changed");
  const held = document.createElement("template");
  held.innerHTML = await answer.text(); // our own template, escaped there
  const blocks = [...held.content.children];
  link.replaceWith(held.content);
  follow(blocks);
}

/* Fetch the next part; one at a time, whoever asks. Whether there was one and it came. */
function more() {
  if (!next()) return Promise.resolve(false);
  going ??= fetchNext().then(() => true, () => false).finally(() => {
    going = null;
  });
  return going;
}

/* The element of that id, once the part that holds it is here; none where no part does. */
export async function arrived(id) {
  while (!document.getElementById(id) && (await more()));
  return document.getElementById(id);
}

async function all() {
  while (await more()) await idle();
}

const idle = () => new Promise((done) => (window.requestIdleCallback ?? setTimeout)(done, { timeout: 2000 }));

/* An address may name a clause or a note that is not here yet. */
async function named() {
  const id = decodeURIComponent(location.hash.slice(1));
  const wasHere = document.getElementById(id);
  const place = id && (await arrived(id));
  if (!place || !doc.contains(place)) return;
  if (!wasHere) location.replace(location.href); // so that :target says so
  if (!place.matches(".note")) goTo(place);
}

if (doc) {
  addEventListener("hashchange", named);
  named();
  addEventListener("load", () => idle().then(all));
}
