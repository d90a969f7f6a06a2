/* What the document changes against the text as it stands: by word, as the redline will show it. */
import { diffArrays } from "diff";

const TOKEN = /[\p{L}\p{N}\p{M}_]+(?:['’.,:/][\p{L}\p{N}\p{M}_]+)*|\s+|[^\s\p{L}\p{N}]/gu;
const BETWEEN = 3;

/** The tokens of a document with their positions: {words, from, to}. */
export function tokensOf(doc) {
  const tokens = [];
  let run = "";
  let start = 0;
  const end = () => {
    for (const found of run.matchAll(TOKEN)) {
      tokens.push({ words: found[0], from: start + found.index, to: start + found.index + found[0].length });
    }
    run = "";
  };
  doc.forEach((node, at) => {
    if (node.isText) {
      if (!run) start = at;
      run += node.text;
      return;
    }
    end();
    const { key, name, shown } = node.attrs;
    const words = node.type.name === "line" ? "\n" : (shown ?? "|");
    tokens.push({ words, same: `${node.type.name} ${key ?? name ?? ""}`, from: at, to: at + node.nodeSize });
  });
  end();
  return tokens;
}

/** The changes in the order of the text: {gone: words, from, to}, positions in the new document. */
export function changesBetween(base, doc) {
  const now = tokensOf(doc);
  const comparator = (left, right) => (left.same ?? left.words) === (right.same ?? right.words);
  const found = [];
  let at = 0;
  let kept = BETWEEN;
  for (const part of diffArrays(tokensOf(base), now, { comparator })) {
    if (!part.added && !part.removed) {
      kept = part.value.filter((token) => token.words.trim()).length;
      at += part.value.length;
      continue;
    }
    const position = now[at]?.from ?? doc.content.size;
    if (kept >= BETWEEN || !found.length) found.push({ gone: "", from: position, to: position });
    const change = found.at(-1);
    if (kept < BETWEEN && position > change.to) {
      change.gone += doc.textBetween(change.to, position, "", (leaf) => leaf.attrs.shown ?? "");
      change.to = position;
    }
    kept = 0;
    if (part.removed) change.gone += part.value.map((token) => token.words).join("");
    else {
      at += part.value.length;
      change.to = part.value.at(-1).to;
    }
  }
  return found;
}
