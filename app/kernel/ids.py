"""Identities: rows (UUIDv7), clause keys, random tokens."""

import hashlib
import secrets
import uuid
from datetime import UTC, datetime
from typing import NewType

from app.kernel import clock

ClauseKey = NewType("ClauseKey", str)
"""Names a clause for life: `[a-z][a-z0-9]*(-[a-z0-9]+)*`, at most 28 characters."""

_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def new_id() -> uuid.UUID:
    """A new row id, UUID version 7 (RFC 9562, section 5.7).

    Ordered by the millisecond it was made in.
    """
    milliseconds = int((clock.utcnow() - _EPOCH).total_seconds() * 1000)
    value = (milliseconds & (2**48 - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def new_clause_key() -> ClauseKey:
    """A key for a clause that comes from no template: `c` and ten random base32 characters."""
    return ClauseKey("c" + "".join(secrets.choice(_BASE32) for _ in range(10)))


def clause_keys_for(seed: str, count: int) -> tuple[ClauseKey, ...]:
    """Keys of the same shape that the same seed always gives: what is shown stays the same."""
    return tuple(
        ClauseKey("c" + "".join(_BASE32[byte % 32] for byte in digest[:10]))
        for number in range(count)
        for digest in (hashlib.sha256(f"{seed}/{number}".encode()).digest(),)
    )


def new_token() -> str:
    """A secret for a link: 256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def hash_of_token(token: str) -> str:
    """What is stored of a secret for a link: SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()
