/* Between the spans that the server sends, the document in the editor, and prose in the field.
   The server reads prose; here it is only written (app/domain/prose.py says what it means). */
import { schema } from "./schema.js";

const STRONG = 2;
const EM = 1;

/** The document for spans: {text, marks, link} or {ref|blank, shown, marks} or {cell}. */
export function documentOf(spans) {
  return schema.node("doc", null, spans.flatMap(nodesOf));
}

function nodesOf(span) {
  const marks = [];
  if (span.marks & STRONG) marks.push(schema.marks.strong.create());
  if (span.marks & EM) marks.push(schema.marks.em.create());
  if (span.link) marks.push(schema.marks.link.create({ href: span.link }));
  if (span.ref) return [schema.nodes.ref.create({ key: span.ref, shown: span.shown }, null, marks)];
  if (span.blank) return [schema.nodes.blank.create({ name: span.blank, shown: span.shown }, null, marks)];
  if (span.cell) return [schema.nodes.cell.create()];
  return span.text.split("\n").flatMap((line, at) => [
    ...(at ? [schema.nodes.line.create()] : []),
    ...(line ? [schema.text(line, marks)] : []),
  ]);
}

/** The prose of a document, or of a part of it; white space at the edge of a mark stands outside it. */
export function proseOf(fragment) {
  let prose = "";
  let under = { strong: false, em: false, href: "" };
  for (const piece of piecesOf(fragment)) {
    if (piece.href !== under.href) {
      prose += stars(under, {}) + (under.href ? `](${under.href})` : "") + (piece.href ? "[" : "");
      under = { strong: false, em: false, href: piece.href };
    }
    prose += stars(under, piece) + piece.prose;
    under = piece;
  }
  return prose + stars(under, {}) + (under.href ? `](${under.href})` : "");
}

function stars(before, after) {
  const toggled = (name) => Boolean(before[name]) !== Boolean(after[name]);
  return (toggled("strong") ? "**" : "") + (toggled("em") ? "*" : "");
}

function piecesOf(fragment) {
  const pieces = [];
  fragment.forEach((node) => {
    const has = (name) => node.marks.find((mark) => mark.type.name === name);
    const under = { strong: Boolean(has("strong")), em: Boolean(has("em")), href: has("link")?.attrs.href ?? "" };
    if (node.isText) pieces.push(...cut(node.text, under));
    else pieces.push({ ...bare, ...(node.type.name === "line" ? {} : under), href: "", prose: written(node) });
  });
  return pieces;
}

const bare = { strong: false, em: false, href: "" };

function written(node) {
  const { key, name } = node.attrs;
  return { ref: `[[${key}]]`, blank: `{{${name}}}`, cell: "|", line: "\n" }[node.type.name];
}

function cut(text, under) {
  const [, before, words, after] = /^(\s*)(.*?)(\s*)$/s.exec(text.replace(/[\u200b\ufeff]/g, ""));
  const escaped = words.replace(/[\\*[\]{}|]/g, "\\$&");
  return [
    { ...bare, prose: before },
    { ...under, prose: escaped },
    { ...bare, prose: after },
  ].filter((piece) => piece.prose);
}
