"""Word comes back: upload a copy that was worked on, look at every change, take or leave it."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.access.actor import Actor, Role
from app.access.permissions import Permission
from app.access.policy import require
from app.actions import imports as act
from app.actions.imports import Brought, NewAmendment, NewRemark
from app.domain.changes import Change, Part
from app.domain.numbering import labels
from app.domain.returned_remarks import RemarkItem
from app.formats import redline_html
from app.http import auth, pass_uses, quarantine
from app.http.languages import tell
from app.http.quarantine import Waiting
from app.http.uploads import DOCX, received
from app.kernel import clock
from app.kernel.errors import AppError, Invalid, NotFound
from app.queries import agreements as found
from app.queries import amendment_grounds, heads, word_returns
from app.queries.amendment_grounds import Ground
from app.queries.files import new_file
from app.queries.reading import session
from app.queries.version_pages import editions_of
from app.queries.word_offers import Group, Offer
from app.queries.word_returns import Preview
from app.web.forms.imports import FileForm
from app.web.forms.word_returns import ReturnForm
from app.web.rendering import page

if TYPE_CHECKING:
    from app.models.people import Organisation

door = Blueprint("word_returns", __name__, url_prefix="/agreements/<slug:slug>/word/back")


@door.route("", methods=["GET", "POST"])
def choose(slug: str) -> str | Response | tuple[str, int]:
    """Take a Word file that was worked on and read it; nothing comes of it yet."""
    actor = auth.current_actor()
    ground = _ground(actor, slug)
    form = FileForm(request.form)
    if request.method == "POST":
        try:
            token = _waiting(actor, slug)
        except AppError as error:
            form.refuse(error)
            return _choosing(actor, ground, form), form.status
        return redirect(url_for(".preview", slug=slug, token=token), 303)
    return _choosing(actor, ground, form)


def _waiting(actor: Actor, slug: str) -> str:
    """Let the uploaded file wait; what comes by the link of a letter is counted apart."""
    upload = received(request.files.get("file"), (DOCX,))
    by_pass = "" if auth.is_signed_in() else auth.held_pass()
    if by_pass:
        pass_uses.count(by_pass)
    return quarantine.put_returned(upload, _person(actor), {"agreement": slug}, by_pass)


@door.get("/<token>")
def preview(slug: str, token: str) -> str | tuple[str, int]:
    """Show by clause what the file would bring, each thing to be taken or left."""
    actor = auth.current_actor()
    return _shown(actor, _ground(actor, slug), token, ReturnForm(request.args))


@door.post("/<token>")
def confirm(slug: str, token: str) -> str | Response | tuple[str, int]:
    """Make amendments and comments of what was ticked, and keep the file."""
    actor = auth.current_actor()
    ground = _ground(actor, slug)
    form = ReturnForm(request.form)
    form.offer(_numbers(ground), _parties(actor, ground))
    if not form.validate():
        return _shown(actor, ground, token, form)
    try:
        held = _held(ground, token, actor)
        seen = _looked(actor, ground, held, form.version.data)
        row = act.import_word_file(
            actor,
            seen.opened,
            brought=_brought(seen, held, form),
            propose=form.put.data == "propose",
            on_behalf_of=_party(ground, form),
        )
    except AppError as error:
        form.refuse(error)
        return _shown(actor, ground, token, form)
    quarantine.drop(token)
    flash(_sentence(row.report, held.name, proposed=form.put.data == "propose"))
    return redirect(url_for(".choose", slug=slug), 303)


@door.post("/<token>/discard")
def discard(slug: str, token: str) -> Response:
    """Throw an uploaded file away."""
    actor = auth.current_actor()
    held = quarantine.get(token, actor.user_id)
    quarantine.drop(token)
    flash(gettext("Thrown away: %(file)s. Nothing of it is kept.", file=held.name))
    return redirect(url_for(".choose", slug=slug), 303)


def _ground(actor: Actor, slug: str) -> Ground:
    """The text of the open round, for somebody who may bring something to it now."""
    ground = amendment_grounds.for_round(found.get_agreement(actor, slug))
    require(actor, Permission.WORD_IMPORT, ground.round, clock.utcnow())
    return ground


def _person(actor: Actor) -> uuid.UUID:
    if actor.user_id is None:
        raise AssertionError("a file is brought by a person")
    return actor.user_id


def _choosing(actor: Actor, ground: Ground, form: FileForm) -> str:
    head = heads.head_of(actor, ground.agreement)
    rows = word_returns.imports_of(session(), ground.agreement.id)
    mine = [row for row in rows if _may_see(actor, ground, row.organisation_id, row.imported_by)]
    return page("word/back.html", head=head, form=form, rows=mine)


def _may_see(
    actor: Actor, ground: Ground, organisation: uuid.UUID | None, person: uuid.UUID
) -> bool:
    """A file may hold what its organisation keeps to itself: it is for those it came from."""
    standings = actor.stands_in(ground.agreement.id)
    return person == actor.user_id or any(one.organisation_id == organisation for one in standings)


def _facilitates(actor: Actor, ground: Ground) -> bool:
    return bool(actor.stands_in(ground.agreement.id, Role.FACILITATOR))


def _parties(actor: Actor, ground: Ground) -> tuple[tuple[str, str], ...]:
    return amendment_grounds.parties(ground) if _facilitates(actor, ground) else ()


def _party(ground: Ground, form: ReturnForm) -> "Organisation | None":
    code = str(form.on_behalf_of.data or "")
    return amendment_grounds.organisation_by_code(ground, code) if code else None


def _numbers(ground: Ground) -> list[int]:
    return [one.number for one in editions_of(session(), ground.agreement.id)]


def _held(ground: Ground, token: str, actor: Actor) -> Waiting:
    held = quarantine.get(token, actor.user_id)
    if held.purpose.get("agreement") != ground.agreement.slug:
        raise NotFound("This file isn't here any more. Upload it again.")
    return held


def _looked(actor: Actor, ground: Ground, held: Waiting, version: int | None) -> Preview:
    """Hold the file against the text it was taken from. Raises NotFound where nothing tells."""
    document = held.returned
    source = (
        word_returns.chosen(session(), ground.agreement, version)
        if version
        else word_returns.recognise(session(), actor, document, ground.agreement)
    )
    digest = new_file(held.name, held.media_type, held.content).sha256
    return word_returns.preview(
        session(), source, ground.round, document, sha256=digest, person=_person(actor)
    )


def _shown(actor: Actor, ground: Ground, token: str, form: ReturnForm) -> str | tuple[str, int]:
    head = heads.head_of(actor, ground.agreement)
    held = _held(ground, token, actor)
    form.offer(_numbers(ground), _parties(actor, ground))
    status = form.status if request.method == "POST" else 200
    try:
        seen = _looked(actor, ground, held, _asked_version(form))
    except (Invalid, NotFound) as error:
        unknown = page(
            "word/unknown.html", head=head, token=token, form=form, file=held.name, why=tell(error)
        )
        return unknown, 200
    return page(
        "word/preview.html",
        head=head,
        token=token,
        form=form,
        file=held.name,
        seen=seen,
        document=held.returned,
        groups=list(_groups(seen, form)),
        counts=_counts(seen),
        drifted=[labels(seen.returned.base)[key].full for key in seen.returned.drifted],
        show=_words(seen, head.slug),
        changed=lambda bit: Change("+" if bit.comes else "-", bit.text),
    ), status


def _asked_version(form: ReturnForm) -> int:
    """The version that was named, 0 where none of ours was."""
    asked = form.version.data
    return asked if asked in {value for value, *_ in form.version.iter_choices()} else 0


@dataclass(frozen=True)
class Row:
    """An offer or a comment with whether it is ticked."""

    number: str
    ticked: bool
    offer: Offer | None = None
    remark: RemarkItem | None = None


def _groups(seen: Preview, form: ReturnForm) -> Iterable[tuple[Group, list[Row]]]:
    typed = request.method == "POST"
    chosen = set(form.take.data or ())
    for group in seen.groups:
        rows = [
            Row(
                one.number,
                one.number in chosen if typed else one.state == "clean" and not one.same_as,
                offer=one,
            )
            for one in group.offers
        ]
        rows += [
            Row(one.number, one.number in chosen if typed else True, remark=one)
            for one in group.remarks
        ]
        yield group, rows


def _counts(seen: Preview) -> Mapping[str, int]:
    items = [one.item for group in seen.groups for one in group.offers]
    return {
        "tracked": sum(item.tracked for item in items),
        "silent": sum(not item.tracked for item in items),
        "remarks": len(seen.remarks.items),
    }


def _words(seen: Preview, slug: str) -> Callable[[Iterable[Part]], Markup]:
    """What shows the parts of a change as a redline."""
    how = redline_html.Shown(
        tell=tell,
        labels=labels(seen.returned.target),
        old_labels=labels(seen.returned.base),
        blanks=seen.blanks,
        href=lambda key: f"/agreements/{slug}#c-{key}",
        tags=False,
    )

    def show(parts: Iterable[Part]) -> Markup:
        return redline_html.words(parts, how)

    return show


def _brought(seen: Preview, held: Waiting, form: ReturnForm) -> Brought:
    """What the ticks come to."""
    chosen = set(form.take.data or ())
    offers = [one for group in seen.groups for one in group.offers]
    blocked = [one for one in offers if one.state != "clean" and one.number in chosen]
    if blocked:
        raise Invalid("Leave what can't be taken: {why}", "items", why=blocked[0].why)
    taken = [one for one in offers if one.number in chosen]
    remarks = [one for one in seen.remarks.items if one.number in chosen]
    return Brought(
        version=seen.source.version,
        original=new_file(held.name, held.media_type, held.content),
        amendments=_amendments(seen, taken, held.name, form),
        remarks=[_remark(seen, one) for one in remarks if one.kind in {"thread", "reply"}],
        resolve=[seen.threads[one.on] for one in remarks if one.kind == "resolve"],
        reopen=[seen.threads[one.on] for one in remarks if one.kind == "reopen"],
        report={
            "items": [one.number for one in taken],
            "left": [one.number for one in offers if one.number not in chosen],
            "claims": sorted({name for one in offers for name in one.item.authors}),
        },
    )


def _amendments(
    seen: Preview, taken: Iterable[Offer], file: str, form: ReturnForm
) -> list[NewAmendment]:
    grouped: dict[tuple[str, ...], list[Offer]] = {}
    for one in taken:
        item = one.item
        key: tuple[str, ...] = ()
        if form.grouping.data == "author":
            key = item.authors
        elif form.grouping.data == "clause":
            key = (item.clause,)
        grouped.setdefault((one.amends, *key), []).append(one)
    made = []
    for (amends, *_), offers in grouped.items():
        steps = word_returns.carried(seen, [one.item.number for one in offers], amends)
        why = _rationale(offers, file, form.why.data or "")
        if steps:
            made.append(NewAmendment(steps, why, seen.amendments[amends] if amends else None))
    return made


def _rationale(offers: Iterable[Offer], file: str, why: str) -> str:
    """The reason that was typed, and where the change comes from; names are claims of the file."""
    names = ", ".join(dict.fromkeys(name for one in offers for name in one.item.authors))
    silent = any(not one.item.tracked for one in offers)
    source = f"From the Word file {file}"
    if names:
        source += f", as marked by {names}"
    if silent:
        source += ", in part not tracked there" if names else ", not tracked there"
    return f"{why.strip()}\n\n{source}.".strip()


def _remark(seen: Preview, one: RemarkItem) -> NewRemark:
    claim = f"\n\n(In the Word file by {one.author}.)" if one.author else ""
    replies = tuple(f"{text}\n\n(In the Word file by {name}.)" for name, text in one.replies)
    made = NewRemark(
        text=f"{one.text}{claim}",
        kind="question" if one.text.rstrip().endswith("?") else "concern",
        anchor=one.anchor,
        replies=replies,
    )
    if one.kind == "reply":
        made = replace(made, thread=seen.threads.get(one.on), amendment=seen.amendments.get(one.on))
    return made


def _sentence(report: Mapping[str, list[str]], file: str, *, proposed: bool) -> str:
    amendments, threads = len(report["amendments"]), len(report["threads"])
    parts = []
    if amendments and proposed:
        parts.append(
            ngettext("%(num)s amendment proposed", "%(num)s amendments proposed", amendments)
        )
    elif amendments:
        parts.append(
            ngettext(
                "%(num)s amendment kept as a draft",
                "%(num)s amendments kept as drafts",
                amendments,
            )
        )
    if threads:
        parts.append(ngettext("%(num)s comment posted", "%(num)s comments posted", threads))
    return str(
        gettext(
            "Taken in from %(file)s: %(things)s. The file is kept.",
            file=file,
            things=", ".join(parts) or gettext("what was settled"),
        )
    )
