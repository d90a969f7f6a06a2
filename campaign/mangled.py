"""Word files torn at random are read. Promised: text, or a refusal with a sentence; never a crash.

Bytes of the container and elements of the body are dropped, doubled, moved and spoilt. The control
reads without the guard, and with what it finds taken at its word.
"""

import random
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

from flask import Flask
from lxml import etree

from app.domain import operations, roundtrip
from app.domain.clauses import ClauseTree
from app.domain.returned import accepting, lines, rejecting
from app.formats import returned_json
from app.formats.docx import revisions_reader
from app.formats.docx.comments import Note
from app.formats.docx.source_package import Element
from app.kernel.errors import AppError
from campaign.report import Report
from tests.formats.docx import deals

SLOWEST = 10.0
"""Seconds: no file takes longer to be read or refused."""

PARTS = (
    *("word/document.xml", "word/document.xml", "word/document.xml", "word/comments.xml"),
    *("word/numbering.xml", "word/styles.xml", "word/_rels/document.xml.rels"),
    *("word/commentsExtended.xml", "customXml/item1.xml", "docProps/custom.xml"),
)
_STRANGE = ("", "-1", "99999999999", "_cl_d_1", "\u202e", "x" * 5000, "2", "true")


def mangled(app: Flask, rounds: int, seed: int = 1, *, sabotage: bool = False) -> Report:
    """Read `rounds` torn files, each to the end."""
    rng = random.Random(seed)
    faults: list[str] = []
    slowest, refused = 0.0, 0
    for number in range(rounds):
        old, data = _file(rng, number)
        began = time.perf_counter()
        try:
            read_whole(_torn(rng, data), old, trusting=sabotage)
        except AppError as error:
            refused += 1
            if not str(error).endswith((".", "?")):
                faults.append(f"file {number}: “{error}” is no sentence")
        except Exception as error:  # noqa: BLE001  any other end is what we look for
            faults.append(f"file {number}: {type(error).__name__} {str(error)[:200]}")
        slowest = max(slowest, time.perf_counter() - began)
    if slowest > SLOWEST:
        faults.append(f"one file took {slowest:.1f} seconds")
    figures = {"refused": refused, "slowest": round(slowest, 3)}
    return Report("mangled", app.name, rounds, sabotage, tuple(faults), figures)


def read_whole(data: bytes, old: ClauseTree, *, trusting: bool = False) -> None:
    """Everything that an upload goes through, up to the amendments it would make."""
    if trusting:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            etree.fromstring(archive.read("word/document.xml"))
    read = revisions_reader.read(data)
    document = returned_json.from_json(returned_json.to_json(read))
    for view in (accepting(document), rejecting(document)):
        "".join(lines(document, view))
    keys = [f"c{number}" for number in range(len(document.paragraphs))]
    found = roundtrip.compare(document, old, keys)
    steps = found.operations([item.number for item in found.items])
    operations.apply(old, steps)


def _file(rng: random.Random, number: int) -> tuple[ClauseTree, bytes]:
    """A redline of ours with a comment in it."""
    old = deals.deal(number % 12)
    note = Note("Ana Ito", "Why?", "2026-05-01T09:00:00Z")
    new = deals.amended(old, rng.randrange(1000))
    return old, deals.redlined(old, new, notes={"definitions": (note,)})


def _torn(rng: random.Random, data: bytes) -> bytes:
    """The file with its container or some of its parts spoilt."""
    if rng.random() < 0.15:
        return _torn_bytes(rng, data)
    out = BytesIO()
    chosen = set(rng.sample(PARTS, rng.randint(1, 3)))
    with zipfile.ZipFile(BytesIO(data)) as was, zipfile.ZipFile(out, "w") as is_now:
        for name in was.namelist():
            content = was.read(name)
            if name in chosen:
                if rng.random() < 0.1:
                    continue
                content = _torn_xml(rng, content)
            is_now.writestr(name, content)
    return out.getvalue()


def _torn_bytes(rng: random.Random, data: bytes) -> bytes:
    found = bytearray(data)
    for _ in range(rng.randint(1, 20)):
        at = rng.randrange(len(found))
        if rng.random() < 0.5:
            found[at] = rng.randrange(256)
        else:
            del found[at : at + rng.randint(1, 50)]
    return bytes(found)


def _torn_xml(rng: random.Random, content: bytes) -> bytes:
    if rng.random() < 0.1:
        return _torn_bytes(rng, content)
    root = etree.fromstring(content)
    for _ in range(rng.randint(1, 12)):
        nodes = [node for node in root.iter() if node.getparent() is not None]
        if not nodes:
            break
        rng.choice(_TEARS)(rng, rng.choice(nodes), nodes)
    return etree.tostring(root)


def _drop(_rng: random.Random, node: Element, _all: list[Element]) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _double(rng: random.Random, node: Element, _all: list[Element]) -> None:
    parent = node.getparent()
    if parent is not None:
        copy = etree.fromstring(etree.tostring(node))
        parent.insert(rng.randrange(len(parent) + 1), copy)


def _move(rng: random.Random, node: Element, held: list[Element]) -> None:
    there = rng.choice(held)
    if there is not node and node not in _above(there):
        there.append(node)


def _rename(rng: random.Random, node: Element, held: list[Element]) -> None:
    node.tag = rng.choice(held).tag


def _respell(rng: random.Random, node: Element, _all: list[Element]) -> None:
    if node.attrib:
        name = rng.choice(list(node.attrib))
        node.set(name, rng.choice(_STRANGE))


def _above(node: Element) -> Iterator[Element]:
    yield node
    yield from node.iterancestors()


_Tear = Callable[[random.Random, Element, list[Element]], None]
_TEARS: tuple[_Tear, ...] = (_drop, _double, _move, _rename, _respell)
