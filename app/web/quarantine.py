"""Files that somebody looks at before they become an agreement, apart from everything kept.

Each lies in a folder of its own under a name nobody can guess, for its owner only and for a day.
"""

import json
import shutil
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from app.domain.imported import ImportedDocument
from app.formats.contained import from_json, read_contained, to_json
from app.kernel.errors import NotFound
from app.kernel.ids import hash_of_token, new_token
from app.web.uploads import Upload

STAYS = 24 * 3600
"""For how many seconds a file waits to be confirmed."""

_LONGEST_TOKEN = 64


@dataclass(frozen=True)
class Waiting:
    """A file that waits: what it was called, its bytes, and what was read in it."""

    name: str
    media_type: str
    content: bytes
    document: ImportedDocument


def put(upload: Upload, owner: uuid.UUID | None) -> str:
    """Read a file in its limited process and let it wait; the token that leads back to it.

    Raises Invalid where it can't be read; nothing is left behind then.
    """
    _sweep()
    token = new_token()
    place = _place(token)
    place.mkdir(parents=True, mode=0o700)
    try:
        original = place / "original"
        original.write_bytes(upload.content)
        with original.open("rb") as file:
            document = read_contained(file, upload.name)
        about = {
            "name": upload.name,
            "media_type": upload.media_type,
            "owner": str(owner),
            "read": to_json(document),
        }
        (place / "about.json").write_text(json.dumps(about), encoding="utf-8")
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return token


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
    return Waiting(about["name"], about["media_type"], content, from_json(about["read"]))


def drop(token: str) -> None:
    """Throw a file away."""
    shutil.rmtree(_place(token), ignore_errors=True)


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
