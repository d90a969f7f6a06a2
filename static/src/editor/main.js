/* A clause that is written on looks like the clause: no marks are seen, and what is typed stands out at
   once against the text as it is. The field below keeps the prose and goes with the form, so everything
   that listens to the field works as it does without this. */
import { baseKeymap, chainCommands, toggleMark } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { Fragment, Slice } from "prosemirror-model";
import { EditorState, Plugin, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet, EditorView } from "prosemirror-view";
import { changesBetween } from "./changes.js";
import { documentOf, proseOf } from "./prose.js";
import { schema } from "./schema.js";

const { strong, em } = schema.marks;

function struck(words) {
  const element = document.createElement("del");
  element.textContent = words;
  element.contentEditable = "false";
  element.setAttribute("aria-hidden", "true");
  return element;
}

function redline(base) {
  const drawn = (doc) =>
    DecorationSet.create(
      doc,
      changesBetween(base, doc).flatMap((change) => [
        ...(change.gone ? [Decoration.widget(change.from, () => struck(change.gone), { side: -1, key: change.gone })] : []),
        ...(change.to > change.from ? [Decoration.inline(change.from, change.to, { nodeName: "ins" })] : []),
      ]),
    );
  return new Plugin({
    state: {
      init: (_, state) => drawn(state.doc),
      apply: (change, drawing) => (change.docChanged ? drawn(change.doc) : drawing),
    },
    props: {
      decorations(state) {
        return this.getState(state);
      },
    },
  });
}

/* A reference or a blank has no words of its own: it goes as a whole. */
function takeStandIn(side) {
  return (state, dispatch) => {
    const { $cursor } = state.selection;
    const node = $cursor?.[side < 0 ? "nodeBefore" : "nodeAfter"];
    if (!node?.isAtom || node.isText) return false;
    const [from, to] = [$cursor.pos, $cursor.pos + side * node.nodeSize].sort((left, right) => left - right);
    dispatch?.(state.tr.delete(from, to));
    return true;
  };
}

/* A press on a reference puts the cursor behind it. */
function beside(view, _position, node, start) {
  if (!node.isAtom || node.isText) return false;
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, start + node.nodeSize)));
  view.focus();
  return true;
}

function breakLine(state, dispatch) {
  dispatch?.(state.tr.replaceSelectionWith(schema.nodes.line.create()).scrollIntoView());
  return true;
}

/* Where the cursor is seen: the browser tells of a move of the cursor only after the next key. */
function chosenIn(view) {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = document.getSelection();
  const ends = [view.posAtDOM(anchorNode, anchorOffset), view.posAtDOM(focusNode, focusOffset)];
  return { from: Math.min(...ends), to: Math.max(...ends) };
}

/* The clauses on the page that are written on, by the place of their words. */
const views = new WeakMap();

const paperOf = (key) => document.getElementById(`l-${key}`);
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const MOST_NEW = 50;

function newKey() {
  return `c${Array.from(crypto.getRandomValues(new Uint8Array(10)), (each) => ALPHABET[each % 32]).join("")}`;
}

/* The lines that tell the server of new clauses: key, kind, parent, the one before. */
const linesOf = (form) => [...form.querySelectorAll("input[type=hidden][name=new]")];

/* The last paper of a clause with all below it. */
function endOf(paper) {
  const below = new Set([paper.dataset.key]);
  let last = paper;
  for (let next = paper.nextElementSibling; next && below.has(next.dataset.parent); next = next.nextElementSibling) {
    below.add(next.dataset.key);
    last = next;
  }
  return last;
}

/* A new clause behind another, at once: the server learns of it as of every other, with the form. */
function begin(paper, words = Fragment.empty) {
  const form = paper.closest("form");
  const { key: after, parent, follows } = paper.dataset;
  const template = form.querySelector(`template[data-paper="${follows}"]`);
  if (!template || linesOf(form).length >= MOST_NEW) return null;
  const key = newKey();
  const held = document.createElement("template");
  held.innerHTML = template.innerHTML.replaceAll("new-clause-key", key); // our own template, escaped there
  const made = held.content.querySelector(".paper");
  made.dataset.parent = parent;
  made.className = `paper is-new ${[...paper.classList].find((each) => each.startsWith("deep-")) ?? ""}`;
  const line = Object.assign(document.createElement("input"), { type: "hidden", name: "new", value: `${key} ${follows} ${parent} ${after}` });
  form.append(line);
  endOf(paper).after(made);
  for (const field of made.querySelectorAll("textarea[data-spans]")) open(field);
  const view = views.get(made);
  if (words.size) view?.dispatch(view.state.tr.replaceWith(0, view.state.doc.content.size, words));
  return made;
}

function writeIn(paper, at = 0) {
  const view = views.get(paper);
  if (!view) return;
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at)));
  view.focus();
  view.dom.scrollIntoView({ block: "nearest" });
}

/* A new paragraph is a new clause: the words behind the cursor go into it. */
function divide(field, further = []) {
  return (state, dispatch, view) => {
    const paper = field.closest(".paper");
    if (!dispatch || !paper.dataset.follows) return Boolean(paper.dataset.follows);
    const { from, to } = view ? chosenIn(view) : state.selection;
    const tail = state.doc.slice(to).content;
    const texts = [...further, tail].filter((each) => textOf(each).trim() || !further.length);
    const last = texts.reduce((behind, words) => begin(behind, words) ?? behind, paper);
    if (last === paper) return true;
    dispatch(state.tr.delete(from, state.doc.content.size));
    writeIn(last, textOf(tail).trim() ? 0 : views.get(last).state.doc.content.size);
    form.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  };
}

/* At the beginning of a new clause without a heading, going back joins it to the one it stands behind. */
function rejoin(field) {
  return (state) => {
    const paper = field.closest(".paper");
    const line = linesOf(form).find((each) => each.value.startsWith(`${paper.dataset.key} `));
    const before = line && paperOf(line.value.split(" ")[3]);
    if (state.selection.$cursor?.pos !== 0 || !before || !views.get(before)) return false;
    const heading = paper.querySelector(".typing-heading");
    const isHeld = linesOf(form).some((each) => each.value.split(" ")[2] === paper.dataset.key);
    if (heading?.value || isHeld || endOf(before) !== paper.previousElementSibling) return false;
    const view = views.get(before);
    const at = view.state.doc.content.size;
    view.dispatch(view.state.tr.insert(at, state.doc.content));
    for (const each of linesOf(form)) each.value = each.value.replace(new RegExp(` ${paper.dataset.key}$`), ` ${before.dataset.key}`);
    line.remove();
    paper.remove();
    writeIn(before, at);
    return true;
  };
}

/* Of what is pasted the words stay, their emphasis, and that a new paragraph or point begins. */
function pasted(field) {
  return (view, _event, slice) => {
    const paragraphs = paragraphsOf(slice.content);
    const [first = Fragment.empty, ...rest] = paragraphs;
    view.dispatch(view.state.tr.replaceSelection(new Slice(first, 0, 0)).scrollIntoView());
    return rest.length ? divide(field, rest)(view.state, view.dispatch) : true;
  };
}

/* Every block that is pasted arrives as a document of its own, loose words between them. */
function paragraphsOf(content) {
  const paragraphs = [[]];
  content.forEach((node) => {
    if (node.type === schema.nodes.doc) paragraphs.push(...paragraphsOf(node.content), []);
    else paragraphs.at(-1).push(node);
  });
  return paragraphs.map((held) => Fragment.from(held)).filter((held) => held.size && textOf(held).trim());
}

function textOf(fragment) {
  return fragment.textBetween(0, fragment.size, "", (leaf) => leaf.attrs.shown ?? "\n");
}

/* A file's looks go; bold and italic become marks, and its own signs of a list go with them. */
function plain(html) {
  const unstyled = html.replace(/<style.*?<\/style>/gis, "").replace(/\sstyle\s*=/gi, " data-look=");
  const page = new DOMParser().parseFromString(unstyled, "text/html");
  for (const left of page.querySelectorAll("style, script, head, o\\:p, [data-look*='mso-list:Ignore' i]")) left.remove();
  for (const [look, name] of LOOKS) {
    for (const element of page.querySelectorAll("[data-look]")) {
      if (look.test(element.dataset.look)) wrap(element, name);
    }
  }
  for (const words of texts(page.body)) words.data = words.data.replace(/\s+/g, " ");
  return page.body.innerHTML;
}

const LOOKS = [
  [/font-weight:\s*(bold|[6-9]00)/i, "strong"],
  [/font-style:\s*italic/i, "em"],
];

function wrap(element, name) {
  const around = document.createElement(name);
  around.append(...element.childNodes);
  element.append(around);
}

function* texts(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) yield walker.currentNode;
}

function open(field) {
  const base = documentOf(JSON.parse(field.dataset.base));
  const keys = keymap({
    "Mod-z": undo,
    "Mod-y": redo,
    "Shift-Mod-z": redo,
    "Mod-b": toggleMark(strong),
    "Mod-i": toggleMark(em),
    "Shift-Enter": breakLine,
    Backspace: chainCommands(rejoin(field), takeStandIn(-1)),
    Delete: takeStandIn(1),
    Enter: chainCommands(divide(field), () => true),
  });
  const place = document.createElement("div");
  field.before(place);
  field.hidden = true;
  const view = new EditorView(place, {
    state: EditorState.create({
      doc: documentOf(JSON.parse(field.dataset.spans)),
      plugins: [history(), keys, keymap(baseKeymap), redline(base)],
    }),
    attributes: {
      class: field.className,
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": field.getAttribute("aria-label"),
      ...(field.placeholder ? { "data-placeholder": field.placeholder } : {}),
      ...(field.getAttribute("aria-invalid") ? { "aria-invalid": "true", "aria-describedby": field.getAttribute("aria-describedby") } : {}),
    },
    transformPastedHTML: plain,
    clipboardTextParser: (words) => {
      const lines = words.split(/\s*\n\s*/).filter((line) => line.trim());
      return new Slice(Fragment.from(lines.map((line) => schema.node("doc", null, schema.text(line)))), 0, 0);
    },
    clipboardTextSerializer: (slice) => textOf(slice.content),
    handlePaste: pasted(field),
    handleClickOn: beside,
    dispatchTransaction(change) {
      view.updateState(view.state.apply(change));
      view.dom.classList.toggle("is-empty", !view.state.doc.content.size);
      if (!change.docChanged) return;
      field.value = proseOf(view.state.doc.content);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  view.dom.classList.toggle("is-empty", !view.state.doc.content.size);
  views.set(field.closest(".paper"), view);
  return { field, view, isChanged: !view.state.doc.eq(base) };
}

const form = document.querySelector("form.amend-page");
form?.addEventListener("click", (event) => {
  const button = event.target.closest("button[value^='add behind ']");
  const made = button && begin(button.closest(".paper"));
  if (!made) return;
  event.preventDefault();
  writeIn(made);
  form.dispatchEvent(new Event("input", { bubbles: true }));
});

const opened = [...document.querySelectorAll("textarea[data-spans]")].map(open);
opened.find((each) => each.isChanged)?.field.dispatchEvent(new Event("input", { bubbles: true }));
/* At once, for who types on; and again after the page has gone to its anchor, which takes the cursor away. */
const begun = opened.find((each) => each.field.dataset.focus)?.view;
begun?.focus();
begun?.dom.scrollIntoView({ block: "nearest" });
addEventListener("load", () => setTimeout(() => begun?.hasFocus() || begun?.focus()));
