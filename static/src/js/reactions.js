/* Reactions: pressed in place. Without this the page is made anew; where the press fails, it is, too. */
import { all } from "./dom.js";

async function press(form, button) {
  const body = new FormData(form, button);
  const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Part": "reactions" }, redirect: "manual" });
  if (!answer.ok) throw new Error(answer.status);
  const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-reactions]");
  const kind = button.value.replace("-", "");
  const back = form.querySelector("[name=back]");
  if (back) made.append(back);
  form.replaceWith(document.importNode(made, true));
  return kind;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-reactions]") || !event.submitter || form.dataset.failed) return;
  event.preventDefault();
  const place = form.parentElement;
  try {
    const kind = await press(form, event.submitter);
    all(".nod", place).find((nod) => nod.value?.replace("-", "") === kind)?.focus();
  } catch {
    form.dataset.failed = "true";
    delete form.dataset.sent;
    form.requestSubmit(event.submitter);
  }
});
