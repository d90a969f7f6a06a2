/* What comes of a decision, while it is made: the form is sent with "look", which changes nothing, and the part of
   the answer that data-look names takes the place of the one on this page. */
import { all } from "./dom.js";

const SOON = 400;

for (const form of all("form[data-look]")) {
  let timer;
  let request;
  async function look() {
    request?.abort();
    request = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "look");
    try {
      const answer = await fetch(form.action, { method: "POST", body, signal: request.signal });
      if (answer.redirected || !(answer.headers.get("content-type") || "").includes("text/html")) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(form.dataset.look);
      const old = document.querySelector(form.dataset.look);
      if (answer.ok && fresh && old) old.replaceChildren(...document.adoptNode(fresh).childNodes);
    } catch {
      /* no connection, or something newer was typed: the button shows it, too */
    }
  }
  form.addEventListener("input", (event) => {
    const own = event.target.name === "own" && form.querySelector('[name="choice"][value="own"]');
    if (own) own.checked = true;
    clearTimeout(timer);
    timer = setTimeout(look, SOON);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    request?.abort();
  });
}
