"""Passes: the signed links and reply addresses by which somebody works in Word without signing in.

A pass names a seat and a version. Whoever has it may take that version's copy and bring one back
for the person in that seat, twelve a day; it opens nothing else, and nothing once the seat is gone
or the answers have been there for three months. Opening its address never changes anything.
"""

import base64
import binascii
import hashlib
import hmac
import uuid
from dataclasses import dataclass
from typing import Any

from flask import current_app

from app.kernel.errors import NotFound
from app.kernel.said import said

_SEAL_BYTES = 12
_PAYLOAD_BYTES = 18
_PURPOSE = b"concordat pass 1 "
_BROKEN = said("This link is cut short or was changed. Take it from the letter again, or sign in.")


@dataclass(frozen=True)
class Pass:
    """A seat and the version that was sent to it."""

    seat_id: uuid.UUID
    version: int


def written(held: Pass) -> str:
    """The pass as 48 small letters and figures: fits into the first part of a mail address."""
    payload = held.seat_id.bytes + held.version.to_bytes(2, "big")
    return base64.b32encode(payload + _seal(payload)).decode().lower()


def read(token: str) -> Pass:
    """What a pass says. Raises NotFound where this installation didn't write it."""
    try:
        held = base64.b32decode(token.upper().encode("ascii"))
    except (binascii.Error, UnicodeError, ValueError) as error:
        raise NotFound(_BROKEN) from error
    payload, seal = held[:_PAYLOAD_BYTES], held[_PAYLOAD_BYTES:]
    if len(seal) != _SEAL_BYTES or not hmac.compare_digest(seal, _seal(payload)):
        raise NotFound(_BROKEN)
    return Pass(uuid.UUID(bytes=payload[:16]), int.from_bytes(payload[16:], "big"))


def _seal(payload: bytes) -> bytes:
    secret: Any = current_app.secret_key
    key = secret if isinstance(secret, bytes) else str(secret).encode()
    return hmac.new(key, _PURPOSE + payload, hashlib.sha256).digest()[:_SEAL_BYTES]
