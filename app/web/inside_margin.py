"""What one organisation noted inside, as notes in the margin of its own people."""

import uuid
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup

from app.access.actor import Actor
from app.kernel.errors import NotFound
from app.kernel.ids import new_token
from app.queries import inside
from app.queries.inside import InsideNote, InsideRemark
from app.queries.reading import session
from app.web.notes import Note, Reply, parted
from app.web.rendering import can

_TAKEN_BACK = "Taken back by its author."


def note_of(note: InsideNote, slug: str, *, words: str = "", is_open: bool = False) -> Note:
    """A note that one organisation alone sees; it waits for nobody outside."""
    opening, name = note.opening, name_of(note)
    gist, rest = parted(opening.html, opening.words)
    is_lost = note.row.anchor_state in {"text_changed", "clause_gone"}
    may_reply = is_open and can("note:reply", note.row)
    count = len(note.replies)
    return Note(
        id=name,
        kind="comment",
        inside=note.organisation,
        words=words,
        by=opening.person,
        when=opening.at,
        kind_word=gettext("Internal note"),
        gist=gist or gettext(_TAKEN_BACK),
        body_html=rest,
        replies=tuple(map(_reply, note.replies)) if is_open else (),
        state=ngettext("%(num)s reply", "%(num)s replies", count) if count else "",
        quote=note.row.quote if is_lost else "",
        open=is_open,
        folded=not is_open,
        href=url_for("inside.show", slug=slug, note_id=note.row.id),
        source=url_for("agreements.note", slug=slug, name=name),
        reply_address=url_for("inside.reply", slug=slug, note_id=note.row.id) if may_reply else "",
        reply_label=gettext("Reply inside %(organisation)s", organisation=note.organisation),
        form_key=new_token() if may_reply else "",
    )


def name_of(note: InsideNote) -> str:
    """What a note is called in the margin and in addresses: "i" and its id."""
    return f"i{note.row.id.hex}"


def opened(actor: Actor, agreement: Any, slug: str, name: str) -> Note | None:
    """The note of that name, opened; None for nonsense and for everybody else's."""
    try:
        found = inside.note_of(session(), actor, agreement.id, uuid.UUID(hex=name[1:]))
    except (ValueError, NotFound):
        return None
    place = f"c-{found.clause}" if found.clause else ""
    return note_of(
        found, slug, words=f"q-{name_of(found)}" if found.row.quote else place, is_open=True
    )


def _reply(remark: InsideRemark) -> Reply:
    gone = Markup("<p><em>{}</em></p>").format(gettext(_TAKEN_BACK))
    return Reply(None, remark.person, remark.at, remark.html or gone)
