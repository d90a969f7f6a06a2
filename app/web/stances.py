"""Stances: where one's organisation stands clause by clause, and where all of them do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.actions import stances as actions
from app.domain import numbering, references
from app.domain.clauses import ClauseTree
from app.domain.numbering import Label
from app.domain.stances import WORDS, sign
from app.http import auth
from app.http.languages import tell
from app.kernel import clock
from app.kernel.errors import AppError
from app.queries import agreements, rounds, stances
from app.queries.heads import Head, agreement_and_head, head_of
from app.queries.reading import session
from app.queries.reading_room import text_of
from app.queries.stances import Held, Line
from app.web import commenting
from app.web.forms.stances import StanceForm
from app.web.rendering import can, page, part
from app.web.stance_signs import Part, parts_of

_FIRST_WORDS = 10
door = Blueprint("stances", __name__, url_prefix="/agreements/<slug:slug>/stances")


@dataclass(frozen=True)
class Stated:
    """One organisation's stance; `version` is the one it was given on where the text changed."""

    organisation: str
    sign: str
    words: str
    reason: str
    at: datetime
    version: int


@dataclass(frozen=True)
class Row:
    """One clause in the overview. `counts` says the spread in words, `parts` draw it.

    `each` are the stances the reader may see by name.
    """

    key: str
    name: str
    title: str
    address: str
    is_red_line: bool
    parts: tuple[Part, ...]
    counts: tuple[tuple[int, str], ...]
    each: tuple[Stated, ...]


@door.get("")
def index(slug: str) -> str:
    """List the clauses on which the reader's organisation, or for some anybody, takes a stance."""
    actor = auth.current_actor()
    agreement, head = agreement_and_head(actor, slug)
    tree, _ = text_of(session(), agreement)
    is_contested_first = request.args.get("order") == "contested"
    found = _lines(agreement, head, tree)
    if is_contested_first:
        found = tuple(sorted(found, key=_peace))
    labels = numbering.labels(tree)
    return page(
        "stances/index.html",
        head=head,
        rows=[_row(slug, tree, labels, line) for line in found],
        is_contested_first=is_contested_first,
        sees_all=stances.may_see_all(actor, agreement.id),
        sees_numbers=_sees_numbers(head),
        is_open=_is_open(head),
    )


@door.route("/<key>", methods=["GET", "POST"])
def show(slug: str, key: str) -> Response | tuple[str, int]:
    """Show where one's organisation stands on a clause, and change it."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    form = StanceForm(request.form)
    form.offer()
    drops = "drop" in request.form
    if request.method == "POST" and (drops or form.validate()):
        opened = rounds.round_for_writing(actor, slug)
        try:
            if drops:
                actions.drop_stance(actor, opened, clause=key)
            else:
                actions.take_stance(
                    actor,
                    opened,
                    clause=key,
                    value=int(form.value.data),
                    reason=form.reason.data or "",
                )
        except AppError as error:
            form.refuse(error)
        else:
            flash(gettext("Taken back.") if drops else _kept(actor, agreement))
            return redirect(f"{url_for('agreements.read', slug=slug)}#c-{key}", 303)
    return _shown(agreement, key, form), form.status


@door.app_template_global("stances_on")
def stances_on(slug: str, key: str | None) -> Markup:
    """Who stands where on a clause, for the desk; nothing where nobody said or one may not know.

    Write {{ stances_on(head.slug, clause_key) }} beside what is decided about the clause.
    """
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    if not key or not stances.may_see_all(actor, agreement.id):
        return Markup()
    tree, _ = text_of(session(), agreement)
    found = stances.overview_of(session(), actor, agreement.id, tree, numbers=True)
    line = next((one for one in found if one.clause == key), None)
    if line is None:
        return Markup()
    row = _row(slug, tree, numbering.labels(tree), line)
    return part("stances/_spread.html", "on_desk", row)


@door.app_template_global("stances_in_report")
def stances_in_report(slug: str) -> Markup:
    """How many stand where on each clause, for the report of the latest round."""
    actor = auth.current_actor()
    agreement, head = agreement_and_head(actor, slug)
    if not _sees_numbers(head):
        return Markup()
    tree, _ = text_of(session(), agreement)
    labels = numbering.labels(tree)
    rows = [_row(slug, tree, labels, line) for line in _lines(agreement, head, tree)]
    return part("stances/_spread.html", "in_report", rows)


def _shown(agreement: Any, key: str, form: StanceForm) -> str:
    actor = auth.current_actor()
    head = head_of(actor, agreement)
    about = commenting.about_clause(agreement, key)
    tree, _ = text_of(session(), agreement)
    line = next((one for one in _lines(agreement, head, tree) if one.clause == key), None)
    own = line.own if line else None
    if own is not None and not request.form:
        form.value.data, form.reason.data = str(own.value), own.reason
    voice = stances.voice_of(actor, agreement.id)
    row = _row(head.slug, tree, numbering.labels(tree), line) if line else None
    return page(
        "stances/show.html",
        head=head,
        about=about,
        key=key,
        form=form,
        own=_stated(own) if own else None,
        row=row,
        voice=voice.name if voice else "",
        may_take=head.held is not None and can("stance:take", head.held),
        sees_all=stances.may_see_all(actor, agreement.id),
    )


def _kept(actor: Any, agreement: Any) -> str:
    voice = stances.voice_of(actor, agreement.id)
    sentence = gettext(
        "%(organisation)s and the facilitator see where you stand. You can change it until the "
        "round closes.",
        organisation=voice.name if voice else "",
    )
    return str(sentence)


def _lines(agreement: Any, head: Head, tree: ClauseTree) -> tuple[Line, ...]:
    actor = auth.current_actor()
    found = stances.overview_of(session(), actor, agreement.id, tree, numbers=_sees_numbers(head))
    return tuple(found)


def _sees_numbers(head: Head) -> bool:
    return stances.may_see_numbers(auth.current_actor(), head.held, clock.utcnow())


def _is_open(head: Head) -> bool:
    return head.held is not None and can("stance:take", head.held)


def _row(slug: str, tree: ClauseTree, labels: Mapping[str, Label], line: Line) -> Row:
    node = tree.nodes.get(line.clause)
    counts = line.spread.counts if line.spread else ()
    words = references.shown(node.heading or node.text, labels).split() if node else []
    own = line.own
    return Row(
        key=line.clause,
        is_red_line=own is not None and own.is_red_line,
        each=tuple(map(_stated, line.all or ((own,) if own else ()))),
        name=labels[line.clause].full if node else "",
        title=" ".join(words[:_FIRST_WORDS]) + (" …" if len(words) > _FIRST_WORDS else ""),
        address=url_for("stances.show", slug=slug, key=line.clause) if node else "",
        parts=parts_of(counts),
        counts=tuple(
            (number, tell(words))
            for number, words in zip(counts, WORDS.values(), strict=False)
            if number
        ),
    )


def _stated(one: Held) -> Stated:
    return Stated(
        organisation=one.organisation,
        sign=sign(one.value),
        words=tell(WORDS[one.value]),
        reason=one.reason,
        at=one.at,
        version=one.version if one.is_stale else 0,
    )


def _peace(line: Line) -> tuple[int, bool, int]:
    """How far a clause is from a quarrel: the sharpest first."""
    if line.spread is None:
        return (0, True, line.own.value if line.own else 0)
    return (-line.spread.red_lines, not line.spread.is_split, -sum(line.spread.counts[:2]))
