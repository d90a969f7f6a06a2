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

/* The page with a new clause takes a moment to come. What is typed meanwhile goes on there: this page hands it
   over, and what met the bare field there, before the editor did, is taken up. */
const HANDED = "typed-meanwhile";
const handed = sessionStorage.getItem(HANDED) ?? "";
sessionStorage.removeItem(HANDED);
let leftAt = null;

function handOver(state) {
  if (leftAt !== null) sessionStorage.setItem(HANDED, textOf(state.doc.slice(Math.min(leftAt, state.doc.content.size)).content));
}

function typedBefore(field) {
  const { value, defaultValue } = field;
  field.value = defaultValue;
  if (!field.dataset.focus) return "";
  return handed + (value.endsWith(defaultValue) ? value.slice(0, value.length - defaultValue.length) : "");
}

/* A new paragraph is a new clause: the words behind the cursor go into it. */
function divide(field, further = []) {
  return (state, dispatch, view) => {
    const button = field.closest(".paper").querySelector("button[value^='add behind']");
    if (!button || !dispatch || leftAt !== null) return Boolean(button);
    const { from, to } = view ? chosenIn(view) : state.selection;
    const tail = proseOf(state.doc.slice(to).content);
    dispatch(state.tr.delete(from, state.doc.content.size));
    for (const words of [...further, tail].filter((each, at, all) => each.trim() || at === all.length - 1)) {
      const carried = document.createElement("input");
      carried.type = "hidden";
      carried.name = "tail";
      carried.value = words;
      field.form.append(carried);
    }
    /* Without the button's anchor: going to it would take the cursor away from who types on. */
    button.setAttribute("formaction", location.pathname + location.search);
    field.form.requestSubmit(button);
    leftAt = from;
    return true;
  };
}

/* Of what is pasted the words stay, their emphasis, and that a new paragraph or point begins. */
function pasted(field) {
  return (view, _event, slice) => {
    const paragraphs = paragraphsOf(slice.content);
    const [first = Fragment.empty, ...rest] = paragraphs;
    view.dispatch(view.state.tr.replaceSelection(new Slice(first, 0, 0)).scrollIntoView());
    return rest.length ? divide(field, rest.map(proseOf))(view.state, view.dispatch) : true;
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
  const before = typedBefore(field);
  const keys = keymap({
    "Mod-z": undo,
    "Mod-y": redo,
    "Shift-Mod-z": redo,
    "Mod-b": toggleMark(strong),
    "Mod-i": toggleMark(em),
    "Shift-Enter": breakLine,
    Backspace: takeStandIn(-1),
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
      handOver(view.state);
      field.value = proseOf(view.state.doc.content);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  view.dom.classList.toggle("is-empty", !view.state.doc.content.size);
  if (before) view.dispatch(view.state.tr.insertText(before, 0));
  return { field, view, isChanged: !view.state.doc.eq(base) };
}

addEventListener("pageshow", () => (leftAt = null));

const opened = [...document.querySelectorAll("textarea[data-spans]")].map(open);
opened.find((each) => each.isChanged)?.field.dispatchEvent(new Event("input", { bubbles: true }));
/* At once, for who types on; and again after the page has gone to its anchor, which takes the cursor away. */
const begun = opened.find((each) => each.field.dataset.focus)?.view;
begun?.focus();
begun?.dom.scrollIntoView({ block: "nearest" });
addEventListener("load", () => setTimeout(() => begun?.hasFocus() || begun?.focus()));
