"""Calendar files (RFC 5545): moments that end something, for any calendar program."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

_MOST_OCTETS = 75


@dataclass(frozen=True)
class Moment:
    """One entry: `uid` stays the same when the moment or the words change."""

    uid: str
    at: datetime
    summary: str
    url: str


def to_ics(moments: Iterable[Moment], *, made_at: datetime, name: str) -> bytes:
    """A calendar of that name with an entry for each moment; all moments in UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Concordat//Deadlines//EN",
        f"X-WR-CALNAME:{_escaped(name)}",
        *(line for one in moments for line in _entry(one, made_at)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _entry(one: Moment, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(one.uid)}"
    yield f"DTSTAMP:{_utc(made_at)}"
    yield f"DTSTART:{_utc(one.at)}"
    yield f"SUMMARY:{_escaped(one.summary)}"
    yield f"URL:{one.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(words: str) -> str:
    for sign in "\\;,":
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> bytes:
    """The line with its end, broken before it is longer than a line may be, never in a sign."""
    pieces, size = [""], 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _MOST_OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += sign
        size += octets
    return "".join(f"{piece}\r\n" for piece in pieces).encode()
