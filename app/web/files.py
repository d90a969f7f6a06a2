"""Stored files go out as they came in: as attachments, in a sandbox, under one of a few types."""

import unicodedata
import uuid
from urllib.parse import quote

from flask import Blueprint
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response

from app.http import auth
from app.queries import agreements, files
from app.queries.reading import session

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TABLE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = frozenset({WORD, TABLE, "application/pdf", "image/png", "image/jpeg"})
_UNKNOWN = "application/octet-stream"

door = Blueprint("files", __name__, url_prefix="/agreements/<slug:slug>/files")


@door.get("/<uuid:file_id>")
def download(slug: str, file_id: uuid.UUID) -> Response:
    """Hand out exactly the bytes that are stored."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    file = files.get_file(session(), actor, agreement, file_id)
    return attachment(file.name, file.media_type, file.content)


def attachment(name: str, media_type: str, content: bytes) -> Response:
    """Bytes to be kept, never to be shown by the browser as a page of ours."""
    headers = Headers()
    headers.set("Content-Disposition", "attachment", **_names(_plain(name)))
    headers.set("Content-Security-Policy", "sandbox; default-src 'none'")
    headers.set("X-Content-Type-Options", "nosniff")
    kind = media_type if media_type in _TYPES else _UNKNOWN
    return Response(content, content_type=kind, headers=headers)


def _names(name: str) -> dict[str, str]:
    """A file's name as every browser reads it, and with its own letters where it has such."""
    if name.isascii():
        return {"filename": name}
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return {"filename": bare.strip(". ") or "file", "filename*": f"UTF-8''{quote(name, safe='')}"}


def _plain(name: str) -> str:
    """A name that no header can be broken with."""
    kept = "".join(sign for sign in name if sign.isprintable() and sign not in '/\\"')
    return kept.strip(". ") or "file"
