"""What the pages of comments share: what a comment is about, who sent it, what comes too late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, request, url_for
from flask_babel import gettext
from markupsafe import Markup

from app.access.actor import Actor, Role
from app.actions import inside
from app.domain import numbering, quoting, references
from app.domain.anchors import Anchor, anchor
from app.domain.clauses import Kind
from app.formats import prose_html
from app.http import auth
from app.kernel import clock
from app.kernel.errors import Invalid, NotFound, WrongMoment
from app.kernel.said import said
from app.queries import agreements as found
from app.queries import amendments, comments, rounds
from app.queries.heads import agreement_and_head, head_of
from app.queries.reading import session
from app.queries.reading_room import blank_labels, blanks_of, text_of
from app.web import notes
from app.web.forms.comments import ReplyForm, StartForm
from app.web.rendering import can, page

_NONE = Markup()
_LATE = said(
    "Round {number} closed at {closed}; you pressed at {pressed}. Nothing was posted. "
    "Your text is kept below: copy it, or send it to the facilitator."
)


@dataclass(frozen=True)
class About:
    """What a comment is about: a clause with its words, an amendment, or the whole."""

    name: str = said("the agreement as a whole")
    clause: str = ""
    amendment: str = ""
    lines: tuple[tuple[str, Markup, Markup], ...] = ()
    back: str = ""


def start_page(agreement: Any, form: StartForm) -> str:
    """The form of a new comment beside the words it is about."""
    head = head_of(auth.current_actor(), agreement)
    form.offer(others(agreement))
    sits = head.mine is not None and can("note:keep", agreement)
    form.offer_inside(head.mine.name if head.mine and sits else "")
    return page("comments/start.html", head=head, form=form, about=_about(agreement))


def thread_page(slug: str, number: int, form: ReplyForm) -> str:
    """One thread with everything in it."""
    actor = auth.current_actor()
    agreement, head = agreement_and_head(actor, slug)
    thread = comments.get_discussion(session(), agreement.id, number)
    labels = numbering.labels(text_of(session(), agreement)[0])
    form.offer(others(agreement))
    found_at = labels.get(thread.clause or "")
    name = found_at.full if found_at else ""
    where = f"/agreements/{slug}/amendments/{thread.amendment}" if thread.amendment else ""
    return page(
        "comments/show.html",
        head=head,
        form=form,
        thread=thread,
        note=notes.of_thread(thread, slug, voice=head.mine.name if head.mine else ""),
        outcome=notes.OUTCOMES.get(thread.outcome, ""),
        about=said("Amendment {amendment}", amendment=thread.amendment)
        if where
        else name or said("The agreement as a whole"),
        about_address=where or back(slug, number),
    )


def keep_inside(actor: Actor, opened: Any, form: StartForm, label: str) -> str:
    """Keep what was written as a note of the writer's own organisation; where it can be read."""
    agreement = opened.agreement
    note = inside.keep_note(
        actor,
        agreement,
        text=form.text.data or "",
        kind=form.kind.data,
        version_id=opened.version_id,
        anchor=anchor_of(opened, form.quote.data),
        amendment=amendments.get_amendment(agreement, label) if label else None,
        form_key=form.form_key.data,
    )
    flash(gettext("Noted. Only your organisation sees it."))
    name = f"i{note.id.hex}"
    if label:
        return url_for("amendments.show", slug=agreement.slug, label=label, _anchor=f"n-{name}")
    return url_for("agreements.read", slug=agreement.slug, note=name, _anchor=f"n-{name}")


def others(agreement: Any) -> Sequence[tuple[str, str]]:
    """Whose contributions the facilitator may enter: codes and names; nobody's for others."""
    if not auth.current_actor().stands_in(agreement.id, Role.FACILITATOR):
        return ()
    held = found.participants_of(session(), agreement.id)
    return [(one.organisation.code, one.organisation.name) for one in held]


def sender(agreement: Any, code: str | None) -> Any | None:
    """The organisation whose contribution is entered; None for one's own. Raises Invalid."""
    if not code:
        return None
    for one in found.participants_of(session(), agreement.id):
        if one.organisation.code == code:
            return one.organisation
    raise Invalid("{code} takes no part in this agreement.", "on_behalf_of", code=code)


def anchor_of(opened: Any, quote: str | None) -> Anchor | None:
    """Where the comment points in the text of the round: the clause of the address, or words of it.

    Raises NotFound where there is no such clause, Invalid where it has no such words.
    """
    key = request.args.get("clause", "")
    if not key:
        return None
    version = opened.version
    tree = rounds.text_of(session(), opened)
    if key not in tree.nodes:
        raise NotFound("There is no such clause in this text.")
    if not (quote or "").strip():
        return anchor(tree, str(version.number), key)
    place = quoting.locate(tree, key, quote or "", blanks_of(version))
    if place is None:
        raise Invalid(
            "These words aren't in the clause. Copy them from it, or leave the field empty "
            "to comment on the whole clause.",
            "quote",
        )
    return anchor(tree, str(version.number), place.clause, place.part, place.start, place.end)


def too_late(error: WrongMoment, number: int, closes_at: datetime, zone: str) -> WrongMoment:
    """The refusal after a deadline, with both moments; any other refusal as it is."""
    now = clock.utcnow()
    if now < closes_at:
        return error
    local = ZoneInfo(zone)
    closed, pressed = closes_at.astimezone(local), now.astimezone(local)
    form = "%H:%M" if closed.date() == pressed.date() else "%H:%M on %d %B"
    return WrongMoment(
        _LATE, number=number, closed=closed.strftime(form), pressed=pressed.strftime(form)
    )


def place_of(slug: str, number: int, amendment: str = "") -> str:
    """Where a thread that was just posted can be read."""
    if amendment:
        return f"/agreements/{slug}/amendments/{amendment}#n-t{number}"
    return back(slug, number)


def back(slug: str, number: int) -> str:
    """The text, with the note of this thread open."""
    return url_for("agreements.read", slug=slug, note=f"t{number}", _anchor=f"n-t{number}")


def _about(agreement: Any) -> About:
    """What the address names, with the words of the clause as they stand."""
    home = url_for("agreements.read", slug=agreement.slug)
    label = request.args.get("amendment", "")
    if label:
        held = amendments.get_amendment(agreement, label)
        here = f"{home}/amendments/{held.label}"
        return About(said("amendment {label}", label=held.label), amendment=held.label, back=here)
    key = request.args.get("clause", "")
    if not key:
        return About(back=home)
    return about_clause(agreement, key)


def about_clause(agreement: Any, key: str) -> About:
    """A clause with its words as they stand, to be shown beside a form. Raises NotFound."""
    home = url_for("agreements.read", slug=agreement.slug)
    tree, version = text_of(session(), agreement)
    if key not in tree.nodes:
        raise NotFound("There is no such clause in this text.")
    labels = numbering.labels(tree)
    blanks = blank_labels(version.beside) if version else {}
    lines = tuple(
        (
            labels[node.key].own.rpartition(" ")[2],
            prose_html.of_prose(node.heading, labels=labels, blanks=blanks),
            prose_html.of_prose(node.text, labels=labels, blanks=blanks),
        )
        for node in tree.find(key).walk()
        if node.kind is not Kind.GENERATED  # its rows follow; it has no words of its own
    )
    name = labels[key].full or references.shown(tree.find(key).heading, labels)
    return About(name or said("this text"), clause=key, lines=lines, back=f"{home}#c-{key}")
