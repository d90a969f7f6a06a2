"""One note opened before one reader: what they may do with it, and the form that answers it."""

from typing import Any

from app.access.actor import Actor
from app.kernel.errors import NotFound
from app.queries import comments, reading_room
from app.queries.heads import Head
from app.queries.reading import session
from app.web import clauses, inside_margin, notes
from app.web.notes import Note
from app.web.rendering import can


def note_of(actor: Actor, agreement: Any, head: Head, name: str) -> Note | None:
    """The note called "t88" (a thread), "17" (an amendment) or "i…" (inside); None for none."""
    if name.startswith("i"):
        return inside_margin.opened(actor, agreement, head.slug, name)
    voice = head.mine.name if head.mine else ""
    number = name.removeprefix("t")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    if name.startswith("t"):
        return _thread(agreement, int(number), head.slug, voice)
    reading = reading_room.reading_of(actor, agreement, "stands", head=head)
    amends = head.held is not None and can("amendment:draft", head.held)
    margin = clauses.margin_of(reading, head.slug, opened=name, may_amend=amends)
    found = (note for held in margin.notes.values() for note in held)
    return next((note for note in found if note.id == name), None)


def _thread(agreement: Any, number: int, slug: str, voice: str) -> Note | None:
    try:
        thread = comments.get_discussion(session(), agreement.id, number)
    except NotFound:
        return None
    place = f"c-{thread.clause}" if thread.clause else ""
    words = f"q-t{number}" if thread.quote else place
    return notes.of_thread(thread, slug, words=words, voice=voice, is_open=True)
