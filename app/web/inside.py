"""Inside one organisation: its notes, replies to them, and opening one to everybody."""

import uuid
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.access import policy
from app.access.actor import Actor
from app.access.permissions import Permission
from app.actions import inside as actions
from app.domain import numbering
from app.http import auth
from app.http.statuses import status_of
from app.kernel import clock
from app.kernel.errors import AppError, NotFound
from app.kernel.ids import new_token
from app.queries import agreements as found
from app.queries import inside, rounds
from app.queries.heads import agreement_and_head, head_of
from app.queries.inside import InsideNote
from app.queries.reading import session
from app.queries.reading_room import text_of
from app.web.forms.inside import InsideForm, OpenForm
from app.web.rendering import can, page

door = Blueprint("inside", __name__, url_prefix="/agreements/<slug:slug>/inside")


@door.get("")
def index(slug: str) -> str:
    """List what one's own organisation noted. Who is there for none finds no such page."""
    return _listed(slug, InsideForm())


@door.post("")
def keep(slug: str) -> Response | tuple[str, int]:
    """Write a note on the agreement as a whole, at any time of its life."""
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    form = InsideForm(request.form)
    if form.validate():
        try:
            actions.keep_note(
                actor, agreement, text=form.text.data or "", form_key=form.form_key.data
            )
        except AppError as error:
            form.refuse(error)
        else:
            flash(gettext("Noted. Only your organisation sees it."))
            return redirect(url_for(".index", slug=slug), 303)
    return _listed(slug, form), form.status


def _listed(slug: str, form: InsideForm) -> str:
    actor = auth.current_actor()
    agreement, head = agreement_and_head(actor, slug)
    held = inside.notes_of(session(), agreement.id, actor.organisations_in(agreement.id))
    if head.mine is None:
        raise NotFound("You are here for no organisation, so nothing is kept inside one.")
    labels = numbering.labels(text_of(session(), agreement)[0])
    lines = [(note, place_of(note, slug, labels)) for note in reversed(held)]
    writes = can(Permission.NOTE_KEEP, agreement)
    return page("inside/index.html", head=head, lines=lines, form=form if writes else None)


@door.get("/<uuid:note_id>")
def show(slug: str, note_id: uuid.UUID) -> str:
    """Show one note with its replies, and what opening it would tell everybody."""
    return _page(slug, note_id, InsideForm())


@door.post("/<uuid:note_id>/reply")
def reply(slug: str, note_id: uuid.UUID) -> Response | tuple[str, int]:
    """Reply to a note; only the same organisation reads it."""
    actor, note = _note(slug, note_id)
    form = InsideForm(request.form)
    if form.validate():
        try:
            actions.reply_inside(
                actor, note.row, text=form.text.data or "", form_key=form.form_key.data
            )
        except AppError as error:
            form.refuse(error)
        else:
            flash(_only(note))
            return redirect(_after(slug, note), 303)
    return _page(slug, note_id, form), form.status


@door.route("/<uuid:note_id>/edit/<uuid:remark_id>", methods=["GET", "POST"])
def edit(slug: str, note_id: uuid.UUID, remark_id: uuid.UUID) -> Response | tuple[str, int]:
    """Change one's own words; that they were changed stays visible inside."""
    actor, note = _note(slug, note_id)
    remark = _remark(note, remark_id)
    policy.require(actor, Permission.NOTE_EDIT, remark, clock.utcnow())
    form = InsideForm(request.form or None, data={"text": remark.text})
    if request.method == "POST" and form.validate():
        try:
            actions.edit_inside(actor, remark, text=form.text.data or "")
        except AppError as error:
            form.refuse(error)
        else:
            flash(gettext("Changed. The note says that it was edited."))
            return redirect(_after(slug, note), 303)
    head = head_of(actor, found.get_agreement(actor, slug))
    return page("inside/edit.html", head=head, note=note, form=form), form.status


@door.post("/<uuid:note_id>/retract/<uuid:remark_id>")
def retract(slug: str, note_id: uuid.UUID, remark_id: uuid.UUID) -> Response:
    """Take one's own words back."""
    actor, note = _note(slug, note_id)
    actions.retract_inside(actor, _remark(note, remark_id))
    flash(gettext("Taken back. The note says that something stood there."))
    return redirect(url_for(".show", slug=slug, note_id=note_id), 303)


@door.post("/<uuid:note_id>/open")
def open_to_all(slug: str, note_id: uuid.UUID) -> Response | tuple[str, int]:
    """Make a comment of a note that everybody reads, for good."""
    actor, note = _note(slug, note_id)
    form = OpenForm(request.form)
    agreement = found.get_agreement(actor, slug)
    try:
        thread = actions.open_note(
            actor,
            note.row,
            opened=rounds.latest_round(session(), agreement),
            seen=form.seen.data or "",
            with_replies=bool(form.with_replies.data),
        )
    except AppError as error:
        reply_form = InsideForm()
        reply_form.refuse(error)
        return _page(slug, note_id, reply_form), status_of(error)
    flash(gettext("Everybody reads it now, as comment %(number)s.", number=thread.number))
    return redirect(url_for("comments.show", slug=slug, number=thread.number), 303)


def place_of(note: InsideNote, slug: str, labels: Any) -> tuple[str, str]:
    """What a note is about, and where that stands."""
    home = url_for("agreements.read", slug=slug)
    if note.is_on_draft:
        there = url_for("checking.show", slug=slug, draft_id=note.row.amendment_id)
        return gettext("a draft amendment"), there
    if note.amendment:
        there = url_for("amendments.show", slug=slug, label=note.amendment)
        return gettext("Amendment %(amendment)s", amendment=note.amendment), there
    label = labels.get(note.clause or "")
    if label is not None and note.row.anchor_state != "clause_gone":
        named = label.full or gettext("an unnumbered text")
        return named, f"{home}?note=i{note.row.id.hex}#n-i{note.row.id.hex}"
    if note.clause:
        return gettext("a clause that is gone"), home
    return gettext("the agreement as a whole"), home


def _note(slug: str, note_id: uuid.UUID) -> tuple[Actor, InsideNote]:
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    return actor, inside.note_of(session(), actor, agreement.id, note_id)


def _remark(note: InsideNote, remark_id: uuid.UUID) -> Any:
    for one in (note.opening, *note.replies):
        if one.row.id == remark_id:
            return one.row
    raise NotFound("There is no such remark in this note.")


def _page(slug: str, note_id: uuid.UUID, form: InsideForm) -> str:
    actor, note = _note(slug, note_id)
    agreement, head = agreement_and_head(actor, slug)
    labels = numbering.labels(text_of(session(), agreement)[0])
    form.form_key.data = form.form_key.data or new_token()
    opens = can(Permission.NOTE_OPEN, note.row) and not note.is_on_draft and bool(note.going)
    return page(
        "inside/show.html",
        head=head,
        note=note,
        form=form,
        about=place_of(note, slug, labels),
        opens=opens and head.held is not None and can(Permission.COMMENT_START, head.held),
        people=sorted({one.person for one in note.going}),
    )


def _after(slug: str, note: InsideNote) -> str:
    """Where a reply was written: beside the draft it is about, else on the note's page."""
    if note.is_on_draft:
        anchor = f"n-{note.row.id}"
        return url_for("checking.show", slug=slug, draft_id=note.row.amendment_id, _anchor=anchor)
    return url_for(".show", slug=slug, note_id=note.row.id)


def _only(note: InsideNote) -> str:
    return str(gettext("Noted. Only %(organisation)s sees it.", organisation=note.organisation))
