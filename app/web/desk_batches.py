"""What is done with several contributions at once: answer, undo, assign, group."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from app.actions import desk as arranging
from app.actions import dispositions, undoing
from app.domain.answering import PLACES, Given, Pressed
from app.domain.lifecycle import Outcome
from app.http import auth
from app.http.languages import flash
from app.http.paging import page_number
from app.kernel.errors import AppError
from app.kernel.said import counted, said
from app.queries import batches, saved_answers
from app.queries.answers import WORDS
from app.queries.desk import MINE, Desk
from app.queries.heads import head_of
from app.web import desk as desks
from app.web import desk_lists
from app.web.forms.desk import BatchForm, PickForm
from app.web.rendering import page

door = Blueprint("desk_batches", __name__, url_prefix="/agreements/<slug:slug>/desk")


@door.post("/answers")
def answer(slug: str) -> Response | str | tuple[str, int]:
    """Give all that is ticked the same answer; several are looked at once more first."""
    form = BatchForm(request.form)
    agreement, desk = desks.opened(slug)
    _put_saved(agreement, form)
    if form.validate():
        if len(form.picked) > 1 and not form.sure.data:
            return _looked_at(agreement, desk, form)
        try:
            done = _press(desk, form)
        except AppError as error:
            form.refuse(error)
        else:
            _tell(said("Answered"), done)
            return redirect(desk_lists.back_to(slug, desk, done.changed), 303)
    if form.sure.data and form.picked and not form.outcome.errors:
        return _looked_at(agreement, desk, form)
    return desks.listed(slug, form), form.status


def _put_saved(agreement: Any, form: BatchForm) -> None:
    """The saved answer that was chosen, where no other words were typed."""
    if (form.answer.data or "").strip() or not form.saved.data:
        return
    for row in saved_answers.saved_answers_of(agreement.id):
        if str(row.id) == form.saved.data:
            form.answer.data = row.text


def _press(desk: Desk, form: BatchForm) -> Pressed:
    items = {item.id: item for item in desk.items}
    words = form.answer.data or ""
    given = [
        Given(
            one,
            desk_lists.filled_for(items[one], words) if one in items else words,
            form.seen[one],
        )
        for one in form.picked
    ]
    return dispositions.answer_contributions(
        auth.current_actor(),
        desk.round,
        given=given,
        outcome=Outcome(form.outcome.data),
        duplicate_of=form.duplicate_of.data or "",
    )


def _looked_at(agreement: Any, desk: Desk, form: BatchForm) -> str | tuple[str, int]:
    """The page before the press: whom it answers, whom it leaves and why, what follows."""
    outcome = Outcome(form.outcome.data)
    repeats = (form.duplicate_of.data or "").strip().upper()
    looked = batches.review(desk, form.picked, outcome, repeats, form.seen)
    words = form.answer.data or ""
    has_places = any("{" + place + "}" in words for place in PLACES)
    body = page(
        "desk/review.html",
        head=head_of(auth.current_actor(), agreement),
        views=desk_lists.views(agreement.slug, "answers"),
        desk=desk,
        form=form,
        looked=looked,
        outcome=outcome,
        outcome_words=WORDS[outcome],
        example=desk_lists.filled_for(looked.answered[0], words)
        if has_places and looked.answered
        else "",
        back=desk_lists.address(agreement.slug, desk_lists.wanted()),
        asked_query=desk_lists.query(desk_lists.wanted()),
    )
    return (body, form.status) if form.status != 200 else body


@door.post("/undo")
def undo(slug: str) -> Response | tuple[str, int]:
    """Take back one's last answer, or the one that is named."""
    _, desk = desks.opened(slug)
    number = request.form.get("number", type=_as_number)
    only = request.form.get("only", type=uuid.UUID)
    try:
        done = undoing.undo_answers(auth.current_actor(), desk.round, number=number, only=only)
    except AppError as error:
        return _refused(slug, error)
    _tell(said("Taken back"), done)
    first = done.changed[0]
    _, desk = desks.opened(slug)
    kept = desk_lists.back_to(slug, desk, done.changed).partition("#")[0]
    return redirect(f"{kept}#row-{first}", 303)


@door.post("/assign")
def assign(slug: str) -> Response | tuple[str, int]:
    """Say who answers what is ticked."""
    form = PickForm(request.form)
    _, desk = desks.opened(slug)
    asked = form.to.data or ""
    to = desk.me if asked == MINE else _as_id(asked)
    try:
        arranging.assign_contributions(auth.current_actor(), desk.round, ids=form.picked, to=to)
    except AppError as error:
        return _refused(slug, error)
    who = desk.facilitators.get(to, "") if to else ""
    count = len(form.picked)
    flash(
        counted(count, "{who} answers 1 contribution.", "{who} answers {n} contributions.", who=who)
        if who
        else counted(
            count,
            "1 contribution: anybody may answer.",
            "{n} contributions: anybody may answer.",
        )
    )
    return _back(slug, desk, form)


@door.post("/group")
def group(slug: str) -> Response | tuple[str, int]:
    """Put what is ticked together: with the contribution that is named, else with its first."""
    form = PickForm(request.form)
    _, desk = desks.opened(slug)
    picked = [item for item in desk.items if item.id in form.picked]
    head = (form.head.data or "").strip()
    if not head and picked:
        head = min(picked, key=lambda item: (item.moment, item.figures)).number
    try:
        arranging.group_contributions(auth.current_actor(), desk.round, ids=form.picked, head=head)
    except AppError as error:
        return _refused(slug, error)
    flash(said("Put together with {head}.", head=head.upper()))
    return _back(slug, desk, form)


@door.post("/separate")
def separate(slug: str) -> Response | tuple[str, int]:
    """Let what is ticked stand alone, or everything that goes with the one named."""
    form = PickForm(request.form)
    _, desk = desks.opened(slug)
    ids: Sequence[uuid.UUID] = form.picked
    whole = desk.group_of.get(request.form.get("group", ""))
    if whole is not None:
        ids = [item.id for item in desk.items if item.number in whole.numbers]
    try:
        arranging.separate_contributions(auth.current_actor(), desk.round, ids=ids)
    except AppError as error:
        return _refused(slug, error)
    flash(
        counted(len(ids), "1 contribution stands alone now.", "{n} contributions stand alone now.")
    )
    return _back(slug, desk, form)


def _back(slug: str, desk: Desk, form: PickForm) -> Response:
    """The list as it was, at the first of those that were ticked."""
    first = next((item.number for item in desk.items if item.id in form.picked), "")
    here = desk_lists.address(slug, desk_lists.wanted(), page_number())
    return redirect(f"{here}#row-{first}" if first else here, 303)


def _refused(slug: str, error: AppError) -> tuple[str, int]:
    """The list with the refusal, and with all that was ticked and typed."""
    form = BatchForm(request.form)
    form.refuse(error)
    return desks.listed(slug, form), form.status


def _tell(verb: str, done: Pressed) -> None:
    shown = done.changed[:_MOST_NAMED]
    more = len(done.changed) - _MOST_NAMED
    flash(
        said("{verb}: {names} and {more} more.", verb=verb, names=shown, more=more)
        if more > 0
        else said("{verb}: {names}.", verb=verb, names=shown)
    )
    for one in done.left_out:
        flash(said("{number} stays as it is: {why}", number=one.number, why=one.why), "warn")


_MOST_NAMED = 12


def _as_number(words: str) -> int:
    """A number that any database can look for; no press has one as long."""
    return int(words[:9])


def _as_id(words: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(words)
    except ValueError:
        return None
