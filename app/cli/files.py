"""`concordat import`, `outline`, `diff`: look at agreements in files."""

import argparse
import html
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from app.cli.sources import REFUSED, Parser, complain, document, put, reason, run
from app.domain import alignment, outline, prose, redline
from app.domain.changes import Change, Part, Redline, RedlineNode
from app.domain.imported import ImportedDocument
from app.formats import redline_html
from app.kernel.errors import AppError

_READS = "Reads Markdown, plain text, template files and Word files (.docx)."
_STATUS = "Exit status: 0 done, 1 a file can't be read, 2 wrong use."
_CHANGES = {"insert": "insert", "delete": "delete", "moved-to": "move", "same": "same"}


def import_files(argv: list[str]) -> int:
    """Run `import FILE... [-o tree.json] [--json]`."""
    parser = Parser(
        prog="concordat import",
        description=f"Read agreements into clauses and say what could not be mapped. {_READS}",
        epilog=_STATUS,
    )
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("-o", dest="out", metavar="tree.json", help="write the clause tree there")
    parser.add_argument(
        "--json", action="store_true", help="a line of JSON a file: clauses, text, unmapped"
    )
    return run(parser, argv, lambda given: _import(parser, given))


def _import(parser: Parser, given: argparse.Namespace) -> int:
    if given.out and len(given.files) > 1:
        parser.error("-o takes the tree of one file")
    refused = 0
    for path in given.files:
        try:
            found = document(path)
        except (AppError, OSError) as error:
            refused += 1
            if given.json:
                put(_line(_report(path, None, reason(error))), None)
            else:
                complain(parser.prog, error)
            continue
        if given.out:
            put(_line(found.tree.to_json()), given.out)
        if given.json:
            put(_line(_report(path, found, None)), None)
        elif not given.out:
            put(_summary(path, found), None)
    return REFUSED if refused else 0


def _report(path: str, found: ImportedDocument | None, error: str | None) -> dict[str, Any]:
    unmapped = found.unmapped if found else ()
    return {
        "file": path,
        "ok": found is not None,
        "error": error,
        "clauses": len(found.tree.nodes) if found else 0,
        "text": found.text if found else "",
        "unmapped": [{"where": item.where, "what": item.what} for item in unmapped],
    }


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _summary(path: str, found: ImportedDocument) -> str:
    count = len(found.tree.nodes)
    lines = [f"{path}: “{found.tree.title}”, {count} clause{'' if count == 1 else 's'}"]
    lines += [f"  not mapped, {item.where}: {item.what}" for item in found.unmapped]
    return "\n".join(lines) + "\n"


def outline_file(argv: list[str]) -> int:
    """Run `outline FILE`."""
    parser = Parser(
        prog="concordat outline",
        description="Print a line a clause: label, heading or first words, key; "
        f"two spaces for each level. {_READS}",
        epilog=_STATUS,
    )
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("-o", dest="out", metavar="OUT", help="write there, not to stdout")
    return run(parser, argv, _outline)


def _outline(given: argparse.Namespace) -> int:
    put("".join(f"{line}\n" for line in outline.lines(document(given.file).tree)), given.out)
    return 0


def diff_files(argv: list[str]) -> int:
    """Run `diff OLD NEW [--format text|html|json]`."""
    parser = Parser(
        prog="concordat diff",
        description="Compare two versions of an agreement, clause by clause and word by word. "
        f"{_READS}",
        epilog=_STATUS,
    )
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    parser.add_argument("--format", choices=tuple(_FORMATS), default="text")
    parser.add_argument("-o", dest="out", metavar="OUT", help="write there, not to stdout")
    return run(parser, argv, _diff)


def _diff(given: argparse.Namespace) -> int:
    put(_FORMATS[given.format](compared(given.old, given.new)), given.out)
    return 0


def compared(old_path: str, new_path: str) -> Redline:
    """The redline of two files, their clauses paired by their words."""
    old, new = document(old_path).tree, document(new_path).tree
    return redline.build(old, alignment.with_keys_of(old, new))


def _nodes(nodes: Sequence[RedlineNode]) -> Iterator[RedlineNode]:
    """The nodes in reading order; what moved away is told where it stands now."""
    for node in nodes:
        if node.change != "moved-from":
            yield node
        yield from _nodes(node.children)


def _change(node: RedlineNode) -> str:
    if node.change != "text":
        return _CHANGES[node.change]
    return "text" if _is_changed(node.text) or not _is_changed(node.heading) else "heading"


def _is_changed(parts: Sequence[Part]) -> bool:
    return any(isinstance(part, Change) and part.op != "=" for part in parts)


def _spans(parts: Sequence[Part]) -> list[list[str]]:
    return [[part.op, prose.plain(part.text)] for part in parts if isinstance(part, Change)]


def _as_json(found: Redline) -> str:
    rows = [
        {
            "clause": node.key,
            "change": _change(node),
            "spans": _spans(node.heading) + _spans(node.text),
            "label": node.label.full,
        }
        for node in _nodes(found.nodes)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _as_text(found: Redline) -> str:
    """Changed clauses only; [-words that go-] and {+words that come+}."""
    lines = [f"Title: {_marked(found.title)}"] if _is_changed(found.title) else []
    for node in _nodes(found.nodes):
        change = _change(node)
        if change != "same":
            words = " ".join(filter(None, (_marked(node.heading), _marked(node.text))))
            label = f"{node.label.full} " if node.label.full else ""
            lines.append(f"{label}({change}): {words}")
    return "".join(f"{line}\n" for line in lines or ["The texts are the same."])


_SIGNS = {"=": "{}", "+": "{{+{}+}}", "-": "[-{}-]"}


def _marked(parts: Sequence[Part]) -> str:
    return "".join(_SIGNS[op].format(words) for op, words in _spans(parts))


def _as_html(found: Redline) -> str:
    title = html.escape("".join(words for op, words in _spans(found.title) if op != "-"))
    body = redline_html.document(found, tags=False)
    return (
        f'<!doctype html>\n<html lang="{html.escape(found.language)}">\n<head>\n'
        f'<meta charset="utf-8">\n<title>{title}</title>\n<style>\n'
        "body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 serif }\n"
        "ins { color: #0b5d1e } del { color: #9b1c1c }\n"
        ".vh { position: absolute; clip-path: inset(50%); white-space: nowrap }\n"
        f"</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


_FORMATS: Mapping[str, Callable[[Redline], str]] = {
    "text": _as_text,
    "html": _as_html,
    "json": _as_json,
}

COMMANDS: Mapping[str, Callable[[list[str]], int]] = {
    "import": import_files,
    "outline": outline_file,
    "diff": diff_files,
}
"""What this module adds to the command line."""
