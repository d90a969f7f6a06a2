/* A form is sent once: the button says that it is under way, a second press does nothing. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 10_000); // a file may have come instead of a page
  const button = event.submitter;
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  setTimeout(() => {
    button.setAttribute("aria-busy", "true");
    if (button.dataset.busy) button.lastChild.textContent = button.dataset.busy;
  });
});

/* Coming back with the browser's arrow, everything can be sent again. */
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});

/* After a refusal the reader begins where it is explained: at the summary, else at the first field in error,
   else at the sentence that refuses. */
const wrong =
  document.querySelector("[data-summary]") ||
  document.querySelector(':is(input, textarea, select)[aria-invalid="true"], fieldset[aria-invalid="true"] input') ||
  document.querySelector('main [role="alert"]');
if (wrong) {
  if (wrong.matches('[role="alert"]')) wrong.tabIndex = -1;
  wrong.focus({ preventScroll: wrong.matches("[data-summary]") });
}
