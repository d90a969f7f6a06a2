"""Bundles: uncontested amendments to be accepted together, unless one is pulled out in time."""

import uuid
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.access.policy import can
from app.actions import alternatives as alternative_actions
from app.actions import bundles as actions
from app.actions import dispositions
from app.http import auth
from app.http.languages import flash, tell
from app.http.statuses import status_of
from app.kernel import clock
from app.kernel.errors import AppError, Conflict, Invalid, NotFound
from app.kernel.said import said
from app.queries import agreements, alternatives
from app.queries import bundles as found
from app.queries.desk import Item
from app.queries.desk_items import desk_of
from app.queries.heads import agreement_and_head
from app.queries.reading import session
from app.queries.rounds import latest_round
from app.web import desk_lists
from app.web.forms.bundles import BundleForm
from app.web.moments import zone_of
from app.web.rendering import page

door = Blueprint("bundles", __name__, url_prefix="/agreements/<slug:slug>/bundles")


@door.get("")
def index(slug: str) -> str:
    """Show all bundles; to the facilitator what could be in the next one, and why not."""
    return _page(slug, BundleForm(), ())


@door.post("")
def propose(slug: str) -> Response | tuple[str, int]:
    """Propose that what is ticked be accepted together."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    form = BundleForm(request.form)
    ticked = _ticked()
    if form.validate():
        try:
            made = actions.propose_bundle(
                actor,
                latest_round(session(), agreement),
                amendments=ticked,
                closes_at=form.moment(agreement.timezone),
                reason=form.reason.data or "",
            )
        except AppError as error:
            form.refuse(error)
        else:
            flash(
                said(
                    "Bundle {number} is proposed. Everybody who takes part is told.",
                    number=made.number,
                )
            )
            return redirect(url_for("bundles.index", slug=slug), 303)
    return _page(slug, form, ticked), form.status


@door.post("/alternatives")
def declare(slug: str) -> Response | tuple[str, int]:
    """Declare that what is ticked excludes each other."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    held = latest_round(session(), agreement)
    chosen = _ticked()
    try:
        alternative_actions.declare_alternatives(actor, held, amendments=chosen)
    except (Conflict, Invalid) as error:
        return _page(slug, BundleForm(), (), chosen, tell(error)), status_of(error)
    flash(
        said(
            "Declared. Once one of them is accepted, the others fall; undoing it brings them back."
        )
    )
    return redirect(url_for("bundles.index", slug=slug), 303)


@door.post("/<number:number>/pull")
def pull(slug: str, number: int) -> Response:
    """Pull one amendment out of a bundle."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    bundle = found.get_bundle(session(), agreement.id, number)
    ticked = _ticked()
    if not ticked:
        raise NotFound("There is no such amendment in the bundle.")
    actions.pull_out(actor, bundle, amendment_id=ticked[0])
    flash(said("Pulled out. It is decided alone now, and its facilitator is told."))
    return redirect(url_for("bundles.index", slug=slug), 303)


@door.post("/<number:number>/accept")
def accept(slug: str, number: int) -> Response:
    """Accept what nobody pulled out, after the deadline."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    bundle = found.get_bundle(session(), agreement.id, number)
    dispositions.accept_bundle(actor, bundle)
    flash(said("What was left of bundle {number} is accepted.", number=number))
    return redirect(url_for("bundles.index", slug=slug), 303)


def _ticked() -> tuple[uuid.UUID, ...]:
    """The ids that were sent; nonsense is left out."""
    ids = []
    for typed in request.form.getlist("amendment"):
        try:
            ids.append(uuid.UUID(typed))
        except ValueError:
            continue
    return tuple(ids)


def _asked(agreement: Any, held: Any) -> dict[uuid.UUID, Item]:
    """The amendments of the round as the desk has them, to say what each asks."""
    return {item.id: item for item in desk_of(agreement, held).items if item.is_amendment}


def _page(
    slug: str,
    form: BundleForm,
    ticked: tuple[uuid.UUID, ...],
    chosen: tuple[uuid.UUID, ...] = (),
    refusal: str = "",
) -> str:
    """The page; `ticked` for a bundle, `chosen` as alternatives with why they were refused."""
    actor = auth.current_actor()
    agreement, head = agreement_and_head(actor, slug)
    now = clock.utcnow()
    held: Any = head.held
    proposes = held is not None and can(actor, Permission.BUNDLE_PROPOSE, held, now)
    declares = held is not None and can(actor, Permission.DISPOSITION_GIVE, held, now)
    return page(
        "bundles/index.html",
        head=head,
        views=desk_lists.views(slug, "bundles") if head.is_facilitator else None,
        bundles=found.bundles_of(session(), agreement.id),
        proposable=found.proposable_in(session(), held) if proposes else (),
        asked=_asked(agreement, held) if held is not None else {},
        proposes=proposes,
        declared=alternatives.declared_in(session(), held) if held is not None else {},
        rivals=alternatives.proposed_in(session(), held) if declares else (),
        choosable=alternatives.open_in(session(), held) if declares else (),
        chosen=chosen,
        refusal=refusal,
        form=form,
        ticked=ticked,
        now=now,
        zone_words=zone_of(agreement.timezone),
    )
