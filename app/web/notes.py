"""What stands in the margin, ready for the note macro: threads, amendments, guidance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from app.domain.words import named
from app.http.languages import tell
from app.kernel.ids import new_token
from app.kernel.said import counted, said, strung
from app.queries.comments import Discussion, Remark, Speaker
from app.queries.opening_remarks import OpeningRemark
from app.queries.reading_room import Proposal
from app.web.moments import day
from app.web.nods import Nods, nods_of
from app.web.rendering import can

_NONE = Markup()
OUTCOMES: Mapping[str, str] = {
    "accepted": said("Answered: accepted"),
    "accepted_in_part": said("Answered: accepted in part"),
    "rejected": said("Answered: not accepted"),
    "duplicate_of": said("Answered: said elsewhere"),
    "out_of_scope": said("Answered: not part of this agreement"),
    "noted": said("Answered: noted"),
    "deferred": said("Left open for the next round"),
}
_TAKEN_BACK = said("Taken back by its author.")
_DECIDED: Mapping[str, str] = {"accepted": said("Accepted"), "rejected": said("Not accepted")}
_BALLOTS: Mapping[str, str] = {
    "carried": said("adopted by ballot {number}"),
    "lost": said("voted down in ballot {number}"),
    "inquorate": said("ballot {number} had too few votes"),
}


@dataclass(frozen=True)
class Reply:
    """One reply in a note."""

    org: Speaker | None
    by: str
    when: datetime
    html: Markup
    nods: Nods | None = None


@dataclass(frozen=True)
class Fact:
    """A line of facts in an open note."""

    term: str
    words: str = ""
    html: Markup = _NONE


@dataclass(frozen=True)
class Clash:
    """Another amendment that changes the same words."""

    words: str
    href: str


@dataclass(frozen=True)
class Action:
    """Something the reader may do with what the note says."""

    label: str
    address: str
    post: bool = False
    primary: bool = False


@dataclass(frozen=True)
class Note:
    """One note, as the macro in _ui/note.html asks for it.

    `waits`: nobody has dealt with it; `folded`: what opens it comes from `source`.
    `inside` is the organisation that alone sees it.
    """

    id: str
    kind: str
    gist: str
    words: str = ""
    org: Speaker | None = None
    by: str = ""
    when: datetime | None = None
    kind_word: str = ""
    body_html: Markup = _NONE
    replies: tuple[Reply, ...] = ()
    facts: tuple[Fact, ...] = ()
    state: str = ""
    clashes: tuple[Clash, ...] = ()
    answered: bool = False
    quote: str = ""
    quote_href: str = ""
    open: bool = False
    href: str = ""
    mine: bool = False
    actions: tuple[Action, ...] = ()
    reply_address: str = ""
    reply_label: str = ""
    form_key: str = ""
    waits: bool = False
    folded: bool = False
    source: str = ""
    nods: Nods | None = None
    names_address: str = ""
    inside: str = ""


def of_opening(remark: OpeningRemark, slug: str, *, words: str = "") -> Note:
    """A thread as it stands folded: what opened it, and how far it is."""
    is_lost = remark.anchor_state in {"text_changed", "clause_gone"}
    return Note(
        id=f"t{remark.number}",
        kind="comment",
        words=words,
        org=remark.who,
        by=_person(remark),
        when=remark.at,
        kind_word=named(remark.kind, capital=True),
        gist=remark.first or _TAKEN_BACK,
        state=_thread_state(remark, remark.replies),
        answered=_is_answered(remark),
        quote=remark.quote if is_lost else "",
        href=f"/agreements/{slug}/comments/{remark.number}",
        source=f"/agreements/{slug}/notes/t{remark.number}",
        waits=remark.is_open,
        folded=True,
    )


def of_thread(
    thread: Discussion, slug: str, *, words: str = "", voice: str = "", is_open: bool = False
) -> Note:
    """A thread; `voice` is whom the reader would reply as."""
    opening = thread.opening
    nods = nods_of(slug, thread.number, (opening, *thread.replies))
    gist, rest = parted(opening.html, opening.words)
    is_lost = thread.anchor_state in {"text_changed", "clause_gone"}
    may_reply = can("comment:reply", thread.row)
    here = url_for("comments.show", slug=slug, number=thread.number)
    return Note(
        id=f"t{thread.number}",
        kind="comment",
        words=words,
        org=thread.who,
        by=_person(opening),
        when=opening.at,
        kind_word=named(thread.kind, capital=True),
        gist=gist or _TAKEN_BACK,
        body_html=rest,
        replies=tuple(
            Reply(r.who, _person(r), r.at, _said(r), nods.get(r.row.id)) for r in thread.replies
        ),
        state=_thread_state(thread, len(thread.replies)),
        answered=_is_answered(thread),
        facts=(Fact(said("Answer"), html=thread.answer),) if thread.answer else (),
        quote=thread.quote if is_lost else "",
        open=is_open,
        href=here,
        source=url_for("agreements.note", slug=slug, name=f"t{thread.number}"),
        actions=_thread_actions(thread, slug),
        reply_address=url_for("comments.reply", slug=slug, number=thread.number)
        if may_reply
        else "",
        reply_label=said("Reply as {voice}", voice=voice) if voice else said("Reply"),
        form_key=new_token() if may_reply else "",
        waits=thread.is_open,
        nods=nods.get(opening.row.id),
        names_address=url_for("mentions.index", slug=slug) if may_reply else "",
    )


def of_amendment(
    proposal: Proposal, slug: str, *, words: str = "", is_open: bool = False, may_amend: bool
) -> Note:
    """An amendment: who supports it, what competes with it, which ballot decides."""
    here = f"/agreements/{slug}/amendments/{proposal.label}"
    gist, rest = parted(proposal.why, proposal.gist)
    actions = (
        [Action(said("Amend it"), f"/agreements/{slug}/amendments/new?amends={proposal.label}")]
        if may_amend and proposal.is_open
        else []
    )
    return Note(
        id=str(proposal.number),
        kind="amendment",
        words=words,
        org=proposal.who,
        by=said("Amendment {label}", label=proposal.label),
        when=proposal.at,
        gist=gist or said("No reason is given."),
        body_html=rest,
        facts=tuple(_amendment_facts(proposal, slug)),
        state=_amendment_state(proposal),
        clashes=tuple(
            Clash(label, f"/agreements/{slug}/amendments/{label}") for label in proposal.competes
        ),
        answered=not proposal.is_open,
        open=is_open,
        href=here,
        source=url_for("agreements.note", slug=slug, name=str(proposal.number)),
        mine=proposal.is_mine,
        actions=tuple(actions),
        waits=proposal.is_open,
    )


def _is_answered(thread: Discussion | OpeningRemark) -> bool:
    return thread.outcome not in {"", "deferred"}


def _thread_state(thread: Discussion | OpeningRemark, replies: int) -> str:
    parts: list[str] = []
    if replies:
        parts.append(counted(replies, "1 reply", "{n} replies"))
    if thread.outcome:
        parts.append(OUTCOMES[thread.outcome])
    if thread.is_resolved:
        parts.append(said("resolved"))
    return strung(parts, " · ")


def _thread_actions(thread: Discussion, slug: str) -> tuple[Action, ...]:
    if not can("thread:resolve", thread.row):
        return ()
    name, door = (
        (said("Open again"), "comments.reopen")
        if thread.is_resolved
        else (said("Resolve"), "comments.resolve")
    )
    return (Action(name, url_for(door, slug=slug, number=thread.number), post=True),)


def _amendment_facts(proposal: Proposal, slug: str) -> Sequence[Fact]:
    facts = []
    if proposal.supporters:
        codes = Markup('{} <span class="codes">{}</span>').format(
            len(proposal.supporters), " ".join(proposal.supporters)
        )
        facts.append(Fact(said("Support"), html=codes))
    if proposal.ballot:
        address = f"/agreements/{slug}/ballots/{proposal.ballot.number}"
        words = Markup(  # noqa: S704 (a catalogue is ours)
            gettext('<a href="%(address)s">Ballot %(number)s</a>, closes %(day)s')
        ) % {
            "address": address,
            "number": proposal.ballot.number,
            "day": day(proposal.ballot.closes_at),
        }
        facts.append(Fact(said("Decided by"), html=words))
    return facts


def _amendment_state(proposal: Proposal) -> str:
    parts: list[str] = []
    if count := len(proposal.supporters):
        parts.append(counted(count, "1 supports it", "{n} support it"))
    if proposal.ballot and proposal.ballot.outcome:
        parts.append(said(_BALLOTS[proposal.ballot.outcome], number=proposal.ballot.number))
    elif not proposal.is_open:
        parts.append(_DECIDED.get(proposal.state) or named(proposal.state))
    elif proposal.ballot:
        parts.append(said("ballot {number}", number=proposal.ballot.number))
    return strung(parts, " · ")


def parted(html: Markup, words: str) -> tuple[str, Markup]:
    """The first paragraph as plain words, for the folded note, and what follows it."""
    first, ends, rest = html.partition("</p>")
    if not ends or not first.startswith("<p>"):
        return words, _NONE
    return " ".join(Markup(first).striptags().split()), Markup(rest.strip())  # noqa: S704 (cleaned)


def _person(remark: Remark | OpeningRemark) -> str:
    traces = [remark.person]
    if remark.is_entered:
        traces.append(said("entered by the facilitator"))
    if remark.is_edited and not remark.is_retracted:
        traces.append(said("edited"))
    return strung(traces, ", ")


def _said(remark: Remark) -> Markup:
    return (
        Markup("<p><em>{}</em></p>").format(tell(_TAKEN_BACK))
        if remark.is_retracted
        else remark.html
    )
