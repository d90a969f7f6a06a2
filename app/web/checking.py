"""A draft as its organisation sees it: who wrote it, who checked it, what was said about it."""

import uuid

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.access.actor import Actor
from app.actions import amendments as proposing
from app.actions import checking as actions
from app.actions import inside as notes
from app.formats import markdown
from app.http import auth
from app.http.languages import tell
from app.http.statuses import status_of
from app.kernel.errors import AppError, NotFound
from app.queries import agreements, inside
from app.queries import amendment_grounds as grounds
from app.queries.amendment_grounds import Ground
from app.queries.heads import head_of
from app.queries.people import person_of
from app.queries.reading import session
from app.web.amendments import redline_of
from app.web.forms.inside import AskForm, CheckForm, InsideForm
from app.web.rendering import page

door = Blueprint(
    "checking", __name__, url_prefix="/agreements/<slug:slug>/amendments/drafts/<uuid:draft_id>"
)
Answer = Response | tuple[str, int]


@door.get("/inside")
def show(slug: str, draft_id: uuid.UUID) -> str:
    """Show a draft to the people of its organisation: its words, its checks, its notes."""
    return _page(slug, draft_id)


@door.post("/ask")
def ask(slug: str, draft_id: uuid.UUID) -> Answer:
    """Ask colleagues to check a draft."""
    actor, ground = _ground(slug, draft_id)
    form = AskForm(request.form)
    if not form.validate():
        return _page(slug, draft_id, refusal=_first(form)), 422
    try:
        actions.ask_for_check(actor, ground.draft, remark=form.remark.data or "")
    except AppError as error:
        return _page(slug, draft_id, refusal=tell(error)), status_of(error)
    flash(gettext("Your colleagues are asked to check it. They are told."))
    return redirect(url_for(".show", slug=slug, draft_id=draft_id), 303)


@door.post("/check")
def check(slug: str, draft_id: uuid.UUID) -> Answer:
    """Check a colleague's draft, or send it back."""
    actor, ground = _ground(slug, draft_id)
    form = CheckForm(request.form)
    passes = request.form.get("do") == "check"
    if not form.validate():
        return _page(slug, draft_id, refusal=_first(form), typed=form.remark.data or ""), 422
    try:
        actions.check_draft(
            actor,
            ground.draft,
            passes=passes,
            remark=form.remark.data or "",
            seen=form.seen.data or 0,
        )
    except AppError as error:
        typed = form.remark.data or ""
        return _page(slug, draft_id, refusal=tell(error), typed=typed), status_of(error)
    done = (
        gettext("Checked. It can be proposed now.")
        if passes
        else gettext("Sent back with your remark. Its author is told.")
    )
    flash(done)
    return redirect(url_for(".show", slug=slug, draft_id=draft_id), 303)


@door.post("/note")
def note(slug: str, draft_id: uuid.UUID) -> Answer:
    """Write a note about a draft, for its own organisation."""
    actor, ground = _ground(slug, draft_id)
    form = InsideForm(request.form)
    if not form.validate():
        return _page(slug, draft_id, form=form), 422
    try:
        notes.keep_note(
            actor,
            ground.agreement,
            text=form.text.data or "",
            amendment=ground.draft,
            form_key=form.form_key.data,
        )
    except AppError as error:
        form.refuse(error)
        return _page(slug, draft_id, form=form), form.status
    flash(gettext("Noted. Only your organisation sees it."))
    return redirect(url_for(".show", slug=slug, draft_id=draft_id, _anchor="notes"), 303)


@door.post("/propose")
def propose(slug: str, draft_id: uuid.UUID) -> Answer:
    """Put a draft before everybody, as it stands."""
    actor, ground = _ground(slug, draft_id)
    try:
        row = proposing.propose_amendment(actor, ground.draft)
    except AppError as error:
        return _page(slug, draft_id, refusal=tell(error)), status_of(error)
    flash(
        gettext(
            "%(label)s is before everybody now. Others can support, discuss and amend it.",
            label=row.label,
        )
    )
    return redirect(url_for("amendments.show", slug=slug, label=row.label), 303)


def _ground(slug: str, draft_id: uuid.UUID) -> tuple[Actor, Ground]:
    """The draft and its text, for people of its organisation. Raises NotFound for others.

    What a facilitator entered for an organisation has no inside for the facilitator.
    """
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    ground = grounds.for_draft(actor, agreement, draft_id)
    if ground.draft.organisation_id not in actor.organisations_in(agreement.id):
        raise NotFound("There is no such draft, or it is another organisation's.")
    return actor, ground


def _first(form: AskForm | CheckForm) -> str:
    return str(next(iter(form.errors.values()))[0])


def _page(
    slug: str,
    draft_id: uuid.UUID,
    *,
    refusal: str = "",
    typed: str = "",
    form: InsideForm | None = None,
) -> str:
    actor, ground = _ground(slug, draft_id)
    head = head_of(actor, ground.agreement)
    draft = ground.draft
    look = grounds.look(ground, ground.steps, grounds.author_of(head.mine))
    own = actor.organisations_in(ground.agreement.id)
    writer = person_of(session(), draft.written_by or draft.author_id)
    return page(
        "inside/draft.html",
        head=head,
        ground=ground,
        draft=draft,
        look=look,
        redline=redline_of(slug, look),
        why=markdown.to_html(draft.rationale),
        writer=writer.name,
        is_writer=writer.id == actor.user_id,
        checks=inside.checks_of(session(), draft.id),
        notes=inside.notes_of(session(), ground.agreement.id, own, amendment=draft.id),
        form=form or InsideForm(),
        refusal=refusal,
        typed=typed,
    )
