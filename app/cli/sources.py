"""The files that commands read: Markdown, plain text, template files and Word files."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from app.domain.imported import ImportedDocument
from app.formats import markdown_source, template_source
from app.formats.docx import reader
from app.formats.encodings import decoded
from app.kernel.errors import AppError, Invalid

WRONG_USE = 2
REFUSED = 1
_FRONT = "+++"
_ZIP = b"PK"


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the words of a command in one line on stderr."""

    def error(self, message: str) -> "None":  # type: ignore[override]
        """Stop with exit status 2."""
        self.exit(WRONG_USE, f"{self.prog}: {message}; see {self.prog} --help\n")


def run(parser: Parser, argv: list[str], command: Callable[[argparse.Namespace], int]) -> int:
    """Read the words of a command and run it; a refusal is one line on stderr and status 1."""
    try:
        return command(parser.parse_args(argv))
    except SystemExit as stop:
        return int(stop.code or 0)
    except (AppError, OSError) as error:
        complain(parser.prog, error)
        return REFUSED


def complain(command: str, error: Exception) -> None:
    """Print why something was refused, in one line."""
    print(f"{command}: {reason(error)}", file=sys.stderr)


def reason(error: Exception) -> str:
    """A refusal as one line."""
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else str(error)
    return " ".join(str(error).split())


def document(path: str) -> ImportedDocument:
    """Read one file of any known kind. Raises Invalid where it can't be read, or OSError."""
    data = Path(path).read_bytes()
    name = Path(path).name
    if data.startswith(_ZIP) or name.lower().endswith((".docx", ".docm", ".doc", ".dotx")):
        return reader.read(data, name)
    text = decoded(data, name)
    if text.lstrip().startswith(_FRONT + "\n"):
        return ImportedDocument(template_source.read(text, name).tree, title_is_text=True)
    return markdown_source.read(text, name)


def raw_text(path: str) -> str:
    """A text file with every byte kept, for merging; of a Word file its words by paragraphs."""
    data = Path(path).read_bytes()
    if data.startswith(_ZIP):
        return "\n\n".join(reader.read(data, path).text.split("\n")) + "\n"
    if b"\0" in data:
        raise Invalid("{name} is neither a text nor a Word file (.docx).", name=path)
    return data.decode("utf-8", "surrogateescape")


def put(text: str, path: str | None) -> None:
    """Write a result byte for byte to a file, or to stdout where none is named."""
    data = text.encode("utf-8", "surrogateescape")
    if path:
        Path(path).write_bytes(data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
