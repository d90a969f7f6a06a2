"""Consolidation: settling conflicts, editing with a reason, publishing the next version."""

import uuid
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from app.actions import consolidation as actions
from app.actions import dispositions
from app.domain.answering import Given
from app.domain.lifecycle import Outcome
from app.http import auth
from app.http.languages import flash
from app.kernel.errors import AppError, Conflict
from app.kernel.said import counted, listed, said, strung
from app.queries import agreements, carried, consolidations, publication, replaying, settling
from app.queries import desk as found
from app.queries.heads import head_of
from app.queries.reading import session
from app.queries.settling import Settling
from app.web import desk_lists, meeting, merging, sides
from app.web.forms.consolidation import EditForm, PublishForm, SettleForm
from app.web.rendering import page

door = Blueprint("consolidation", __name__, url_prefix="/agreements/<slug:slug>/desk")


@door.get("/consolidate")
def show(slug: str) -> str:
    """Show what the decisions come to: the queue, what merges, what follows, what is missing."""
    agreement, held = on_desk(slug)
    settled = settling.settling_of(session(), held)
    return page(
        "consolidation/show.html",
        head=head_of(auth.current_actor(), agreement),
        views=desk_lists.views(slug, "merge"),
        opened=held,
        settled=settled,
        queue=merging.queue(slug, settled),
        blockers=merging.blockers(slug, publication.blockers_of(session(), settled.standing)),
        consequences=[one for one in settled.standing.consequences if one.severity != "blocks"],
    )


@door.get("/consolidate/<key:key>")
def clause(slug: str, key: str) -> str:
    """Show one clause: what meets there, what comes of it, and what follows."""
    agreement, held = on_desk(slug)
    return clause_page(agreement, settling.settling_of(session(), held), key)


@door.get("/consolidate/<key:key>/steps")
def steps(slug: str, key: str) -> str:
    """Show how the clause was merged, amendment by amendment."""
    agreement, held = on_desk(slug)
    settled = settling.settling_of(session(), held)
    settled.node(key)
    made = replaying.steps_of(settled, key)
    return page(
        "consolidation/steps.html",
        head=head_of(auth.current_actor(), agreement),
        views=desk_lists.views(slug, "merge"),
        settled=settled,
        queue=merging.queue(slug, settled, key),
        about=merging.about(slug, settled, key),
        steps=[(one, merging.drawn(slug, one.line)) for one in made],
        base=merging.drawn(slug, settled.base(key)),
    )


@door.post("/consolidate/<key:key>")
def settle(slug: str, key: str) -> Response | str | tuple[str, int]:
    """Settle a conflict, or show what would come of it."""
    agreement, held = on_desk(slug)
    form = SettleForm(request.form)
    if request.form.get("do", "").startswith("begin "):
        settled = settling.settling_of(session(), held)
        form.begin(sides.begun(settled, form.conflict.data or "", request.form["do"][6:]))
        return clause_page(agreement, settled, key, settle=form)
    if form.validate():
        try:
            choice, value = form.value(_places())
            if request.form.get("do") == "look":
                settled = settling.settling_of(session(), held)
                tried = _tried(settled, form, choice, value)
                return clause_page(agreement, settled, key, settle=form, tried=tried)
            actions.resolve_conflict(
                auth.current_actor(),
                held,
                conflict=form.conflict.data or "",
                choice=choice,
                value=value,
                why=form.why.data or "",
            )
        except AppError as error:
            form.refuse(error)
        else:
            return _decided(slug, key, held)
    settled = settling.settling_of(session(), held)
    if form.status == 409:
        form.refusal = meeting.about_conflict(settled, form.conflict.data or "") or form.refusal
    return clause_page(agreement, settled, key, settle=form), form.status


@door.post("/consolidate/<key:key>/put-off")
def put_off(slug: str, key: str) -> Response | tuple[str, int]:
    """Don't decide a conflict here: its amendments are open again, for a ballot or later."""
    agreement, held = on_desk(slug)
    form = SettleForm(request.form)
    settled = settling.settling_of(session(), held)
    rows = settled.rows_in(form.conflict.data or "")
    to_ballot = request.form.get("to") == "ballot"
    words = said("Put to a ballot.") if to_ballot else said("Left for the next round.")
    try:
        pressed = dispositions.answer_contributions(
            auth.current_actor(),
            held,
            given=[Given(row.id, words) for row in rows],
            outcome=Outcome.DEFERRED,
        )
    except AppError as error:
        form.refuse(error)
        return clause_page(agreement, settled, key, settle=form), form.status
    names = listed(pressed.changed)
    flash(
        strung(
            (
                counted(
                    len(pressed.changed),
                    "{names} is open again.",
                    "{names} are open again.",
                    names=names,
                ),
                words,
            )
        )
    )
    for left in pressed.left_out:
        flash(said("{number}: {why}", number=left.number, why=left.why), "bad")
    if to_ballot:
        asked = [str(row.id) for row in rows if row.label in pressed.changed]
        return redirect(url_for("ballots.new", slug=slug, amendment=asked), 303)
    return redirect(url_for("consolidation.clause", slug=slug, key=key), 303)


@door.post("/consolidate/<key:key>/undo/<uuid:row>")
def undo(slug: str, key: str, row: uuid.UUID) -> Response:
    """Open a settled conflict again."""
    _, held = on_desk(slug)
    resolution = consolidations.get_resolution(session(), held.id, row)
    actions.undo_resolution(auth.current_actor(), resolution)
    flash(said("Undone: the conflict is open again."))
    return redirect(url_for("consolidation.clause", slug=slug, key=key), 303)


@door.post("/consolidate/<key:key>/edit")
def edit(slug: str, key: str) -> Response | str | tuple[str, int]:
    """Change a clause of the coming text with a reason, or show what follows from it."""
    agreement, held = on_desk(slug)
    form = EditForm(request.form)
    settled = settling.settling_of(session(), held)
    if form.validate():
        try:
            steps = merging.steps(settled, key, form)
            if request.form.get("do") == "look":
                return clause_page(agreement, settled, key, edit=form, steps=steps)
            actions.edit_text(auth.current_actor(), held, operations=steps, why=form.why.data or "")
        except AppError as error:
            form.refuse(error)
        else:
            flash(said("Edited. It can be undone until the version is published."))
            return redirect(url_for("consolidation.clause", slug=slug, key=key), 303)
    if form.status == 409:
        settled = settling.settling_of(session(), held)
        form.seen.data = merging.stamp(settled, key)
        form.refusal = meeting.about_clause(settled, key) or form.refusal
    return clause_page(agreement, settled, key, edit=form), form.status


@door.post("/consolidate/<key:key>/edits/<number:number>/undo")
def undo_edit(slug: str, key: str, number: int) -> Response:
    """Take an edit back."""
    _, held = on_desk(slug)
    row = consolidations.get_edit(session(), held.id, number)
    actions.undo_edit(auth.current_actor(), row)
    flash(said("Undone: edit {number}.", number=number))
    return redirect(url_for("consolidation.clause", slug=slug, key=key), 303)


@door.get("/publish")
def confirm(slug: str) -> str:
    """Show what publishing would do, in numbers, or what stands in its way."""
    agreement, held = on_desk(slug)
    return _confirm(agreement, held, PublishForm())


@door.post("/publish")
def publish(slug: str) -> Response | tuple[str, int]:
    """Publish the version that was shown."""
    agreement, held = on_desk(slug)
    form = PublishForm(request.form)
    if form.validate():
        coming = publication.publication_of(session(), held)
        counts = merging.fates_told(coming)
        try:
            if form.seen.data != coming.tree.version_hash:
                raise Conflict("The text changed since this page was made. Look at it once more.")
            version = actions.publish_version(auth.current_actor(), held, note=form.note.data or "")
        except AppError as error:
            form.refuse(error)
        else:
            flash(
                said(
                    "Version {number} is published. {counts}", number=version.number, counts=counts
                )
            )
            return redirect(url_for("versions.show", slug=slug, number=version.number), 303)
    return _confirm(agreement, held, form), form.status


def on_desk(slug: str) -> tuple[Any, Any]:
    """The agreement and its latest round, for the facilitator alone."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    return agreement, found.round_on_desk(actor, agreement)


def _places() -> dict[int, int]:
    """At which place each amendment of a conflict shall stand."""
    found = {}
    for name, value in request.form.items():
        number = name.removeprefix("place-")
        if name.startswith("place-") and number.isdecimal() and value.isdecimal():
            found[int(number[:9])] = int(value[:4])
    return found


def _tried(settled: Settling, form: SettleForm, choice: str, value: object) -> Settling:
    standing = settled.standing
    tried = consolidations.try_out(standing, form.conflict.data or "", choice, value)
    return settling.settling_from(session(), tried)


def _decided(slug: str, key: str, held: Any) -> Response:
    """Say so, and go to the next open conflict."""
    settled = settling.settling_of(session(), held)
    following = next((one.found.clause for one in settled.open), key)
    flash(
        said(
            "Decided: {name}. It can be undone until the version is published.",
            name=settled.name(key),
        )
    )
    return redirect(url_for("consolidation.clause", slug=slug, key=following), 303)


def clause_page(
    agreement: Any,
    settled: Settling,
    key: str,
    *,
    template: str = "consolidation/clause.html",
    form: Any = None,
    following: Any = None,
    **shown: Any,
) -> str:
    """The page of one clause; `shown` is what was typed or is tried, as merging.about takes it."""
    settled.node(key)
    return page(
        template,
        head=head_of(auth.current_actor(), agreement),
        views=desk_lists.views(agreement.slug, "merge"),
        settled=settled,
        queue=merging.queue(agreement.slug, settled, key),
        about=merging.about(agreement.slug, settled, key, **shown),
        form=form,
        following=following,
    )


def _confirm(agreement: Any, held: Any, form: PublishForm) -> str:
    coming = publication.publication_of(session(), held)
    form.seen.data = coming.tree.version_hash
    return page(
        "consolidation/publish.html",
        head=head_of(auth.current_actor(), agreement),
        views=desk_lists.views(agreement.slug, "merge"),
        opened=held,
        form=form,
        coming=coming,
        blockers=merging.blockers(agreement.slug, coming.blockers),
        lines=merging.publication_lines(coming),
        listed=carried.coming_list(session(), coming),
    )
