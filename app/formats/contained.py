"""Foreign files are read in a process of their own, which may use little and lasts not long.

Whatever a file makes a parser do, it does it there: without our memory, our secrets or our time.
What comes back is JSON that is checked as if a stranger had sent it.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from app.domain.clauses import MAY_HOLD, Clause, ClauseTree, Kind
from app.domain.imported import ImportedDocument, Unmapped
from app.domain.returned import ReturnedDocument
from app.domain.written import MOST_FROM_A_FILE
from app.formats import markdown_source, returned_json
from app.formats.docx import reader, revisions_reader
from app.formats.encodings import decoded
from app.kernel.errors import AppError, Invalid

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 10
WALL_SECONDS = 15
MOST_NODES = 10_000
"""A text of more paragraphs is no agreement that people could read here."""

MOST_OUTPUT = 32 * 1024 * 1024
_FILES = 64
_DONE = b"\x06"
"""Begins what a copy of the process gives; without it, it says why it gives nothing."""
_ROOT = Path(__file__).resolve().parents[2]
_TOO_MUCH = "This file is too large or too tangled to be read. Save it anew, or cut it in parts."


def read_contained(file: BinaryIO, name: str, *, seconds: float = WALL_SECONDS) -> ImportedDocument:
    """Read a Word or text file in a limited child process. Raises Invalid with the reason.

    `file` has a descriptor of its own: the child reads from it.
    """
    return from_json(_read_elsewhere(file, [name], seconds))


def read_returned(file: BinaryIO, *, seconds: float = WALL_SECONDS) -> ReturnedDocument:
    """Read a Word file with all its changes in a limited child process. Raises as above."""
    data = _read_elsewhere(file, ["", "returned"], seconds)
    if refused := data.get("refused"):
        raise Invalid("{reason}", "file", reason=str(refused))
    return returned_json.from_json(data)


def _read_elsewhere(file: BinaryIO, words: list[str], seconds: float) -> Mapping[str, Any]:
    """What the child says about a file."""
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(  # noqa: S603  our own interpreter, our own module
                [sys.executable, "-m", "app.formats.contained", *words],
                stdin=file,
                stdout=output,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env={"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Invalid(_TOO_MUCH, "file") from None
        output.seek(0)
        if done.returncode != 0:
            raise Invalid(_TOO_MUCH, "file")
        return _loaded(output.read(MOST_OUTPUT + 1))


def apart(work: Callable[[], bytes], *, seconds: float = WALL_SECONDS) -> bytes:
    """What some work over a file gives, done in a limited copy of this process.

    For commands, which have one thread; a server starts afresh (`read_contained`). Raises Invalid
    with the reason that the work gave, or where it took too much.
    """
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            os._exit(_worked(work, output.fileno()))
        if not _ended_well(child, seconds):
            raise Invalid(_TOO_MUCH, "file")
        output.seek(0)
        said = output.read(MOST_OUTPUT + 1)
    if not said.startswith(_DONE):
        raise Invalid("{reason}", "file", reason=said.decode("utf-8", "replace") or _TOO_MUCH)
    return said.removeprefix(_DONE)


def _worked(work: Callable[[], bytes], output: int) -> int:
    """In the copy: work, and write what came of it. The status of the process."""
    _limit()
    try:
        said = _DONE + work()
    except AppError as error:
        said = str(error).encode()
    except BaseException:  # noqa: BLE001  nothing of a broken copy may go on as the command
        return 1
    with suppress(OSError), os.fdopen(output, "wb", closefd=False) as file:
        file.write(said)
        return 0
    return 1


def _ended_well(child: int, seconds: float) -> bool:
    """Wait for a copy, but not longer than it may take."""
    latest = time.monotonic() + seconds
    pause = 0.001
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status == 0
        if time.monotonic() > latest:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return False
        time.sleep(pause)
        pause = min(pause * 2, 0.05)


def to_json(document: ImportedDocument) -> dict[str, Any]:
    """A read file as it is handed over."""
    return {
        "tree": document.tree.to_json(),
        "unmapped": [[one.where, one.what] for one in document.unmapped],
    }


def from_json(data: Mapping[str, Any]) -> ImportedDocument:
    """Read what `to_json` wrote, trusting nothing. Raises Invalid."""
    if refused := data.get("refused"):
        raise Invalid("{reason}", "file", reason=str(refused))
    try:
        tree = ClauseTree.from_json(data["tree"])
        unmapped = tuple(Unmapped(str(where), str(what)) for where, what in data["unmapped"])
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise Invalid(_TOO_MUCH, "file") from error
    _check(tree)
    return ImportedDocument(tree, unmapped)


def _loaded(output: bytes) -> Mapping[str, Any]:
    if len(output) > MOST_OUTPUT:
        raise Invalid(_TOO_MUCH, "file")
    try:
        data = json.loads(output)
    except (ValueError, RecursionError) as error:
        raise Invalid(_TOO_MUCH, "file") from error
    if not isinstance(data, dict):
        raise Invalid(_TOO_MUCH, "file")
    return data


def _check(tree: ClauseTree) -> None:
    """Raise Invalid unless every node may stand where it stands, under a key of its own."""
    keys = [node.key for node in tree.walk()]
    if len(keys) > MOST_NODES:
        raise Invalid(
            "This file has {count} paragraphs; {most} can be taken in. Cut it in parts.",
            "file",
            count=len(keys),
            most=MOST_NODES,
        )
    held = [(None, tree.clauses), *((node.kind, node.children) for node in tree.walk())]
    if len(set(keys)) != len(keys) or not all(_fit(kind, nodes) for kind, nodes in held):
        raise Invalid(_TOO_MUCH, "file")
    longest = max((len(node.heading) + len(node.text) for node in tree.walk()), default=0)
    if longest > MOST_FROM_A_FILE:
        raise Invalid(
            "One paragraph of this file has {count} characters; {most} can be taken in.",
            "file",
            count=longest,
            most=MOST_FROM_A_FILE,
        )


def _fit(parent: Kind | None, nodes: tuple[Clause, ...]) -> bool:
    return all(
        node.kind in MAY_HOLD[parent]
        and all(isinstance(words, str) for words in (node.key, node.heading, node.text))
        for node in nodes
    )


def _limit() -> None:
    """Give up what reading a file needs not."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MOST_OUTPUT),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        # Refused where the limit is lower already, or where a system doesn't know it.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _read(data: bytes, name: str) -> ImportedDocument:
    if name.lower().endswith(".docx"):
        return reader.read(data, name)
    return markdown_source.read(decoded(data, name), name)


def _main(name: str, *, returned: bool) -> None:
    """In the child: read the file from stdin, write JSON to stdout."""
    _limit()
    try:
        data = sys.stdin.buffer.read()
        if returned:
            found = returned_json.to_json(revisions_reader.read(data))
        else:
            found = to_json(_read(data, name))
    except AppError as error:
        found = {"refused": str(error)}
    except (MemoryError, RecursionError):
        found = {"refused": _TOO_MUCH}
    sys.stdout.buffer.write(json.dumps(found).encode())


if __name__ == "__main__":
    _main(sys.argv[1], returned=sys.argv[2:] == ["returned"])
