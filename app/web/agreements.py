"""Agreements: the list of those one takes part in, and the text of one, as it is read."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, make_response, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.access.actor import Actor
from app.domain.lifecycle import AgreementState
from app.http import auth
from app.kernel import clock
from app.kernel.errors import NotFound
from app.kernel.said import said
from app.queries import reading_room
from app.queries.heads import Head, agreement_and_head
from app.queries.narrowing import Narrowed
from app.queries.reading_room import VIEWS, View
from app.queries.shelf import shelf_of
from app.web import blocks, legends, opened_notes, reading_marks, sheets, unchanged
from app.web.rendering import can, page, part
from app.web.sheets import Places, Sheet

door = Blueprint("agreements", __name__, url_prefix="/agreements")

_VIEWS = {
    "stands": said("As it stands"),
    "now": said("If decided now"),
    "all": said("All amendments"),
}
_SENTENCES = {
    "stands": "",
    "now": said(
        "The text if the round were decided as it is decided now: accepted amendments only."
    ),
    "all": said("Every amendment that is proposed or accepted, in the words it would change."),
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
    comment_whole_address: str
    draft_address: str
    guided: bool
    guidance_address: str
    rounds_address: str
    rounds_words: str
    stances_words: str


@dataclass(frozen=True)
class Rest:
    """Where a text that is sent in parts goes on, see clauses/_rest.html."""

    source: str
    address: str


@door.get("")
def index() -> str:
    """Show the agreements one takes part in, the next deadline first."""
    return page("agreements/index.html", volumes=shelf_of(auth.current_actor()))


@door.get("/<slug:slug>")
def read(slug: str) -> Response:
    """Show the text with everything that stands beside it."""
    actor = auth.current_actor()
    agreement, head = agreement_and_head(actor, slug)
    places = _places(slug, head)
    in_parts = bool(head.version) and _is_in_parts()
    made = partial(_read, actor, agreement, head, places, in_parts=in_parts)
    # An open note holds a form, which is each reader's own; a draft is edited without an event.
    if "note" in request.args or not head.version or not head.stamp:
        return reading_marks.noted(make_response(made()), slug, head.version)
    facts = (
        *(in_parts, places, _rounds_words(head)),
        reading_room.sentence_of(head.state, head.held, clock.utcnow()),
    )
    return unchanged.kept(head, facts, made, version=head.version)


@door.get("/<slug:slug>/text")
def rest(slug: str) -> Response:
    """Show how the text goes on from a clause: what script puts below what is there already."""
    actor = auth.current_actor()
    agreement, head = agreement_and_head(actor, slug)
    places = _places(slug, head)
    window = blocks.window_of(
        _sheet(actor, agreement, head, places).blocks, request.args.get("from", "")
    )
    if window is None:
        raise NotFound("This text has changed since its page was opened. Open it again.")
    made = partial(part, "clauses/_rest.html", "goes_on", _rest(slug, window.rest))
    facts = (places, head.audience)
    return unchanged.kept(head, facts, lambda: window.html + made(), has_masthead=False)


def _sheet(actor: Actor, agreement: Any, head: Head, places: Places) -> Sheet:
    view, narrowed = _view(), _narrowed()
    return sheets.sheet_of(
        head,
        places,
        view,
        guided=_is_guided(),
        narrowed=narrowed,
        reading=lambda: reading_room.reading_of(actor, agreement, view, narrowed, head),
    )


def _narrowed() -> Narrowed:
    return legends.asked() if _view() == "all" else Narrowed()


def _is_in_parts() -> bool:
    """Whether a long text may come in parts: the browser has script, which fetches the rest."""
    asks_for_all = {"whole", "note"} & request.args.keys()
    return unchanged.has_script() and not asks_for_all


def _is_guided() -> bool:
    return request.args.get("guidance") == "on"


def _rest(slug: str, key: str) -> Rest | None:
    if not key:
        return None
    here = f"/agreements/{slug}"
    asked = {**legends.address_parts(_narrowed()), "view": _view()}
    if _is_guided():
        asked["guidance"] = "on"
    return Rest(
        source=f"{here}/text?{urlencode({**asked, 'from': key})}",
        address=f"{here}?{urlencode({**asked, 'whole': 'on'})}#c-{key}",
    )


def _read(actor: Actor, agreement: Any, head: Head, places: Places, *, in_parts: bool) -> str:
    sheet, slug = _sheet(actor, agreement, head, places), head.slug
    window = blocks.window_of(sheet.blocks) if in_parts else None
    text, whole = window.html if window else blocks.joined(sheet.blocks), sheet.whole
    if name := request.args.get("note", ""):
        opened = _opened(actor, agreement, head, name)
        text, whole = (sheets.with_note(html, name, opened) for html in (text, whole))
    guided = _is_guided() or sheet.is_draft
    return page(
        "agreements/read.html",
        head=head,
        page=_page(slug, head, sheet, places, _view(), guided=guided),
        sheet=sheet,
        text=text,
        rest=_rest(slug, window.rest) if window else None,
        whole=whole,
        question=sheet.question if head.deadline else "",
        state_sentence=reading_room.sentence_of(head.state, head.held, clock.utcnow()),
    )


@door.get("/<slug:slug>/notes/<name>")
def note(slug: str, name: str) -> Markup:
    """One note of the text, opened: with its thread, and the form that answers it."""
    actor = auth.current_actor()
    agreement, head = agreement_and_head(actor, slug)
    opened = _opened(actor, agreement, head, name)
    if not opened:
        raise NotFound("There is no such note in this agreement.")
    return opened


def _opened(actor: Actor, agreement: Any, head: Head, name: str) -> Markup:
    """A note as it stands opened before this reader; "" where there is none of that name."""
    held = opened_notes.note_of(actor, agreement, head, name)
    return part("clauses/_notes.html", "one", held) if held else Markup()


def _view() -> View:
    asked = request.args.get("view", "")
    return next((view for view in VIEWS if view == asked), "stands")


def _places(slug: str, head: Head) -> Places:
    """Where this reader may write at this moment."""
    held = head.held
    comment = held is not None and can("comment:start", held)
    amend = held is not None and can("amendment:draft", held)
    stance = held is not None and can("stance:take", held)
    stances = url_for("stances.index", slug=slug)
    return Places(
        comment_address=url_for("comments.start", slug=slug) if comment else "",
        amend_address=f"/agreements/{slug}/amendments/new" if amend else "",
        stance_address=stances if stance else "",
        stances_address=stances,
    )


def _page(slug: str, head: Head, sheet: Sheet, places: Places, view: View, *, guided: bool) -> Page:
    here = f"/agreements/{slug}"
    shown: View = "stands" if sheet.is_draft else view
    return Page(
        version_words=said("version {version}", version=head.version)
        if head.version
        else said("draft"),
        language=sheet.language,
        view=shown,
        views=() if sheet.is_draft else _options(here, shown, head.version),
        sentence=_SENTENCES[shown],
        comment_whole_address=places.comment_address,
        draft_address=f"{here}/draft" if _may_edit(head) else "",
        guided=guided,
        guidance_address=_guidance_address(here, sheet, shown, guided=guided),
        rounds_address=url_for("rounds.index", slug=slug),
        rounds_words=_rounds_words(head),
        stances_words=_stances_words(head) if head.version else "",
    )


def _options(here: str, view: View, version: int) -> tuple[Option, ...]:
    views = [
        Option(_VIEWS[one], f"{here}?view={one}" if one != "stands" else here, one == view)
        for one in VIEWS
    ]
    if version > 1:
        compare = f"{here}/compare?from={version - 1}&to={version}"
        views.append(Option(said("Compare …"), compare))
    return tuple(views)


def _stances_words(head: Head) -> str:
    """Where the page of stances is linked, and what for."""
    if head.mine is None or head.is_facilitator:
        return str(gettext("Where all stand"))
    return str(gettext("Where %(organisation)s stands", organisation=head.mine.name))


def _rounds_words(head: Head) -> str:
    """What the page of rounds is for at this moment."""
    if not head.is_facilitator:
        return said("Rounds")
    if head.state is AgreementState.CONSULTATION and head.deadline is not None:
        return (
            said("Give more time")
            if clock.utcnow() < head.deadline
            else said("Begin what comes next")
        )
    opens = {
        AgreementState.DRAFTING: said("Open a round"),
        AgreementState.PUBLISHED: said("Open a round"),
    }
    return opens.get(head.state, said("Rounds"))


def _may_edit(head: Head) -> bool:
    return head.is_facilitator and head.state is AgreementState.DRAFTING


def _guidance_address(here: str, sheet: Sheet, view: View, *, guided: bool) -> str:
    """Where the template's guidance is shown or hidden; "" where there is none to choose."""
    if sheet.is_draft or not sheet.has_guidance:
        return ""
    return f"{here}?view={view}" + ("" if guided else "&guidance=on")
