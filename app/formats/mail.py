"""A letter that came in: for whom its address stands, and the Word file in it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser

from app.kernel.errors import Invalid

MEGABYTE = 1024 * 1024
MOST_BYTES = 30 * MEGABYTE
MOST_PARTS = 200
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NAMED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_TOKEN = re.compile(r"\+([a-z2-7]{48})@", re.IGNORECASE)
_LONGEST_NAME = 120
_ID = re.compile(r"<[!-;=?-~]{1,250}>")


@dataclass(frozen=True)
class Attached:
    """A Word file as it came."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """What a letter brings. `token`: of the reply address, "" for none; `message_id` names it.

    `is_automatic`: no person wrote it (an absence note, a failure), so it gets no answer.
    """

    token: str
    message_id: str
    is_automatic: bool
    files: tuple[Attached, ...]


def read(data: bytes) -> Letter:
    """Take a letter apart (RFC 5322). Raises Invalid where it is too large or can't be read."""
    if len(data) > MOST_BYTES:
        raise Invalid("The letter is larger than {size} MB.", size=MOST_BYTES // MEGABYTE)
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        return Letter(
            token=_token(message),
            message_id=_message_id(message),
            is_automatic=_is_automatic(message),
            files=tuple(_files(message)),
        )
    except (MessageError, LookupError, ValueError, RecursionError, TypeError) as error:
        raise Invalid("The letter can't be read.") from error


def packed(letter: Letter) -> bytes:
    """A letter as one process hands it to another; `unpacked` reads it."""
    about = {
        "token": letter.token,
        "message_id": letter.message_id,
        "is_automatic": letter.is_automatic,
        "files": [[file.name, len(file.content)] for file in letter.files],
    }
    return b"\n".join((json.dumps(about).encode(), b"".join(f.content for f in letter.files)))


def unpacked(data: bytes) -> Letter:
    """The letter that `packed` wrote."""
    first, _, contents = data.partition(b"\n")
    about = json.loads(first)
    files, at = [], 0
    for name, size in about["files"]:
        files.append(Attached(name, contents[at : at + size]))
        at += size
    return Letter(about["token"], about["message_id"], about["is_automatic"], tuple(files))


def _message_id(message: EmailMessage) -> str:
    """What the letter is called, where an answer can name it so; else ""."""
    found = _ID.fullmatch(str(message.get("Message-ID", "")).strip())
    return found.group() if found else ""


def _token(message: EmailMessage) -> str:
    """The token of the first address that has one."""
    for name in _NAMED:
        for value in message.get_all(name, []):
            if found := _TOKEN.search(str(value)):
                return found.group(1).lower()
    return ""


def _is_automatic(message: EmailMessage) -> bool:
    submitted = str(message.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    bulk = str(message.get("Precedence", "")).strip().lower() in {"bulk", "junk", "auto_reply"}
    return submitted != "no" or bulk or str(message.get("Return-Path", "")).strip() == "<>"


def _files(message: EmailMessage) -> Iterator[Attached]:
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            raise Invalid("The letter has more than {count} parts.", count=MOST_PARTS)
        name = part.get_filename() or ""
        if part.is_multipart() or not (
            name.lower().endswith(".docx") or part.get_content_type() == _WORD
        ):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield Attached(_plain(name), content)


def _plain(name: str) -> str:
    """A name without folders and signs that no name has."""
    kept = "".join(sign for sign in name.replace("\\", "/").split("/")[-1] if sign.isprintable())
    return (kept.strip()[-_LONGEST_NAME:]) or "copy.docx"
