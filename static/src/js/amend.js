/* Writing a change: what it does and how it looks follow the typing, 400 ms behind it. The server says
   both; without this the button "Look at it" does the same. */
const form = document.querySelector("form[data-understood]");
const PAUSE = 400;
let waiting = 0;
let asked = 0;

function put(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  for (const part of answer.querySelectorAll("[data-part]")) {
    form.querySelector(`[data-part="${part.dataset.part}"]`)?.replaceWith(document.importNode(part, true));
  }
  /* What the button would show is shown: the next step is the loud one. */
  form.querySelector("[value=look]")?.classList.remove("btn-primary");
  form.querySelector("[value=propose]")?.classList.add("btn-primary");
}

async function ask() {
  asked += 1;
  const mine = asked;
  try {
    const answer = await fetch(form.dataset.understood, { method: "POST", body: new FormData(form) });
    if (answer.ok && mine === asked) put(await answer.text());
  } catch {
    /* Offline: the words stay in the form, and the button asks again. */
  }
}

if (form) {
  form.addEventListener("input", (event) => {
    if (event.target.name === "rationale" || event.target.name === "also") return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
}
