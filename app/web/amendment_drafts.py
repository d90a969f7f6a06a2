"""Writing a change: the page that looks like the text, keeping it as a draft, proposing it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from flask import redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.access import policy
from app.access.actor import Actor
from app.access.permissions import Permission
from app.actions import amendments as act
from app.domain import operations as ops
from app.domain.lifecycle import AmendmentState, is_open
from app.domain.operations import Operation
from app.formats import prose_spans
from app.http import auth
from app.http.languages import flash, tell
from app.http.statuses import status_of
from app.kernel import clock
from app.kernel.errors import AppError, Conflict, Invalid, NotAllowed, WrongMoment
from app.kernel.ids import new_token
from app.kernel.said import listed, said
from app.queries import agreements, heads
from app.queries import amendment_grounds as grounds
from app.queries.amendment_grounds import Ground
from app.queries.amendment_pages import Written
from app.queries.heads import Head
from app.queries.reading_room import blank_labels
from app.web.amendments import door, redline_of
from app.web.forms.amendments import ChangeForm, Sheet, fresh_sheet, read_sheet
from app.web.rendering import page

__all__ = ["door"]

Answer = Response | str | tuple[str, int]
_ANOTHER_TEXT = said(
    "The text reads differently since you opened this page. Your words are kept below: look at "
    "what they change now, then go on."
)


@dataclass(frozen=True)
class _Desk:
    """Somebody at work on a change: who, on what, and what stands on the page."""

    slug: str
    actor: Actor
    head: Head
    ground: Ground
    form: ChangeForm
    sheet: Sheet
    errors: dict[str, str] = field(default_factory=dict)
    steps: tuple[Operation, ...] = ()
    is_late: bool = False
    theirs: Written | None = None


@door.route("/new", methods=["GET", "POST"])
def new(slug: str) -> Answer:
    """Write a change to the text, or to another amendment (`amends`), on some of its clauses."""
    actor, ground = _new_ground(slug)
    if request.method == "POST":
        return _answer(_posted(slug, actor, ground), _keep_new)
    if ground.primary is not None:
        policy.require(actor, Permission.AMENDMENT_AMEND, ground.primary, clock.utcnow())
    else:
        policy.require(actor, Permission.AMENDMENT_DRAFT, ground.round, clock.utcnow())
    return _page(_begun(slug, actor, ground))


@door.route("/drafts/<uuid:draft_id>", methods=["GET", "POST"])
def draft(slug: str, draft_id: uuid.UUID) -> Answer:
    """Go on with a draft that one's own organisation keeps."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    ground = grounds.for_draft(actor, agreement, draft_id)
    if request.method == "POST":
        return _answer(_posted(slug, actor, ground), _keep_draft)
    refusal = policy.refusal(actor, Permission.AMENDMENT_EDIT, ground.draft, clock.utcnow())
    if isinstance(refusal, NotAllowed):
        # A colleague without a pen reads and checks it there.
        return redirect(url_for("checking.show", slug=slug, draft_id=draft_id))
    return _page(_begun(slug, actor, ground))


@door.post("/drafts/<uuid:draft_id>/discard")
def discard(slug: str, draft_id: uuid.UUID) -> Response:
    """Throw a draft away."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    act.discard_draft(actor, grounds.for_draft(actor, agreement, draft_id).draft)
    flash(said("The draft is gone. Nobody else ever saw it."))
    return redirect(url_for(".index", slug=slug), 303)


@door.route("/<label>/rewrite", methods=["GET", "POST"])
def rewrite(slug: str, label: str) -> Answer:
    """Write an amendment anew on the version that put it in doubt."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    ground = grounds.for_rewriting(agreement, label)
    if request.method == "POST":
        return _answer(_posted(slug, actor, ground), _confirm)
    policy.require(actor, Permission.AMENDMENT_CONFIRM, ground.draft, clock.utcnow())
    return _page(_begun(slug, actor, ground))


@door.post("/understood")
def understood(slug: str) -> str:
    """Say what the words in a form would change: the part of the page that follows the typing."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    if draft_id := request.args.get("draft", ""):
        ground = grounds.for_draft(actor, agreement, _uuid(draft_id))
    elif label := request.args.get("rewrite", ""):
        ground = grounds.for_rewriting(agreement, label)
    else:
        _, ground = _new_ground(slug)
    desk = _posted(slug, actor, ground)
    try:
        desk = replace(desk, steps=desk.sheet.operations())
    except AppError as error:
        return page("amendments/_understood.html", look=None, redline="", refusal=tell(error))
    look, redline = _looked(desk)
    return page("amendments/_understood.html", look=look, redline=redline, head=desk.head)


def _new_ground(slug: str) -> tuple[Actor, Ground]:
    """What a new change is written on, as the address says."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    if label := request.args.get("amends", ""):
        return actor, grounds.for_primary(agreement, label)
    ground = grounds.for_round(agreement)
    if label := request.args.get("replaces", ""):
        return actor, grounds.bettering(actor, ground, label)
    if source := request.args.get("from", ""):
        return actor, grounds.beginning_with(actor, ground, source)
    if labels := request.args.get("compromise", ""):
        named = listed(filter(None, map(str.strip, labels.split(",")[:6])))
        return actor, replace(ground, rationale=said("A compromise between {named}.", named=named))
    return actor, ground


def _begun(slug: str, actor: Actor, ground: Ground) -> _Desk:
    """A page nobody has written on yet."""
    head = heads.head_of(actor, ground.agreement)
    opened = tuple(request.args.getlist("clause"))
    if ground.primary is not None and not ground.steps and not opened:
        touched = ops.touched(ops.from_json(ground.primary.operations))
        opened = tuple(key for key in ground.base.nodes if key in touched)
    form = ChangeForm(
        rationale=ground.rationale,
        form_key=new_token(),
        row_version=ground.row_version,
        base=ground.stamp,
    )
    sheet = fresh_sheet(ground.base, ground.names, opened, ground.steps)
    return _Desk(slug, actor, head, ground, _choices(form, head, ground), sheet, {}, ground.steps)


def _posted(slug: str, actor: Actor, ground: Ground) -> _Desk:
    """The page as it comes back from the browser."""
    head = heads.head_of(actor, ground.agreement)
    form = _choices(ChangeForm(request.form), head, ground)
    return _Desk(
        slug, actor, head, ground, form, read_sheet(ground.base, ground.names, request.form)
    )


def _choices(form: ChangeForm, head: Head, ground: Ground) -> ChangeForm:
    if head.is_facilitator and ground.row is None:
        form.offer(grounds.parties(ground))
    return form


def _answer(desk: _Desk, save: Callable[[_Desk, str], Response]) -> Answer:
    """Do what the pressed button says; a refusal keeps everything that was typed."""
    do = request.form.get("do", "look")
    if (sheet := _rearranged(desk.sheet, do)) is not None:
        grew = len(sheet.added) > len(desk.sheet.added)
        return _page(replace(desk, sheet=sheet), focus=sheet.added[-1].key if grew else "")
    try:
        desk = replace(desk, steps=desk.sheet.operations())
        if not desk.form.validate():
            return _page(desk), desk.form.status
        if desk.form.base.data != desk.ground.stamp:
            desk.form.base.data = desk.ground.stamp
            raise Conflict(_ANOTHER_TEXT)
        if not desk.steps:
            raise Invalid("Change something in the text first.")
        return save(desk, do) if do in ("keep", "propose") else _page(desk)
    except AppError as error:
        return _refused(desk, error)


def _refused(desk: _Desk, error: AppError) -> tuple[str, int]:
    name = error.field if isinstance(error, Invalid) else ""
    errors = {name: tell(error)} if name not in ("", *desk.form._fields) else {}
    if errors:
        desk.form.refusal = said("One thing needs another look; it is marked below.")
    else:
        desk.form.refuse(error)
    opened = desk.ground.round
    is_late = isinstance(error, WrongMoment) and not is_open(
        clock.utcnow(), opened.opens_at, opened.closes_at
    )
    desk = replace(desk, errors=errors, is_late=is_late)
    return _page(_with_theirs(desk) if isinstance(error, Conflict) else desk), status_of(error)


def _with_theirs(desk: _Desk) -> _Desk:
    """The page with what a colleague saved meanwhile beside it; the next save replaces that."""
    if desk.ground.row is None or desk.form.row_version.data == desk.ground.row_version:
        return desk
    desk.form.row_version.data = desk.ground.row_version
    theirs = grounds.look(desk.ground, desk.ground.steps, grounds.author_of(desk.head.mine))
    return replace(desk, theirs=theirs)


def _rearranged(sheet: Sheet, do: str) -> Sheet | None:
    """The page with another clause on it, or one fewer; None where the button does something."""
    verb, _, rest = do.partition(" ")
    side, _, key = rest.partition(" ")
    if verb == "add":
        return sheet.adding(side, key)
    if verb in ("up", "down"):
        return sheet.moving(rest, -1 if verb == "up" else 1)
    if verb == "drop":
        return sheet.dropping(rest)
    if verb == "open":
        return sheet.opening(request.form.get("also", ""))
    return None


def _keep_new(desk: _Desk, do: str) -> Response:
    form, ground = desk.form, desk.ground
    code = str(form.on_behalf_of.data or "")
    party = grounds.organisation_by_code(ground, code) if code else None
    rationale, form_key = str(form.rationale.data or ""), form.form_key.data or None
    if ground.primary is not None:
        row = act.amend_amendment(
            desk.actor,
            ground.primary,
            operations=desk.steps,
            rationale=rationale,
            on_behalf_of=party,
            form_key=form_key,
        )
    else:
        row = act.draft_amendment(
            desk.actor,
            ground.round,
            operations=desk.steps,
            rationale=rationale,
            replaces=ground.replaces,
            on_behalf_of=party,
            form_key=form_key,
        )
    if do == "propose" and row.state != AmendmentState.PROPOSED:
        row = act.propose_amendment(desk.actor, row)
    return _kept(desk.slug, row.label, row.id)


def _keep_draft(desk: _Desk, do: str) -> Response:
    row = act.edit_draft_amendment(
        desk.actor,
        desk.ground.draft,
        operations=desk.steps,
        rationale=str(desk.form.rationale.data or ""),
        seen=desk.form.row_version.data or 0,
    )
    if do == "propose":
        row = act.propose_amendment(desk.actor, row)
    return _kept(desk.slug, row.label, row.id)


def _confirm(desk: _Desk, _do: str) -> Response:
    row = act.confirm_rebased(desk.actor, desk.ground.draft, operations=desk.steps)
    return _kept(desk.slug, row.label, row.id)


def _kept(slug: str, label: str, row_id: uuid.UUID) -> Response:
    if label:
        flash(
            said(
                "{label} is before everybody now. Others can support, discuss and amend it.",
                label=label,
            )
        )
        return redirect(url_for(".show", slug=slug, label=label), 303)
    flash(said("Kept as a draft. Only your organisation sees it."))
    return redirect(url_for(".draft", slug=slug, draft_id=row_id), 303)


def _page(desk: _Desk, *, focus: str = "") -> str:
    """The page with everything on it; `focus` is the clause that is written on next."""
    ground = desk.ground
    blanks = blank_labels(ground.version.beside)
    look, redline = _looked(desk)
    return page(
        "amendments/write.html",
        room="agreements",
        agreement=ground.agreement,
        head=desk.head,
        ground=ground,
        form=desk.form,
        sheet=desk.sheet,
        lines=tuple(desk.sheet.lines()),
        legend=desk.sheet.legend(),
        places=sorted({label.full for label in ground.names.values() if label.full}),
        more=grounds.clauses_to_open(ground),
        errors=desk.errors,
        is_late=desk.is_late,
        now=clock.utcnow(),
        look=look,
        redline=redline,
        spans=lambda text: prose_spans.to_json(text, ground.names, blanks),
        focus=focus,
        place=_place(desk),
        theirs=desk.theirs,
        has_inside=_has_inside(desk),
        is_unchecked=_is_unchecked(desk),
        their_redline=redline_of(desk.slug, desk.theirs) if desk.theirs else "",
    )


def _has_inside(desk: _Desk) -> bool:
    """Whether the draft is of an organisation the writer belongs to."""
    row = desk.ground.row
    own = desk.actor.organisations_in(desk.ground.agreement.id)
    return row is not None and row.organisation_id in own


def _is_unchecked(desk: _Desk) -> bool:
    """Whether the organisation of what is written wants it checked first.

    Whatever is sent from this page are new words.
    """
    row, own = desk.ground.row, desk.head.mine
    if row is not None and (row.label or row.entered_by):
        return False
    return own is not None and own.checks_drafts


def _place(desk: _Desk) -> str:
    """Where what is typed here is kept until it is sent."""
    ground = desk.ground
    if ground.row is not None:
        return f"change:{ground.row.id}"
    about = request.args.get("clause", "") or (desk.sheet.opened or ("all",))[0]
    if ground.primary is not None:
        return f"change:{ground.primary.label}:{about}"
    return f"change:{about if about in ground.base.nodes else 'all'}"


def _looked(desk: _Desk) -> tuple[Written | None, Markup]:
    if not desk.steps:
        return None, Markup("")
    look = grounds.look(desk.ground, desk.steps, grounds.author_of(desk.head.mine))
    return look, redline_of(desk.slug, look)


def _uuid(words: str) -> uuid.UUID:
    try:
        return uuid.UUID(words)
    except ValueError:
        raise Invalid("There is no such draft.") from None
