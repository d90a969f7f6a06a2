"""The lines of a template as blocks: marker, attributes, words, line and indent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from app.formats.template_document import TemplateError

STEP = 4
"""Spaces that make a block a child of the one above it."""

_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_KEY = 28
RULES = frozenset({"unanimity"})


class Mark(StrEnum):
    """How a block begins."""

    PART = "#"
    HEADING = "##"
    SUBHEADING = "###"
    CLAUSE = "1."
    RECITAL = "A."
    BULLET = "-"
    DEFINITION = ":"
    ROW = "|"
    GUIDANCE = ">"
    FENCE = "```"
    GENERATED = "{{…}}"
    TABLE = "Table:"
    PARA = "{#…}"


HEADINGS = (Mark.PART, Mark.HEADING, Mark.SUBHEADING)
_MARKS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (Mark.PART, re.compile(r"#(?: |$)")),
    (Mark.HEADING, re.compile(r"##(?: |$)")),
    (Mark.SUBHEADING, re.compile(r"###(?: |$)")),
    (Mark.CLAUSE, re.compile(r"1\.(?: |$)")),
    (Mark.RECITAL, re.compile(r"A\.(?: |$)")),
    (Mark.BULLET, re.compile(r"-(?: |$)")),
    (Mark.DEFINITION, re.compile(r":(?: |$)")),
    (Mark.ROW, re.compile(r"\|")),
    (Mark.GUIDANCE, re.compile(r">(?: |$)")),
    (Mark.FENCE, re.compile(r"```")),
    (Mark.GENERATED, re.compile(r"(?=\{\{(?:parties|signatures)\}\}$)")),
    (Mark.TABLE, re.compile(r"Table:(?: |$)")),
    (Mark.PARA, re.compile(r"(?=\{#)")),
)
_LOOKS_NUMBERED = re.compile(r"(\d{1,3}|[B-Z])\. *\{#")
_ATTRIBUTES_FIRST = re.compile(r"\{#([^{}]*)\}\s*")
_ATTRIBUTES_FENCE = re.compile(r"\{#([^{}]*)\} *\n?")
_ATTRIBUTES_LAST = re.compile(r"\s*\{#([^{}]*)\}$")


@dataclass(frozen=True)
class Attributes:
    """What stands in `{#…}`: the id, and what else is said of the clause."""

    id: str = ""
    condition: str = ""
    key: str = ""
    mandatory: bool = False
    rule: str = ""


@dataclass(frozen=True)
class Block:
    """One block: `indent` in steps of four spaces, `words` without marker and attributes."""

    line: int
    indent: int
    mark: Mark
    words: str
    attributes: Attributes = Attributes()


def read_blocks(lines: list[str], first_line: int, file: str) -> tuple[Block, ...]:
    """Cut the lines below the front matter into blocks; TemplateError where one does not fit."""
    return tuple(_with_attributes(block, file) for block in _raw_blocks(lines, first_line, file))


def _raw_blocks(lines: list[str], first_line: int, file: str) -> Iterator[Block]:
    open_block: Block | None = None
    fenced: list[str] | None = None
    for number, line in enumerate(lines, first_line):
        body = line.strip()
        if fenced is not None and open_block is not None:
            if body == str(Mark.FENCE):
                words = f"{open_block.words}\n" + "\n".join(fenced)
                yield replace(open_block, words=words)
                open_block, fenced = None, None
            else:
                fenced.append(line[open_block.indent * STEP :])
            continue
        if "\t" in line:
            raise TemplateError(file, number, "Indent with spaces: there is a tab in this line.")
        found = _begin(line, body, number, file) if body else None
        if body and found is None:
            if open_block is None:
                raise TemplateError(
                    file, number, "A paragraph begins with its id, such as {#the-id}."
                )
            open_block = replace(open_block, words=f"{open_block.words} {body}".strip())
            continue
        if open_block is not None:
            yield open_block
        open_block = found
        fenced = [] if found is not None and found.mark is Mark.FENCE else None
    if fenced is not None and open_block is not None:
        raise TemplateError(file, open_block.line, "This fence is never closed.")
    if open_block is not None:
        yield open_block


def _begin(line: str, body: str, number: int, file: str) -> Block | None:
    """The block that begins on this line, or None where the line goes on with the block above."""
    for mark, pattern in _MARKS:
        found = pattern.match(body)
        if found is None:
            continue
        spaces = len(line) - len(line.lstrip(" "))
        if spaces % STEP:
            raise TemplateError(
                file, number, "Indent by four spaces a level: this line has {n}.", n=spaces
            )
        if mark in HEADINGS and spaces:
            raise TemplateError(file, number, "A heading is not indented.")
        return Block(number, spaces // STEP, mark, body[found.end() :].strip())
    if body.startswith("####"):
        raise TemplateError(file, number, "Headings go down to ###; number what is below.")
    if _LOOKS_NUMBERED.match(body):
        raise TemplateError(
            file, number, "Write 1. for a clause and A. for a recital: numbers are computed."
        )
    return None


def _with_attributes(block: Block, file: str) -> Block:
    """The block with its attributes read and taken out of its words."""
    if block.mark in (Mark.ROW, Mark.GUIDANCE, Mark.GENERATED):
        return block
    last = block.mark in (*HEADINGS, Mark.TABLE)
    fence = block.mark is Mark.FENCE
    pattern = _ATTRIBUTES_LAST if last else _ATTRIBUTES_FENCE if fence else _ATTRIBUTES_FIRST
    found = pattern.search(block.words) if last else pattern.match(block.words)
    if found is None:
        return block
    attributes = _attributes(found.group(1), block.line, file)
    words = block.words[: found.start()] + block.words[found.end() :]
    if not fence:
        words = words.strip()
    return replace(block, words=words, attributes=attributes)


def _attributes(text: str, line: int, file: str) -> Attributes:
    own, *rest = text.split() or [""]
    values: dict[str, str] = {}
    for word in rest:
        name, _, value = word.partition("=")
        if name not in ("if", "as", "rule", "mandatory") or (name == "mandatory") == bool(value):
            raise TemplateError(file, line, "{word} is not an attribute of a clause.", word=word)
        if name in values:
            raise TemplateError(file, line, "{name} is said twice.", name=name)
        values[name] = value
    for key in (own, *([values["as"]] if "as" in values else [])):
        if not _KEY.fullmatch(key) or len(key) > LONGEST_KEY:
            raise TemplateError(
                file,
                line,
                "“{key}” can't be an id: small letters, digits and hyphens, {most} at most.",
                key=key,
                most=LONGEST_KEY,
            )
    if "rule" in values and values["rule"] not in RULES:
        raise TemplateError(file, line, "There is no rule {rule}.", rule=values["rule"])
    return Attributes(
        id=own,
        condition=values.get("if", ""),
        key=values.get("as", ""),
        mandatory="mandatory" in values,
        rule=values.get("rule", ""),
    )
