"""A newer template version offered to an agreement: the facilitator takes or leaves each change."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.access.policy import can, require
from app.actions import template_upgrades as actions
from app.domain import deeds, excerpts, numbering, operations, redline
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AgreementState
from app.domain.operations import Operation
from app.domain.upgrades import Offer
from app.formats import redline_html
from app.http import auth
from app.http.languages import current, tell
from app.http.statuses import status_of
from app.kernel import clock
from app.kernel.errors import AppError, WrongMoment
from app.queries import agreements, drafts
from app.queries import template_upgrades as found
from app.queries.heads import head_of
from app.queries.reading import session
from app.queries.template_upgrades import Upgrade
from app.web.rendering import page

if TYPE_CHECKING:
    from app.models.agreements import Agreement

door = Blueprint(
    "template_upgrades", __name__, url_prefix="/agreements/<slug:slug>/template-upgrade"
)

_MOST_TOLD = 3


@dataclass(frozen=True)
class Line:
    """One offer as the page shows it.

    `theirs` is what the template changes, where that can't be taken as it is; `mine` leads to the
    form to write it by hand, `label` to the amendment it became.
    """

    id: str
    title: str
    told: tuple[str, ...]
    more: int
    words: Markup
    theirs: Markup
    reasons: tuple[str, ...]
    label: str
    clauses: tuple[str, ...]


@door.get("")
def show(slug: str) -> str:
    """Show what the newer version would change here, before anything is taken."""
    return _shown(slug)


@door.post("/take")
def take(slug: str) -> Response | tuple[str, int]:
    """Take the ticked changes: into the draft, or as amendments of the facilitator."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    chosen, to = request.form.getlist("offer"), request.form.get("to", "")
    try:
        if agreement.state == AgreementState.DRAFTING:
            draft = drafts.editable_draft(actor, agreement)
            actions.upgrade_draft(actor, draft, to=to, offers=chosen)
            flash(
                ngettext(
                    "Taken into the draft: %(num)s change.",
                    "Taken into the draft: %(num)s changes.",
                    len(chosen),
                )
            )
        else:
            opened = agreements.round_of(session(), agreement.id)
            if opened is None:
                raise WrongMoment("There is no round in which this could be proposed.")
            rows = actions.propose_upgrade(actor, opened, to=to, offers=chosen)
            names = ", ".join(row.label for row in rows) or gettext("nothing new")
            flash(gettext("Proposed: %(amendments)s.", amendments=names))
    except AppError as error:
        return _shown(slug, tell(error)), status_of(error)
    return redirect(url_for("template_upgrades.show", slug=slug), 303)


@door.post("/follow")
def follow(slug: str) -> Response | tuple[str, int]:
    """Leave the rest: the agreement follows the newer version from now on."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    try:
        row = actions.follow_template(actor, agreement, to=request.form.get("to", ""))
    except AppError as error:
        return _shown(slug, tell(error)), status_of(error)
    flash(
        gettext(
            "The agreement follows template version %(version)s now.", version=row.template_version
        )
    )
    return redirect(url_for("deviations.show", slug=slug), 303)


def _shown(slug: str, refusal: str = "") -> str:
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    require(actor, Permission.DESK_READ, agreement, clock.utcnow())
    head = head_of(actor, agreement)
    if not found.newer_versions(agreement):
        return page("template_upgrades/show.html", head=head, upgrade=None, agreement=agreement)
    upgrade = found.upgrade_of(session(), agreement)
    lines = [_line(slug, upgrade, offer) for offer in upgrade.offers if offer.state != "obsolete"]
    return page(
        "template_upgrades/show.html",
        head=head,
        agreement=agreement,
        upgrade=upgrade,
        clean=[line for line in lines if not line.theirs],
        colliding=[line for line in lines if line.theirs],
        standing=sum(offer.state == "obsolete" for offer in upgrade.offers),
        how=_how(agreement),
        refusal=refusal,
        chosen=request.form.getlist("offer"),
        answers=list(_answers(upgrade)),
    )


def _how(agreement: "Agreement") -> str:
    """What taking means now: "draft", "round", or "" where it has to wait."""
    actor, now = auth.current_actor(), clock.utcnow()
    if can(actor, Permission.DRAFT_EDIT, agreement, now):
        return "draft"
    opened = agreements.round_of(session(), agreement.id)
    if opened is not None and can(actor, Permission.TEMPLATE_UPGRADE, opened, now):
        return "round"
    return ""


def _line(slug: str, upgrade: Upgrade, offer: Offer) -> Line:
    text = upgrade.texts.tree
    told = [tell(deed.sentence) for deed in deeds.told(text, offer.operations)]
    title, short = "", told
    if offer.renames:
        before, after = offer.renames
        title = gettext("“%(before)s” is called “%(after)s”", before=before, after=after)
        short = [
            ngettext(
                "In %(num)s clause, negotiated ones included.",
                "In %(num)s clauses, negotiated ones included.",
                len(set(offer.clauses)),
            )
        ]
    theirs = Markup()
    if offer.state == "attention":
        names = numbering.labels(upgrade.base)
        short = [tell(deed.sentence) for deed in deeds.told(upgrade.base, offer.wanted, names)]
        theirs = _redlined(slug, upgrade, upgrade.base, offer.wanted)
    return Line(
        id=offer.id,
        title=title,
        told=tuple(short[:_MOST_TOLD]),
        more=max(0, len(short) - _MOST_TOLD),
        words=_redlined(slug, upgrade, text, offer.operations),
        theirs=theirs,
        reasons=tuple(dict.fromkeys(reason.sentence for reason in offer.reasons)),
        label=upgrade.proposed.get(offer.id, ""),
        clauses=tuple(key for key in offer.clauses if key in text.nodes),
    )


def _redlined(
    slug: str, upgrade: Upgrade, text: ClauseTree, steps: tuple[Operation, ...]
) -> Markup:
    if not steps:
        return Markup()
    line = excerpts.excerpt(redline.build(text, operations.apply(text, steps)))
    return redline_html.clauses(
        line,
        tell=tell,
        spoken=current(),
        blanks=upgrade.blanks,
        tags=False,
        places=False,
        href=lambda key: f"/agreements/{slug}#c-{key}",
    )


def _answers(upgrade: Upgrade) -> Iterator[tuple[str, str]]:
    """What the newer version asks besides, and the answer it would be taken with."""
    for name, words in upgrade.answered.items():
        yield upgrade.blanks[name], words
