/* One clause is one paragraph: words under marks, cross-references, blanks, ends of cells, line breaks. */
import { Schema } from "prosemirror-model";

function standIn(name, attribute) {
  return {
    inline: true,
    group: "inline",
    atom: true,
    selectable: false,
    attrs: { [attribute]: {}, shown: { default: "" } },
    toDOM: (node) => ["span", { class: `stand-in is-${name}`, [`data-${name}`]: node.attrs[attribute] }, node.attrs.shown],
    parseDOM: [
      {
        tag: `span[data-${name}]`,
        getAttrs: (element) => ({ [attribute]: element.dataset[name], shown: element.textContent }),
      },
    ],
  };
}

const LINK = /^(https?:\/\/|mailto:)[^\s()<>"\\*[\]{}|`^]+$/;

export const schema = new Schema({
  nodes: {
    doc: { content: "inline*" },
    text: { group: "inline" },
    ref: standIn("ref", "key"),
    blank: standIn("blank", "name"),
    cell: {
      inline: true,
      group: "inline",
      atom: true,
      selectable: false,
      toDOM: () => ["span", { class: "stand-in is-cell", "data-cell": "" }, "|"],
      parseDOM: [{ tag: "span[data-cell]" }],
    },
    line: { inline: true, group: "inline", selectable: false, toDOM: () => ["br"], parseDOM: [{ tag: "br" }] },
  },
  marks: {
    strong: {
      toDOM: () => ["strong", 0],
      parseDOM: [
        { tag: "strong" },
        { tag: "b", getAttrs: (element) => !/font-weight:\s*normal/i.test(element.dataset.look ?? "") && null },
      ],
    },
    em: {
      toDOM: () => ["em", 0],
      parseDOM: [{ tag: "em" }, { tag: "i" }],
    },
    link: {
      attrs: { href: {} },
      inclusive: false,
      toDOM: (mark) => ["span", { class: "is-link", title: mark.attrs.href }, 0],
      parseDOM: [
        {
          tag: "a[href]",
          getAttrs: (element) => LINK.test(element.getAttribute("href")) && { href: element.getAttribute("href") },
        },
      ],
    },
  },
});
