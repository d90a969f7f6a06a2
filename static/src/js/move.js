/* A clause is moved among its neighbours: by its handle, by its arrows, or by Alt and an arrow key from its words. What it
   comes to stands in the fields that one may also fill in oneself; without script the arrows send the form. */
import { all } from "./dom.js";

const ownOf = (box) => box.querySelector("li.is-own");
const others = (box) => all("li:not(.is-own)", box);

/* Say in the fields, and to those who listen, where the clause stands now. */
function settle(box) {
  const own = ownOf(box);
  const paper = box.closest(".paper");
  const at = all("li", box).indexOf(own);
  const isHome = at === Number(box.dataset.home);
  const beside = others(box)[at ? at - 1 : 0].dataset.name;
  const side = isHome ? "" : at ? "behind" : "before";
  const choice = paper.querySelector(`select[name="side-${paper.dataset.key}"]`);
  paper.querySelector(`input[name="move-${paper.dataset.key}"]`).value = isHome ? "" : beside;
  if (choice.value === side && isHome) return;
  choice.value = side;
  const words = isHome ? box.dataset.back : box.dataset[side].replace("{place}", beside);
  box.querySelector("[data-order-said]").textContent = words;
  choice.dispatchEvent(new Event("input", { bubbles: true }));
}

function step(box, by) {
  const own = ownOf(box);
  const beside = by < 0 ? own.previousElementSibling : own.nextElementSibling;
  box.closest("details").open = true;
  if (!beside) return;
  const focused = document.activeElement;
  if (by < 0) beside.before(own);
  else beside.after(own);
  if (own.contains(focused)) focused.focus();
  own.scrollIntoView({ block: "nearest" });
  settle(box);
}

/* The handle goes with the pointer; the others make room. Escape puts it back. */
function drag(box, event) {
  const own = ownOf(box);
  const [left, stood] = [new AbortController(), own.nextElementSibling];
  const put = (to) => {
    const over = others(box).find((each) => to < each.getBoundingClientRect().top + each.offsetHeight / 2);
    if (over) over.before(own);
    else own.parentElement.append(own);
  };
  const end = () => {
    left.abort();
    own.classList.remove("is-carried");
  };
  const listen = (name, call) => addEventListener(name, call, { signal: left.signal });
  own.classList.add("is-carried");
  event.preventDefault();
  listen("pointermove", (moved) => put(moved.clientY));
  listen("pointerup", () => {
    end();
    settle(box);
  });
  const back = () => {
    own.parentElement.insertBefore(own, stood);
    end();
  };
  listen("pointercancel", back);
  listen("keydown", (pressed) => pressed.key === "Escape" && back());
}

const form = document.querySelector("form.amend-page");
form?.addEventListener("pointerdown", (event) => {
  if (event.target.closest("[data-grip]")) drag(event.target.closest("[data-order]"), event);
});
form?.addEventListener("click", (event) => {
  const [verb] = event.target.closest("[data-order] button")?.value.split(" ") ?? [];
  if (!verb) return;
  event.preventDefault();
  step(event.target.closest("[data-order]"), verb === "up" ? -1 : 1);
});
form?.addEventListener("keydown", (event) => {
  if (!event.altKey || !/^Arrow(Up|Down)$/.test(event.key)) return;
  const box = event.target.closest(".paper")?.querySelector("[data-order]");
  if (!box) return;
  event.preventDefault();
  step(box, event.key === "ArrowUp" ? -1 : 1);
}, true);
