"""A file that somebody uploads: its size, its name, and whether it is what it says it is."""

import unicodedata
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage

from app.kernel.errors import Invalid

MEGABYTE = 1024 * 1024
LONGEST_NAME = 120
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF-"


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is taken in: its ending, type and size, and how its bytes begin."""

    ending: str
    media_type: str
    megabytes: int
    begins: bytes = b""


DOCX = FileKind(
    ".docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    20,
    _ZIP,
)
MARKDOWN = FileKind(".md", "text/markdown", 5)
TEXT = FileKind(".txt", "text/plain", 5)
PDF = FileKind(".pdf", "application/pdf", 30, _PDF)


@dataclass(frozen=True)
class Upload:
    """A file as it came, with a name that can be shown and stored."""

    name: str
    kind: FileKind
    content: bytes

    @property
    def media_type(self) -> str:
        """The type it is handed out as; never what the browser said."""
        return self.kind.media_type


def received(file: FileStorage | None, kinds: tuple[FileKind, ...]) -> Upload:
    """Take a file from a form. Raises Invalid (field `file`) with the sentence for the person."""
    if file is None or not file.filename:
        raise Invalid("Choose a file first.", "file")
    name = clean_name(file.filename)
    kind = next((kind for kind in kinds if name.lower().endswith(kind.ending)), None)
    if kind is None:
        raise Invalid(
            "{name} can't be taken in. Choose a file that ends in {endings}.",
            "file",
            name=name,
            endings=" or ".join(kind.ending for kind in kinds),
        )
    content = file.stream.read(kind.megabytes * MEGABYTE + 1)
    _check(name, kind, content)
    return Upload(name, kind, content)


def clean_name(name: str) -> str:
    """A file's name without folders, control signs and signs that turn the direction of writing."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if len(kept) <= LONGEST_NAME:
        return kept or "file"
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"[:LONGEST_NAME]


def _check(name: str, kind: FileKind, content: bytes) -> None:
    if not content:
        raise Invalid("{name} is empty.", "file", name=name)
    if len(content) > kind.megabytes * MEGABYTE:
        raise Invalid(
            "{name} is larger than {most} megabytes.", "file", name=name, most=kind.megabytes
        )
    if kind.begins and not content.startswith(kind.begins):
        if content.startswith(_OLD_WORD):
            raise Invalid(
                "{name} is locked with a password, or was saved by an old Word. "
                "Take the password off and save it as .docx.",
                "file",
                name=name,
            )
        raise Invalid("{name} isn't a {ending} file inside.", "file", name=name, ending=kind.ending)
    if not kind.begins and content.startswith((_ZIP, _PDF, _OLD_WORD)):
        raise Invalid("{name} isn't a text inside.", "file", name=name)
