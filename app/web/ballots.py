"""Ballots: the list, one with its wording and rule, voting, opening, a later deadline, counting."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app.access import policy
from app.access.permissions import Permission
from app.actions import ballots as actions
from app.domain import ballots as law
from app.domain.words import named
from app.formats import redline_html
from app.http.auth import current_actor
from app.http.languages import current, flash, tell
from app.kernel import clock
from app.kernel.errors import AppError, Conflict
from app.kernel.said import said
from app.queries import agreements as agreement_queries
from app.queries import ballot_pages as found
from app.queries.heads import head_of
from app.queries.reading import session
from app.web.forms.ballots import (
    ExtendForm,
    OpenAdoptionForm,
    OpenBallotForm,
    VoidForm,
    VoteForm,
)
from app.web.rendering import page

door = Blueprint("ballots", __name__, url_prefix="/agreements/<slug:slug>/ballots")


@dataclass(frozen=True)
class Part:
    """One part of the bar of a result."""

    kind: str
    count: int
    words: str


@door.get("")
def index(slug: str) -> str:
    """Show every ballot: what is asked, how far it is, how it ended."""
    actor = current_actor()
    agreement = agreement_queries.get_agreement(actor, slug)
    held = agreement_queries.round_of(session(), agreement.id)
    return page(
        "ballots/index.html",
        head=head_of(actor, agreement),
        agreement=agreement,
        lines=found.lines_of(agreement),
        may_open=held is not None
        and policy.can(actor, Permission.BALLOT_OPEN, held, clock.utcnow()),
        may_adopt=policy.can(actor, Permission.ADOPTION_OPEN, agreement, clock.utcnow()),
    )


@door.get("/<number:number>")
def show(slug: str, number: int) -> str:
    """Show one ballot: the wording, the rule, who has voted, the vote of one's own organisation."""
    shown, _ = _shown(slug, number, VoteForm())
    return shown


@door.post("/<number:number>/votes")
def vote(slug: str, number: int) -> Response | tuple[str, int]:
    """Cast the vote of one's organisation."""
    actor = current_actor()
    ballot = found.ballot_of(actor, slug, number)
    form = VoteForm(request.form)
    form.offer(ballot.choices)
    if form.validate():
        try:
            cast = actions.cast_vote(actor, ballot, choice=form.choice.data)
        except AppError as error:
            form.refuse(error)
        else:
            words = named(dict(cast.choices)[form.choice.data])
            flash(
                said(
                    "Cast: {voice_on} votes {words}.",
                    voice_on=found.voice_on(cast, actor),
                    words=words,
                )
            )
            return redirect(url_for("ballots.show", slug=slug, number=number), 303)
    return _shown(slug, number, form)


def _shown(slug: str, number: int, form: VoteForm) -> tuple[str, int]:
    actor = current_actor()
    agreement = agreement_queries.get_agreement(actor, slug)
    ballot = found.page_of(actor, agreement, number)
    if not form.choice.choices:
        form.offer(ballot.row.choices)
        form.choice.data = ballot.my_choice if ballot.my_choice != "voted" else None
    body = page(
        "ballots/show.html",
        head=head_of(actor, agreement),
        agreement=agreement,
        ballot=ballot,
        wordings=[
            (option, redline_html.clauses(option.redline, tags=False, tell=tell, spoken=current()))
            for option in ballot.options
        ],
        form=form,
        may_vote=policy.can(actor, Permission.BALLOT_VOTE, ballot.row, clock.utcnow()),
        parts=_parts(ballot),
        needed=_needed(ballot),
        figures=_figures(ballot),
    )
    return body, form.status


def _parts(ballot: found.BallotPage) -> list[Part]:
    """The bar: yes, no, abstain, absent; of alternatives the leader stands for yes."""
    if ballot.tally is None or ballot.decision is None:
        return []
    figures = ballot.decision.params
    yes = int(str(figures.get("yes", ballot.tally.of(law.YES))))
    abstain = ballot.tally.of(law.ABSTAIN)
    no = ballot.tally.cast - abstain - yes
    absent = ballot.tally.eligible - ballot.tally.cast
    several = len(ballot.options) > 1
    return [
        Part("yes", yes, said("for the leading one") if several else said("yes")),
        Part("no", no, said("for others or none") if several else said("no")),
        Part("abstain", abstain, said("abstain")),
        Part("absent", absent, said("not voted")),
    ]


def _needed(ballot: found.BallotPage) -> int | None:
    """How many yes carry it at this base; None under the silence procedure."""
    if ballot.decision is None or ballot.rule.consent or "base" not in ballot.decision.params:
        return None
    base = int(str(ballot.decision.params["base"]))
    needed, rest = divmod(ballot.rule.numerator * base, ballot.rule.denominator)
    return needed + 1 if ballot.rule.strict or rest else needed


def _figures(ballot: found.BallotPage) -> list[Mapping[str, object]]:
    """The table beside the bar: every number of the count."""
    if ballot.tally is None:
        return []
    rows: list[Mapping[str, object]] = [
        {"term": said("Entitled"), "value": ballot.tally.organisations},
        {"term": said("Took part"), "value": ballot.tally.voters},
    ]
    rows += [
        {"term": named(words, capital=True), "value": ballot.tally.of(key), "strong": True}
        for key, words in ballot.row.choices
    ]
    if (needed := _needed(ballot)) is not None:
        rows.append({"term": said("Yes needed"), "value": needed})
    return rows


@door.route("/new", methods=("GET", "POST"))
def new(slug: str) -> Response | tuple[str, int]:
    """Open a ballot on one amendment or on several as alternatives."""
    actor = current_actor()
    agreement = agreement_queries.get_agreement(actor, slug)
    held = agreement_queries.round_of(session(), agreement.id)
    if held is None:
        raise Conflict("Ballots on amendments come with a round; none was opened yet.")
    policy.require(actor, Permission.BALLOT_OPEN, held, clock.utcnow())
    form = OpenBallotForm(request.form or None)
    form.amendments.choices = [SelectChoice(*one) for one in found.candidates(agreement)]
    if request.method == "GET":
        form.amendments.data = request.args.getlist("amendment")
    elif form.validate():
        try:
            ballot = actions.open_ballot(
                actor,
                held,
                question=form.question.data,
                rule=form.voting_rule(),
                closes_at=form.closes_at.moment(agreement.timezone),
                amendments=found.amendments_by_id(agreement, form.amendments.data),
                is_straw=form.is_straw.data,
                is_confidential=form.is_confidential.data,
                shows_results=form.shows_results.data,
            )
        except AppError as error:
            form.refuse(error)
        else:
            flash(
                said(
                    "Ballot {number} is open. Everybody with a seat is told.", number=ballot.number
                )
            )
            return redirect(url_for("ballots.show", slug=slug, number=ballot.number), 303)
    body = page("ballots/new.html", head=head_of(actor, agreement), agreement=agreement, form=form)
    return body, form.status


@door.route("/adoption", methods=("GET", "POST"))
def adoption(slug: str) -> Response | tuple[str, int]:
    """Put the whole text to the parties."""
    actor = current_actor()
    agreement = agreement_queries.get_agreement(actor, slug)
    policy.require(actor, Permission.ADOPTION_OPEN, agreement, clock.utcnow())
    form = OpenAdoptionForm(request.form or None)
    if request.method == "GET":
        form.question.data = said("Do you adopt {title}?", title=agreement.title)
    elif form.validate():
        try:
            ballot = actions.open_adoption(
                actor,
                agreement,
                question=form.question.data,
                rule=form.voting_rule(),
                closes_at=form.closes_at.moment(agreement.timezone),
                is_confidential=form.is_confidential.data,
            )
        except AppError as error:
            form.refuse(error)
        else:
            flash(said("Ballot {number} on the whole text is open.", number=ballot.number))
            return redirect(url_for("ballots.show", slug=slug, number=ballot.number), 303)
    body = page(
        "ballots/adoption.html", head=head_of(actor, agreement), agreement=agreement, form=form
    )
    return body, form.status


@door.route("/<number:number>/extend", methods=("GET", "POST"))
def extend(slug: str, number: int) -> Response | tuple[str, int]:
    """Give a later deadline."""
    actor = current_actor()
    agreement = agreement_queries.get_agreement(actor, slug)
    ballot = found.page_of(actor, agreement, number)
    policy.require(actor, Permission.BALLOT_EXTEND, ballot.row, clock.utcnow())
    form = ExtendForm(request.form or None)
    if request.method == "GET":
        form.closes_at.data = form.closes_at.typed(ballot.row.closes_at, agreement.timezone)
    elif form.validate():
        try:
            actions.extend_ballot(
                actor, ballot.row, closes_at=form.closes_at.moment(agreement.timezone)
            )
        except AppError as error:
            form.refuse(error)
        else:
            flash(said("The deadline is later now. Everybody with a seat is told."))
            return redirect(url_for("ballots.show", slug=slug, number=number), 303)
    body = page(
        "ballots/extend.html",
        head=head_of(actor, agreement),
        agreement=agreement,
        ballot=ballot,
        form=form,
    )
    return body, form.status


@door.route("/<number:number>/void", methods=("GET", "POST"))
def void(slug: str, number: int) -> Response | tuple[str, int]:
    """Declare a ballot void."""
    actor = current_actor()
    agreement = agreement_queries.get_agreement(actor, slug)
    ballot = found.page_of(actor, agreement, number)
    policy.require(actor, Permission.BALLOT_VOID, ballot.row, clock.utcnow())
    form = VoidForm(request.form or None)
    if request.method == "POST" and form.validate():
        try:
            actions.void_ballot(actor, ballot.row, reason=form.reason.data)
        except AppError as error:
            form.refuse(error)
        else:
            flash(
                said("Ballot {number} is void. Everybody with a seat is told why.", number=number)
            )
            return redirect(url_for("ballots.show", slug=slug, number=number), 303)
    body = page(
        "ballots/void.html",
        head=head_of(actor, agreement),
        agreement=agreement,
        ballot=ballot,
        form=form,
    )
    return body, form.status


@door.post("/<number:number>/count")
def count(slug: str, number: int) -> Response:
    """Count a ballot whose deadline has passed."""
    actor = current_actor()
    agreement = agreement_queries.get_agreement(actor, slug)
    actions.count_ballot(actor, found.page_of(actor, agreement, number).row)
    return redirect(url_for("ballots.show", slug=slug, number=number), 303)
