"""Answers kept for use again: the facilitators' library of one agreement."""

import uuid
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.access.policy import require
from app.actions import saved_answers as actions
from app.http import auth
from app.http.languages import flash
from app.kernel import clock
from app.kernel.errors import AppError
from app.kernel.said import said
from app.queries import agreements
from app.queries import saved_answers as found
from app.queries.heads import head_of
from app.web import desk_lists
from app.web.forms.desk import SavedAnswerForm
from app.web.rendering import page

door = Blueprint("saved_answers", __name__, url_prefix="/agreements/<slug:slug>/desk/saved")


@door.route("", methods=["GET", "POST"])
def library(slug: str) -> Response | str | tuple[str, int]:
    """Show what is kept, and keep one more."""
    agreement = _agreement(slug)
    form = SavedAnswerForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            row = actions.keep_answer(
                auth.current_actor(),
                agreement,
                title=form.title.data or "",
                text=form.text.data or "",
            )
        except AppError as error:
            form.refuse(error)
        else:
            flash(said("Kept: {title}.", title=row.title))
            return redirect(url_for("saved_answers.library", slug=slug), 303)
    if request.method == "GET":
        form = SavedAnswerForm(None, data={"text": request.args.get("text", "")[:5_000]})
    body = _page(agreement, form, None)
    return (body, form.status) if form.status != 200 else body


@door.route("/<uuid:row>", methods=["GET", "POST"])
def change(slug: str, row: uuid.UUID) -> Response | str | tuple[str, int]:
    """Give one another title or other words."""
    agreement = _agreement(slug)
    saved = found.get_saved_answer(agreement.id, row)
    data = {"title": saved.title, "text": saved.text, "seen": saved.row_version}
    form = SavedAnswerForm(request.form if request.method == "POST" else None, data=data)
    if request.method == "POST" and form.validate():
        try:
            actions.change_saved_answer(
                auth.current_actor(),
                saved,
                title=form.title.data or "",
                text=form.text.data or "",
                seen=form.seen.data or 0,
            )
        except AppError as error:
            form.refuse(error)
        else:
            flash(said("Kept: {title}.", title=saved.title))
            return redirect(url_for("saved_answers.library", slug=slug), 303)
    body = _page(agreement, form, row)
    return (body, form.status) if form.status != 200 else body


@door.post("/<uuid:row>/delete")
def delete(slug: str, row: uuid.UUID) -> Response:
    """Keep one no longer."""
    agreement = _agreement(slug)
    saved = found.get_saved_answer(agreement.id, row)
    title = saved.title
    actions.delete_saved_answer(auth.current_actor(), saved)
    flash(said("Deleted: {title}. Answers given with it stay.", title=title))
    return redirect(url_for("saved_answers.library", slug=slug), 303)


def _agreement(slug: str) -> Any:
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    require(actor, Permission.DESK_READ, agreement, clock.utcnow())
    return agreement


def _page(agreement: Any, form: SavedAnswerForm, changed: uuid.UUID | None) -> str:
    return page(
        "desk/saved.html",
        head=head_of(auth.current_actor(), agreement),
        views=desk_lists.views(agreement.slug, "answers"),
        rows=found.saved_answers_of(agreement.id),
        form=form,
        changed=changed,
    )
