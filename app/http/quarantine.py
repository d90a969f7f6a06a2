"""Files that somebody looks at before anything comes of them, apart from everything kept.

Each lies in a folder of its own under a name nobody can guess, for its owner only and for a day.
Nobody has many at a time, and few are read at once: reading takes a process each.
"""

import fcntl
import json
import shutil
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from flask import current_app

from app.domain.imported import ImportedDocument
from app.domain.returned import ReturnedDocument
from app.formats import returned_json
from app.formats.contained import from_json, read_contained, read_returned, to_json
from app.http.uploads import MEGABYTE, Upload
from app.kernel.errors import Conflict, NotFound
from app.kernel.ids import hash_of_token, new_token

STAYS = 24 * 3600
"""For how many seconds a file waits to be confirmed."""

MOST_WAITING = 10
MOST_BYTES_WAITING = 60 * MEGABYTE
"""What one person may have waiting."""

MOST_BY_PASS = 3
"""What may wait that came by one pass; it takes nothing from what its person may have waiting."""

MOST_AT_ONCE = 2
"""How many files are read at the same time."""

_PATIENCE = 20.0
_PAUSE = 0.1
_LONGEST_TOKEN = 64


@dataclass(frozen=True)
class Waiting:
    """A file that waits: what it was called, its bytes, what was read in it, and what it is for."""

    name: str
    media_type: str
    content: bytes
    read: Mapping[str, Any]
    purpose: Mapping[str, str]

    @property
    def document(self) -> ImportedDocument:
        """The text that was read. Raises Invalid for a file that was read otherwise."""
        return from_json(self.read)

    @property
    def returned(self) -> ReturnedDocument:
        """The changes that were read. Raises Invalid for a file that was read otherwise."""
        return returned_json.from_json(self.read)


def put(upload: Upload, owner: uuid.UUID | None) -> str:
    """Read a file in its limited process and let it wait; the token that leads back to it.

    Raises Invalid where it can't be read, Conflict where too many wait or are being read; nothing
    is left behind then.
    """
    return _kept(upload, owner, {}, "", lambda file: to_json(read_contained(file, upload.name)))


def put_returned(
    upload: Upload, owner: uuid.UUID, purpose: Mapping[str, str], by_pass: str = ""
) -> str:
    """The same for a Word file that came back. `purpose` says what it is for (`agreement`).

    `by_pass`: the pass by which it came, "" where its owner signed in.
    """
    return _kept(
        upload, owner, purpose, by_pass, lambda file: returned_json.to_json(read_returned(file))
    )


def get(token: str, owner: uuid.UUID | None) -> Waiting:
    """A file that waits. Raises NotFound for a stranger, and once it is gone."""
    place = _place(token)
    try:
        about = json.loads((place / "about.json").read_text(encoding="utf-8"))
        content = (place / "original").read_bytes()
    except (OSError, ValueError):
        about, content = {}, b""
    if not about or about["owner"] != str(owner):
        raise NotFound("This file isn't here any more. Upload it again.")
    return Waiting(about["name"], about["media_type"], content, about["read"], about["purpose"])


def drop(token: str) -> None:
    """Throw a file away."""
    shutil.rmtree(_place(token), ignore_errors=True)


def _kept(
    upload: Upload,
    owner: uuid.UUID | None,
    purpose: Mapping[str, str],
    by_pass: str,
    read: Callable[[BinaryIO], Mapping[str, Any]],
) -> str:
    _sweep()
    account = f"pass {hash_of_token(by_pass)}" if by_pass else str(owner)
    _check_quota(account, MOST_BY_PASS if by_pass else MOST_WAITING, len(upload.content))
    token = new_token()
    place = _place(token)
    place.mkdir(parents=True, mode=0o700)
    try:
        (place / "account").write_text(account, encoding="utf-8")
        original = place / "original"
        original.write_bytes(upload.content)
        with _turn(), original.open("rb") as file:
            found = read(file)
        about = {
            "name": upload.name,
            "media_type": upload.media_type,
            "owner": str(owner),
            "purpose": dict(purpose),
            "read": found,
        }
        (place / "about.json").write_text(json.dumps(about), encoding="utf-8")
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return token


def _check_quota(account: str, most: int, more: int) -> None:
    """Raise Conflict where a person, or a pass, has as much waiting as it may."""
    sizes = [
        (place / "original").stat().st_size
        for place in _folder().glob("*/")
        if _is_of(place, account) and (place / "original").exists()
    ]
    if len(sizes) >= most or sum(sizes) + more > MOST_BYTES_WAITING:
        raise Conflict(
            "{count} files of yours wait to be confirmed. Confirm or throw away one of them first; "
            "what nobody comes back for is gone after a day.",
            count=len(sizes),
        )


def _is_of(place: Path, account: str) -> bool:
    try:
        return (place / "account").read_text(encoding="utf-8") == account
    except OSError:
        return False


@contextmanager
def _turn() -> Iterator[None]:
    """One of the few places to read a file in. Raises Conflict where none comes free."""
    slots = Path(current_app.instance_path) / "reading"
    slots.mkdir(parents=True, exist_ok=True, mode=0o700)
    latest = time.monotonic() + _PATIENCE
    while True:
        for number in range(MOST_AT_ONCE):
            with (slots / str(number)).open("w") as slot:
                try:
                    fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    continue
                yield
                return
        if time.monotonic() > latest:
            raise Conflict("Several files are being read at this moment. Try again in a minute.")
        time.sleep(_PAUSE)


def _folder() -> Path:
    return Path(current_app.instance_path) / "quarantine"


def _place(token: str) -> Path:
    return _folder() / hash_of_token(token[:_LONGEST_TOKEN])


def _sweep() -> None:
    """Throw away what nobody came back for."""
    oldest = time.time() - STAYS
    for place in _folder().glob("*"):
        if place.stat().st_mtime < oldest:
            shutil.rmtree(place, ignore_errors=True)
