"""Agreements: the list of those one takes part in, and the text of one, as it is read."""

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from app.domain.lifecycle import AgreementState
from app.http import auth
from app.kernel import clock
from app.queries import agreements as found
from app.queries import reading_room
from app.queries.heads import Head, head_of
from app.queries.reading_room import VIEWS, Reading, View
from app.queries.shelf import shelf_of
from app.web import clauses
from app.web.rendering import can, page

door = Blueprint("agreements", __name__, url_prefix="/agreements")

_VIEWS = {"stands": "As it stands", "now": "If decided now", "all": "All amendments"}
_SENTENCES = {
    "stands": "",
    "now": "The text if the round were decided as it is decided now: accepted amendments only.",
    "all": "Every amendment that is proposed or accepted, in the words it would change.",
}


@dataclass(frozen=True)
class Option:
    """One view of the text."""

    name: str
    address: str
    current: bool = False


@dataclass(frozen=True)
class Page:
    """What the reading room is told beside its text, see agreements/read.html."""

    version_words: str
    language: str
    view: str
    views: tuple[Option, ...]
    sentence: str
    comment_address: str
    amend_address: str
    comment_whole_address: str
    draft_address: str
    guided: bool
    guidance_address: str
    rounds_address: str
    rounds_words: str


@door.get("")
def index() -> str:
    """Show the agreements one takes part in, the next deadline first."""
    return page("agreements/index.html", volumes=shelf_of(auth.current_actor()))


@door.get("/<slug:slug>")
def read(slug: str) -> str:
    """Show the text with everything that stands beside it."""
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    head = head_of(actor, agreement)
    reading = reading_room.reading_of(actor, agreement, _view())
    guided = request.args.get("guidance") == "on" or reading.is_draft
    told = _page(slug, head, reading, guided=guided)
    margin = clauses.margin_of(
        reading,
        slug,
        opened=request.args.get("note", ""),
        voice=head.mine.name if head.mine else "",
        may_amend=bool(told.amend_address),
    )
    nodes = clauses.nodes_of(reading, margin, guided=guided)
    return page(
        "agreements/read.html",
        head=head,
        page=told,
        outline=clauses.outline_of(reading, nodes),
        nodes=nodes,
        whole=margin.notes.get("", ()),
        legend=clauses.legend_of(reading),
        question=reading.round.question if reading.round and head.deadline else "",
        state_sentence=reading_room.sentence_of(head.state, reading.round, clock.utcnow()),
    )


def _view() -> View:
    asked = request.args.get("view", "")
    return next((view for view in VIEWS if view == asked), "stands")


def _page(slug: str, head: Head, reading: Reading, *, guided: bool) -> Page:
    here = f"/agreements/{slug}"
    held = reading.round
    may_comment = held is not None and can("comment:start", held)
    may_amend = held is not None and can("amendment:draft", held)
    comment = url_for("comments.start", slug=slug)
    return Page(
        version_words=f"version {head.version}" if head.version else "draft",
        language=reading.base.language,
        view=reading.view,
        views=() if reading.is_draft else _options(here, reading.view, head.version),
        sentence=_SENTENCES[reading.view],
        comment_address=comment if may_comment else "",
        amend_address=f"{here}/amendments/new" if may_amend else "",
        comment_whole_address=comment if may_comment else "",
        draft_address=f"{here}/draft" if _may_edit(head) else "",
        guided=guided,
        guidance_address=_guidance_address(here, reading, guided=guided),
        rounds_address=url_for("rounds.index", slug=slug),
        rounds_words=_rounds_words(head),
    )


def _options(here: str, view: View, version: int) -> tuple[Option, ...]:
    views = [
        Option(_VIEWS[one], f"{here}?view={one}" if one != "stands" else here, one == view)
        for one in VIEWS
    ]
    if version > 1:
        compare = f"{here}/compare?from={version - 1}&to={version}"
        views.append(Option("Compare …", compare))
    return tuple(views)


def _rounds_words(head: Head) -> str:
    """What the page of rounds is for at this moment."""
    if not head.is_facilitator:
        return "Rounds"
    if head.state is AgreementState.CONSULTATION and head.deadline is not None:
        return "Give more time" if clock.utcnow() < head.deadline else "Begin what comes next"
    opens = {AgreementState.DRAFTING: "Open a round", AgreementState.PUBLISHED: "Open a round"}
    return opens.get(head.state, "Rounds")


def _may_edit(head: Head) -> bool:
    return head.is_facilitator and head.state is AgreementState.DRAFTING


def _guidance_address(here: str, reading: Reading, *, guided: bool) -> str:
    """Where the template's guidance is shown or hidden; "" where there is none to choose."""
    if reading.is_draft or not reading.guidance:
        return ""
    return f"{here}?view={reading.view}" + ("" if guided else "&guidance=on")
