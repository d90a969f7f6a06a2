"""Who takes part in an agreement: organisations, their seats, invitations, leaving."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app.access.actor import Actor, Role
from app.access.permissions import Permission
from app.access.policy import require
from app.actions import agreements as actions
from app.actions import people, signatures
from app.domain.words import named
from app.http import auth
from app.http.languages import tell
from app.kernel import clock
from app.kernel.errors import AppError, NotFound
from app.kernel.ids import hash_of_token, new_token
from app.queries import agreements, heads, network, participants, readers, templates
from app.queries.participants import Company, Line
from app.queries.readers import Reader
from app.queries.reading import session
from app.web.forms.participants import InviteForm, JoinForm, SeatForm
from app.web.network import mail_invitation
from app.web.rendering import page

door = Blueprint("participants", __name__, url_prefix="/agreements/<slug:slug>/participants")

Answer = str | Response | tuple[str, int]


@dataclass
class _Forms:
    """The forms of the page; what was sent and refused stands in its place, open."""

    join: JoinForm = field(default_factory=JoinForm)
    seats: dict[uuid.UUID, SeatForm] = field(default_factory=dict)
    invitations: dict[uuid.UUID, InviteForm] = field(default_factory=dict)
    links: dict[uuid.UUID, str] = field(default_factory=dict)


@door.get("")
def index(slug: str) -> str:
    """Show who takes part, with what seats, and what each party still has to do."""
    return _page(slug, _Forms())


@door.post("")
def join(slug: str) -> Answer:
    """Let an organisation of the network take part."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    company = participants.company_of(actor, agreement)
    forms = _Forms(join=_join_form(company, agreement.template_slug, JoinForm(request.form)))
    if forms.join.validate():
        try:
            organisation = network.get_organisation(forms.join.organisation.data)
            actions.add_participant(
                actor,
                agreement,
                organisation=organisation,
                kind=forms.join.kind.data,
                role=forms.join.role.data or "",
            )
        except AppError as error:
            forms.join.refuse(error)
        else:
            flash(
                gettext(
                    "%(organisation)s takes part now. Give its people their seats next.",
                    organisation=organisation.name,
                )
            )
            return redirect(url_for(".index", slug=slug, _anchor=f"p-{organisation.code}"), 303)
    return _page(slug, forms), forms.join.status


@door.post("/<uuid:participant_id>/seats")
def give_seat(slug: str, participant_id: uuid.UUID) -> Answer:
    """Give a member of an organisation a seat."""
    actor = auth.current_actor()
    participant = participants.get_participant(
        agreements.get_agreement(actor, slug), participant_id
    )
    form = SeatForm(request.form)
    form.person.validate_choice = False
    if form.validate():
        try:
            seat = actions.give_seat(
                actor, participant, user_id=_id(form.person.data), role=Role(form.role.data)
            )
        except AppError as error:
            form.refuse(error)
        else:
            flash(
                gettext(
                    "Given: %(role)s of %(organisation)s.",
                    role=tell(named(seat.role)),
                    organisation=participant.organisation.name,
                )
            )
            return _back(slug, participant.organisation.code)
    return _page(slug, _Forms(seats={participant_id: form})), form.status


@door.post("/<uuid:participant_id>/seats/<uuid:seat_id>/end")
def end_seat(slug: str, participant_id: uuid.UUID, seat_id: uuid.UUID) -> Response:
    """End one seat."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    participant = participants.get_participant(agreement, participant_id)
    actions.end_seat(actor, participant, seat_id=seat_id)
    flash(
        gettext("Ended: one seat of %(organisation)s.", organisation=participant.organisation.name)
    )
    return _back(slug, participant.organisation.code)


@door.post("/<uuid:participant_id>/invitations")
def invite(slug: str, participant_id: uuid.UUID) -> Answer:
    """Invite somebody to a seat; the link is mailed, and shown once so it can be sent by hand."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    participant = participants.get_participant(agreement, participant_id)
    form, organisation = InviteForm(request.form), participant.organisation
    if form.validate():
        token = new_token()
        try:
            people.invite_person(
                actor,
                organisation,
                email=form.email.data or "",
                token_hash=hash_of_token(token),
                agreement=agreement,
                role=form.role.data,
            )
        except AppError as error:
            form.refuse(error)
        else:
            link = str(current_app.config["BASE_URL"]) + url_for("people.join", token=token)
            mail_invitation(form.email.data or "", organisation.name, link)
            return _page(slug, _Forms(links={participant_id: link}))
    return _page(slug, _Forms(invitations={participant_id: form})), form.status


@door.post("/<uuid:participant_id>/confirm")
def confirm(slug: str, participant_id: uuid.UUID) -> Response:
    """Confirm what the signature page will say of a party."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    participant = participants.get_participant(agreement, participant_id)
    try:
        signatures.confirm_details(actor, participant)
        flash(
            gettext(
                "Confirmed: the details of %(organisation)s.",
                organisation=participant.organisation.name,
            )
        )
    except AppError as error:
        flash(tell(error), "bad")
    return _back(slug, participant.organisation.code)


@door.route("/<uuid:participant_id>/leave", methods=["GET", "POST"])
def leave(slug: str, participant_id: uuid.UUID) -> Answer:
    """Let an organisation leave, after a page that says what that means."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    participant = participants.get_participant(agreement, participant_id)
    require(actor, Permission.SEAT_GIVE, participant, clock.utcnow())
    if request.method == "GET":
        head = heads.head_of(actor, agreement)
        return page("participants/leave.html", head=head, participant=participant)
    name, own = participant.organisation.name, participant.organisation_id in actor.organisations
    actions.end_participation(actor, participant)
    flash(
        gettext("%(organisation)s takes no part any more. What it said stays.", organisation=name)
    )
    is_facilitator = bool(actor.stands_in(agreement.id, Role.FACILITATOR))
    if own and not is_facilitator:
        return redirect(url_for("agreements.index"), 303)
    return redirect(url_for(".index", slug=slug), 303)


def _page(slug: str, forms: _Forms) -> str:
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    company = participants.company_of(actor, agreement)
    _join_form(company, agreement.template_slug, forms.join)
    for line in company.lines:
        forms.seats.setdefault(line.row.id, SeatForm())
        forms.invitations.setdefault(line.row.id, InviteForm())
        forms.seats[line.row.id].person.choices = _people(line)
    return page(
        "participants/index.html",
        agreement=agreement,
        head=heads.head_of(actor, agreement),
        company=company,
        readers=_readers(actor, agreement),
        roles=_roles(agreement.template_slug),
        forms=forms,
    )


def _readers(actor: Actor, agreement: Any) -> tuple[Reader, ...]:
    """The people of one's own organisations, with when they read the text of the round."""
    own = actor.voice_in(agreement.id)
    held = agreements.round_of(session(), agreement.id) if own is not None else None
    if held is None:
        return ()
    found = readers.readers_of(session(), actor, agreement, held)
    return tuple(one for one in found if one.organisation_id == own)


def _join_form(company: Company, template: str, form: JoinForm) -> JoinForm:
    form.organisation.choices = [
        SelectChoice("", gettext("Choose an organisation")),
        *(SelectChoice(*other) for other in company.others),
    ]
    form.role.choices = [
        SelectChoice("", gettext("None in particular")),
        *(SelectChoice(*role) for role in _roles(template).items()),
    ]
    return form


def _people(line: Line) -> list[SelectChoice]:
    people = (SelectChoice(str(person.id), person.name) for person in line.people)
    return [SelectChoice("", gettext("Choose a person")), *people]


def _roles(template: str) -> dict[str, str]:
    """The roles of the template the agreement was made from."""
    try:
        document = templates.get_family(template).newest
    except NotFound:
        return {}
    return {role.name: role.label for role in document.roles}


def _id(words: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(words or "")
    except ValueError:
        raise NotFound("There is no such person.") from None


def _back(slug: str, code: str) -> Response:
    return redirect(url_for(".index", slug=slug, _anchor=f"p-{code}"), 303)
