"""`concordat word read`: what Word files say with all changes accepted, rejected, or told apart."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from app.cli.sources import REFUSED, Parser, complain, put, reason, run
from app.domain import returned
from app.domain.returned import ReturnedDocument
from app.formats import contained
from app.formats.docx import revisions_reader
from app.kernel.errors import AppError, Invalid

_WORD = (".docx", ".docm", ".doc", ".dotx")


def read_files(argv: list[str]) -> int:
    """Run `word read FILE... --view accept|reject|events [--json]`."""
    parser = Parser(
        prog="concordat word read",
        description="Read Word files with tracked changes: the text with all of them accepted or "
        "rejected, a body paragraph a line, or the changes and comments themselves. Each file is "
        "read in a process of its own that may use little and lasts not long.",
        epilog="Exit status: 0 done, 1 a file can't be read, 2 wrong use.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE.docx")
    parser.add_argument("--view", choices=tuple(_VIEWS), default="accept")
    parser.add_argument(
        "--json", action="store_true", help="a line of JSON a file: text, or events; or the error"
    )
    return run(parser, argv, lambda given: _read(parser.prog, given))


def _read(command: str, given: argparse.Namespace) -> int:
    refused = 0
    for path in given.files:
        try:
            found = _seen(path, given.view)
        except (AppError, OSError) as error:
            refused += 1
            if given.json:
                _line({"file": path, "ok": False, "error": reason(error)})
            else:
                complain(f"{command}: {path}", error)
            continue
        if given.json:
            _line({"file": path, "ok": True, "error": None, **found})
        else:
            put(_plain(found), None)
    return REFUSED if refused else 0


def _line(report: Mapping[str, Any]) -> None:
    put(json.dumps(report, ensure_ascii=False) + "\n", None)


def _seen(path: str, view: str) -> dict[str, Any]:
    """One view of a file. Raises Invalid, or OSError where it can't be opened."""
    data = Path(path).read_bytes()
    if not path.lower().endswith(_WORD) and not data.startswith(b"PK"):
        raise Invalid("This is not a Word file (.docx).")

    def work() -> bytes:
        return json.dumps(_VIEWS[view](revisions_reader.read(data))).encode()

    found: dict[str, Any] = json.loads(contained.apart(work))
    return found


def _text(view: Callable[[ReturnedDocument], returned.View]) -> Callable[..., dict[str, Any]]:
    def shown(document: ReturnedDocument) -> dict[str, Any]:
        return {"text": "\n".join(returned.lines(document, view(document)))}

    return shown


def _events(document: ReturnedDocument) -> dict[str, Any]:
    """Every change with its words, every comment with what it answers."""
    return {"events": [*_changes(document), *_remarks(document)]}


def _changes(document: ReturnedDocument) -> Iterator[dict[str, Any]]:
    for at, (change, author, date), text in returned.changes(document):
        yield {"kind": change, "author": author, "date": date, "paragraph": at, "text": text}


def _remarks(document: ReturnedDocument) -> Iterator[dict[str, Any]]:
    places: dict[str, int] = {}
    for at, paragraph in enumerate(document.paragraphs):
        for spot in paragraph.spots:
            places.setdefault(spot.comment, at)
    for remark in document.remarks:
        yield {
            "kind": "comment",
            "author": remark.author,
            "date": remark.date,
            "paragraph": places.get(remark.number),
            "text": remark.text,
            "answers": remark.parent or None,
            "id": remark.number,
            "resolved": remark.resolved,
        }


def _plain(found: Mapping[str, Any]) -> str:
    if "text" in found:
        return f"{found['text']}\n"
    return "".join(
        "\t".join((*(one[name] for name in ("kind", "author", "date")), repr(one["text"]))) + "\n"
        for one in found["events"]
    )


_VIEWS: Mapping[str, Callable[[ReturnedDocument], dict[str, Any]]] = {
    "accept": _text(returned.accepting),
    "reject": _text(returned.rejecting),
    "events": _events,
}

COMMANDS = {"word read": read_files}
