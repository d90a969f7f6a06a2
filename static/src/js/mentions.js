/* Mentions: after an @ the names that go on like it are offered below the field. Without this the name is typed whole.
   The field keeps the focus; arrows move, Enter or Tab takes, Escape closes. */

const MOST = 6;
const ASKED = /(?:^|[\s("'])@([^\n@]{0,40})$/;
const known = new Map();
let open = null;

const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

async function names(address) {
  if (!known.has(address)) known.set(address, fetch(address).then((answer) => (answer.ok ? answer.json() : [])));
  try {
    return await known.get(address);
  } catch {
    known.delete(address);
    return [];
  }
}

/* A name is offered while what stands after the @ begins it, one of its words, or its sign. */
function matches({ name, note }, typed) {
  const words = plain(name);
  return words.startsWith(typed) || words.includes(` ${typed}`) || plain(note).startsWith(typed);
}

function typedIn(field) {
  const found = ASKED.exec(field.value.slice(0, field.selectionStart));
  return found && field.selectionStart === field.selectionEnd ? found[1] : null;
}

function close() {
  if (!open) return;
  open.list.remove();
  for (const name of ["aria-controls", "aria-activedescendant"]) open.field.removeAttribute(name);
  open = null;
}

function stand(at) {
  const options = [...open.list.children];
  open.at = (at + options.length) % options.length;
  options.forEach((option, index) => option.setAttribute("aria-selected", String(index === open.at)));
  open.field.setAttribute("aria-activedescendant", options[open.at].id);
  options[open.at].scrollIntoView({ block: "nearest" });
}

function take(at) {
  const { field, found } = open;
  const typed = typedIn(field) ?? "";
  const end = field.selectionStart;
  field.setRangeText(`${found[at].name} `, end - typed.length, end, "end");
  close();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function option({ name, note }, index) {
  const made = document.createElement("li");
  made.id = `mention-${index}`;
  made.setAttribute("role", "option");
  const words = made.appendChild(document.createElement("span"));
  words.textContent = name;
  const beside = made.appendChild(document.createElement("span"));
  beside.className = "second";
  beside.textContent = note;
  made.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    take(index);
  });
  return made;
}

function offer(field, found) {
  close();
  const list = document.createElement("ul");
  list.id = "mentions";
  list.className = "mentions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "@");
  list.append(...found.map(option));
  field.after(list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  open = { field, list, found, at: 0 };
  stand(0);
}

async function onInput(event) {
  const field = event.target;
  const home = field.matches("textarea") && field.closest("[data-names]");
  const typed = home ? typedIn(field) : null;
  if (typed === null) return close();
  const all = await names(home.dataset.names);
  if (document.activeElement !== field || typedIn(field) !== typed) return;
  const asked = plain(typed);
  const found = all.filter((one) => matches(one, asked) && plain(one.name) !== asked.trim()).slice(0, MOST);
  if (found.length) offer(field, found);
  else close();
}

function onKey(event) {
  if (!open || event.target !== open.field || event.isComposing) return;
  const deeds = {
    ArrowDown: () => stand(open.at + 1),
    ArrowUp: () => stand(open.at - 1),
    Enter: () => take(open.at),
    Tab: () => take(open.at),
    Escape: close,
  };
  if (!deeds[event.key] || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  deeds[event.key]();
}

document.addEventListener("input", onInput);
document.addEventListener("keydown", onKey, true);
document.addEventListener("focusout", close);
