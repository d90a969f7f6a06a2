"""Rounds: opening one, a later deadline, and what follows its close."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.actions import rounds as actions
from app.http import auth
from app.kernel import clock
from app.kernel.errors import AppError
from app.queries import agreements as found
from app.queries import ballots, rounds
from app.queries.heads import agreement_and_head
from app.queries.reading import session
from app.web.forms.rounds import DeadlineForm, OpenForm
from app.web.moments import zone_of
from app.web.rendering import page

door = Blueprint("rounds", __name__, url_prefix="/agreements/<slug:slug>/rounds")


@door.get("")
def index(slug: str) -> str:
    """Show all rounds, and to the facilitator what may be done next."""
    return _index(slug, OpenForm(), DeadlineForm())


@door.post("/open")
def start(slug: str) -> Response | tuple[str, int]:
    """Open a round on the latest version; a draft becomes version 1 first."""
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    form = OpenForm(request.form)
    if form.validate():
        try:
            opened = actions.open_round(
                actor,
                agreement,
                closes_at=form.moment(agreement.timezone),
                question=form.question.data or "",
            )
        except AppError as error:
            form.refuse(error)
        else:
            flash(
                gettext(
                    "Round %(number)s is open. Everybody who takes part is told.",
                    number=opened.number,
                )
            )
            return redirect(url_for("agreements.read", slug=slug), 303)
    return _index(slug, form, DeadlineForm()), form.status


@door.post("/extend")
def extend(slug: str) -> Response | tuple[str, int]:
    """Move the deadline of the open round to a later moment."""
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    form = DeadlineForm(request.form)
    held = rounds.latest_round(session(), agreement)
    if form.validate():
        try:
            actions.extend_round(actor, held, closes_at=form.moment(agreement.timezone))
        except AppError as error:
            form.refuse(error)
        else:
            flash(gettext("The deadline is moved. Everybody who takes part is told."))
            return redirect(url_for("rounds.index", slug=slug), 303)
    return _index(slug, OpenForm(), form), form.status


@door.post("/voting")
def vote(slug: str) -> Response:
    """Begin voting once the round is over."""
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    actions.begin_voting(actor, rounds.latest_round(session(), agreement))
    flash(
        gettext("Voting begins. Open a ballot for each amendment that has to be decided by vote.")
    )
    return redirect(f"/agreements/{slug}/ballots", 303)


@door.post("/consolidation")
def consolidate(slug: str) -> Response:
    """Begin consolidation once the round and all its ballots are over."""
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    actions.begin_consolidation(actor, rounds.latest_round(session(), agreement))
    flash(gettext("Consolidation begins. Answer what is open, settle what collides, then publish."))
    return redirect(f"/agreements/{slug}/desk", 303)


def _index(slug: str, opening: OpenForm, extending: DeadlineForm) -> str:
    actor = auth.current_actor()
    agreement, head = agreement_and_head(actor, slug)
    held = rounds.rounds_of(session(), agreement.id, clock.utcnow())
    latest: Any = held[0].row if held else None
    if latest is not None and not extending.closes_at.raw_data:
        extending.show(latest.closes_at, agreement.timezone)
    uncounted = ballots.uncounted_in(session(), latest.id) if latest is not None else []
    return page(
        "rounds/index.html",
        head=head,
        agreement=agreement,
        rounds=held,
        latest=latest,
        opening=opening,
        extending=extending,
        uncounted=[ballot.number for ballot in uncounted],
        zone_words=zone_of(agreement.timezone),
    )
