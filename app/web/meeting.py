"""Two facilitators at one clause: what the slower one is told, so that nobody decides blindly."""

from collections.abc import Iterator
from datetime import datetime

from app.domain import references
from app.kernel import clock
from app.kernel.said import counted, said
from app.queries.settling import Settling
from app.web import sides

_MINUTE = 60
_HOUR = 3_600


def about_conflict(settled: Settling, conflict: str) -> str:
    """Who settled a conflict first, and how; "" where it is gone for another reason."""
    one = next((one for one in settled.contests if one.found.id == conflict), None)
    if one is None or one.row is None:
        return ""
    words = sides.decision(settled, one.row.choice, one.row.value)
    return said(
        "{who} decided this {ago}: {words} Yours is kept below. Undo that decision "
        "first, if yours should stand instead.",
        who=one.who,
        ago=ago(one.row.decided_at),
        words=words,
    )


def about_clause(settled: Settling, key: str) -> str:
    """Who changed a clause last, and how it reads now; "" where nobody is known to have."""
    changes = sorted(_changes(settled, key), reverse=True)
    node = settled.standing.preview.nodes.get(key)
    if not changes or node is None:
        return ""
    at, who = changes[0]
    words = references.shown(" ".join(filter(None, (node.heading, node.text))), settled.labels)
    return said(
        "{who} changed this clause {ago}. It reads now: “{words}” Yours is kept "
        "below; send it again to put it in that place.",
        who=who,
        ago=ago(at),
        words=words,
    )


def ago(at: datetime) -> str:
    """How long ago, in words: "just now", "2 minutes ago"."""
    seconds = (clock.utcnow() - at).total_seconds()
    if seconds >= _HOUR:
        return counted(int(seconds // _HOUR), "{n} hour ago", "{n} hours ago")
    if seconds >= _MINUTE:
        return counted(int(seconds // _MINUTE), "{n} minute ago", "{n} minutes ago")
    return said("just now")


def _changes(settled: Settling, key: str) -> Iterator[tuple[datetime, str]]:
    for one in settled.contests_of(key):
        if one.row is not None:
            yield one.row.decided_at, one.who
    for edit in settled.edits(key):
        yield edit.at, edit.who
