"""What pandoc sees in a file: its paragraphs of words in order, and its headings."""

import json
import re
import shutil
import subprocess
import unicodedata

import pytest

BROKEN_LINE = re.compile(r"<br\b", re.IGNORECASE)
MARKS = {"Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline"}


def words(text):
    """Letters and digits in runs: quotes, dashes and marks are no words."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))


def read(path):
    """The document as (paragraphs in order, number of headings)."""
    if shutil.which("pandoc") is None:
        pytest.skip("NO PANDOC: install pandoc to compare what was imported")
    form = "docx" if path.suffix == ".docx" else "markdown"
    command = ["pandoc", "-f", form, "-t", "json", str(path)]
    out = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    document = json.loads(out)
    seen = Seen()
    if path.suffix == ".docx":
        seen.meta(document["meta"])
    seen.blocks(document["blocks"])
    return seen.paragraphs, seen.headings


class Seen:
    """Walks over pandoc's tree; a note follows the block it belongs to, a table's its table."""

    def __init__(self):
        self.paragraphs, self.headings = [], 0

    def meta(self, meta):
        """Word's title paragraphs, which pandoc takes out of the text."""
        for name in ("title", "subtitle", "author", "date", "abstract"):
            held = meta.get(name, {"t": "None"})
            for value in held["c"] if held["t"] == "MetaList" else [held]:
                if value["t"] == "MetaInlines":
                    self.blocks([{"t": "Para", "c": value["c"]}])
                elif value["t"] == "MetaBlocks":
                    self.blocks(value["c"])

    def blocks(self, blocks):
        for block in blocks:
            notes = []
            self.block(block["t"], block.get("c"), notes)
            for note in notes:
                self.blocks(note)

    def block(self, kind, c, notes):
        if kind in {"Para", "Plain"}:
            self.paragraphs.append(self.inlines(c, notes))
        elif kind == "Header":
            self.paragraphs.append(self.inlines(c[2], notes))
            self.headings += bool(self.paragraphs[-1].strip())
        elif kind == "CodeBlock":
            self.paragraphs.append(c[1])
        elif kind in {"BulletList", "OrderedList"}:
            for item in c if kind == "BulletList" else c[1]:
                self.blocks(item)
        elif kind == "DefinitionList":
            for term, meanings in c:
                self.paragraphs.append(self.inlines(term, notes))
                for meaning in meanings:
                    self.blocks(meaning)
        elif kind in {"BlockQuote", "Div"}:
            self.blocks(c if kind == "BlockQuote" else c[1])
        elif kind == "LineBlock":
            self.paragraphs += [self.inlines(line, notes) for line in c]
        elif kind == "Table":
            rows = [*c[3][1], *(row for body in c[4] for row in [*body[2], *body[3]]), *c[5][1]]
            self.blocks(c[1][1])
            for row in rows:
                for cell in row[1]:
                    self.blocks(cell[4])
        else:
            assert kind in {"RawBlock", "HorizontalRule", "Null"}, kind

    def inlines(self, inlines, notes):
        out = []
        for inline in inlines:
            kind, c = inline["t"], inline.get("c")
            if kind == "Str":
                out.append(c)
            elif kind in MARKS:
                out.append(self.inlines(c, notes))
            elif kind in {"Cite", "Link", "Image", "Span"}:
                out.append(self.inlines(c[1], notes))
            elif kind in {"Code", "Math"}:
                out.append(c[1])
            elif kind == "Quoted":
                out.append(f'"{self.inlines(c[1], notes)}"')
            elif kind == "Note":
                notes.append(c)
            elif kind != "RawInline" or BROKEN_LINE.match(c[1]):
                out.append(" ")
        return "".join(out)
