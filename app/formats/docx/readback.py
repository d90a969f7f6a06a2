"""Read a body of ours back: what it says once every change is accepted, and once all are rejected.

Cross-references are read by their target, not by the number that was shown; what we put around the
text (title page facts, contents, typed labels, the ends of tables) is left out.
"""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from app.formats.docx.ooxml import W

_NAME = f"{{{W}}}"
_FURNITURE = frozenset(
    {
        *("CoverFacts", "CoverBetween", "CoverParty", "CoverFoot", "ContentsTitle", "TOC1", "TOC2"),
        *("PartTitle", "NotYet", "TableEnd", "SignatureEnd", "SignatureParty", "SignatureFact"),
        "SignatureLine",
    }
)
_COMES = frozenset({_NAME + "ins", _NAME + "moveTo"})
_GOES = frozenset({_NAME + "del", _NAME + "moveFrom"})
_TEXT = frozenset({_NAME + "t", _NAME + "delText"})
_INSTRUCTION = frozenset({_NAME + "instrText", _NAME + "delInstrText"})
_SILENT = frozenset({"TypedLabel", "ReferenceLead"})


class Views(NamedTuple):
    """The paragraphs of both texts inside a file, empty ones left out."""

    accepted: tuple[str, ...]
    rejected: tuple[str, ...]


def views(document: bytes) -> Views:
    """Read document.xml both ways."""
    body = etree.fromstring(document)[0]
    accepted: list[str] = []
    rejected: list[str] = []
    for paragraph in body.iter(_NAME + "p"):
        if _style(paragraph) in _FURNITURE:
            continue
        new, old = _words(paragraph)
        accepted.append(new)
        rejected.append(old)
    return Views(tuple(filter(None, accepted)), tuple(filter(None, rejected)))


def _style(paragraph: etree._Element) -> str:
    properties = paragraph.find(_NAME + "pPr")
    style = properties.find(_NAME + "pStyle") if properties is not None else None
    return "" if style is None else str(style.get(_NAME + "val"))


def _words(paragraph: etree._Element) -> tuple[str, str]:
    """The words of one paragraph after acceptance and after rejection of all changes."""
    new: list[str] = []
    old: list[str] = []
    for words, change in _stretches(paragraph):
        if change not in _GOES:
            new.append(words)
        if change not in _COMES:
            old.append(words)
    return "".join(new).strip(), "".join(old).strip()


def _stretches(paragraph: etree._Element) -> Iterator[tuple[str, str]]:
    """Words with the name of the change that they stand in, "" for none."""
    in_field = False
    for run in paragraph.iter(_NAME + "r"):
        change, anchor = _around(run)
        if anchor:
            yield f"[[{anchor}]]", change
            continue
        for part in run:
            tag = part.tag
            if tag == _NAME + "fldChar":
                in_field = part.get(_NAME + "fldCharType") != "end"
            elif tag in _INSTRUCTION and (part.text or "").split()[:1] == ["REF"]:
                yield f"[[{(part.text or '').split()[1]}]]", change
            elif in_field or _is_silent(run):
                continue
            elif tag in _TEXT:
                yield part.text or "", change
            elif tag == _NAME + "br":
                yield "\n", change


def _around(run: etree._Element) -> tuple[str, str]:
    """The change that a run stands in, and the clause that its link leads to."""
    change = anchor = ""
    step = run.getparent()
    while step is not None and step.tag != _NAME + "p":
        if step.tag in _COMES or step.tag in _GOES:
            change = str(step.tag)
        elif step.tag == _NAME + "hyperlink":
            anchor = step.get(_NAME + "anchor") or ""
        step = step.getparent()
    return change, anchor


def _is_silent(run: etree._Element) -> bool:
    first = run[0] if len(run) else None
    if first is None or first.tag != _NAME + "rPr" or not len(first):
        return False
    return first[0].get(_NAME + "val") in _SILENT
