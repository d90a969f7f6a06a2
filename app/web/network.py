"""The network: its organisations, a profile with its people, invitations."""

import uuid

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext
from flask_mailman import EmailMessage
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.access.policy import require
from app.actions import people as actions
from app.http import auth
from app.kernel import clock
from app.kernel.errors import AppError, Conflict
from app.kernel.ids import hash_of_token, new_token
from app.queries import network as found
from app.queries.head_facts import called
from app.web.forms.people import AddOrganisationForm, InviteForm, ProfileForm
from app.web.rendering import page

door = Blueprint("network", __name__, url_prefix="/network")


@door.get("")
def index() -> str:
    """Show all organisations of the network."""
    workspace = found.workspace()
    return page(
        "network/index.html",
        workspace=workspace,
        called=called(workspace.noun),
        organisations=found.organisations(),
    )


@door.route("/new", methods=("GET", "POST"))
def add() -> Response | tuple[str, int]:
    """Add an organisation; an operator does this."""
    actor, workspace = auth.current_actor(), found.workspace()
    require(actor, Permission.NETWORK_MANAGE, workspace, clock.utcnow())
    form = AddOrganisationForm(request.form or None)
    if request.method == "POST" and form.validate():
        try:
            added = actions.add_organisation(
                actor,
                workspace,
                name=form.name.data,
                code=form.code.data,
                country=form.country.data,
                city=form.city.data or "",
            )
        except AppError as error:
            form.refuse(error)
        else:
            flash(
                gettext(
                    "%(organisation)s is part of the network. Invite its people next.",
                    organisation=added.name,
                )
            )
            return redirect(url_for("network.show", slug=added.slug), 303)
    return page("network/add.html", form=form, workspace=workspace), form.status


@door.get("/<slug:slug>")
def show(slug: str) -> str:
    """Show one organisation: its profile, its people, the invitations that are open."""
    return _shown(slug, InviteForm())[0]


def _shown(slug: str, form: InviteForm, link: str = "") -> tuple[str, int]:
    organisation = found.get_organisation(slug)
    body = page(
        "network/show.html",
        organisation=organisation,
        members=found.members_of(organisation),
        invitations=found.open_invitations(organisation),
        form=form,
        link=link,
        is_mine=organisation.id in auth.current_actor().organisations,
    )
    return body, form.status


@door.route("/<slug:slug>/profile", methods=("GET", "POST"))
def edit(slug: str) -> Response | tuple[str, int]:
    """Change the profile and what the signature page says."""
    actor, organisation = auth.current_actor(), found.get_organisation(slug)
    require(actor, Permission.ORGANISATION_EDIT, organisation, clock.utcnow())
    form = ProfileForm(request.form or None, obj=organisation, seen=organisation.row_version)
    if request.method == "POST" and form.validate():
        try:
            actions.edit_organisation(
                actor,
                organisation,
                details=form.party(organisation.code),
                country=form.country.data.strip().upper(),
                city=(form.city.data or "").strip(),
                seen=_number(form.seen.data),
            )
        except AppError as error:
            form.refuse(error)
        else:
            flash(gettext("Saved."))
            return redirect(url_for("network.show", slug=slug), 303)
    return page("network/edit.html", organisation=organisation, form=form), form.status


def _number(words: str | None) -> int:
    if not (words or "").isdecimal() or len(words or "") > _LONGEST_NUMBER:
        raise Conflict("This form is too old. Open the page again.")
    return int(words or 0)


_LONGEST_NUMBER = 9


@door.post("/<slug:slug>/checking")
def checking(slug: str) -> Response:
    """Let drafts be proposed only once a colleague has checked them, or no longer."""
    checks = request.form.get("checks") == "1"
    actions.choose_checking(auth.current_actor(), found.get_organisation(slug), checks=checks)
    flash(
        gettext("From now on a draft is proposed only once a colleague has checked it.")
        if checks
        else gettext("From now on a draft can be proposed unchecked.")
    )
    return redirect(url_for("network.show", slug=slug), 303)


@door.post("/<slug:slug>/invitations")
def invite(slug: str) -> Response | tuple[str, int]:
    """Invite somebody; the link is mailed, and shown once so that it can be sent by hand."""
    actor, organisation = auth.current_actor(), found.get_organisation(slug)
    form = InviteForm(request.form)
    if form.validate():
        token = new_token()
        try:
            actions.invite_person(
                actor,
                organisation,
                email=form.email.data,
                token_hash=hash_of_token(token),
                is_administrator=form.is_administrator.data,
            )
        except AppError as error:
            form.refuse(error)
        else:
            link = _link(token)
            mail_invitation(form.email.data, organisation.name, link)
            return _shown(slug, InviteForm(), link)
    return _shown(slug, form)


def _link(token: str) -> str:
    return str(current_app.config["BASE_URL"]) + url_for("people.join", token=token)


def mail_invitation(email: str, organisation: str, link: str) -> None:
    """Mail a link; where mail fails the page still shows it."""
    invited = gettext(
        "You are invited to join %(organisation)s on Concordat, where organisations write an "
        "agreement together.",
        organisation=organisation,
    )
    asked = gettext("Open this link within 14 days:")
    warned = gettext("It works once and is meant for you alone.")
    words = f"{invited}\n\n{asked}\n{link}\n\n{warned}\n"
    try:
        subject = gettext("Join %(organisation)s on Concordat", organisation=organisation)
        subject = " ".join(subject.split())
        EmailMessage(subject, words, to=[email.strip()]).send()
    except OSError:
        flash(gettext("The mail could not be sent. Send the link below by hand."), "warn")


@door.post("/<slug:slug>/invitations/<uuid:invitation_id>/revoke")
def revoke(slug: str, invitation_id: uuid.UUID) -> Response:
    """Take an invitation back."""
    organisation = found.get_organisation(slug)
    actions.revoke_invitation(
        auth.current_actor(), found.get_invitation(organisation, invitation_id)
    )
    flash(gettext("The invitation is taken back; its link is dead."))
    return redirect(url_for("network.show", slug=slug), 303)


@door.post("/<slug:slug>/people/<uuid:user_id>/remove")
def remove(slug: str, user_id: uuid.UUID) -> Response:
    """End a membership with every right that came from it."""
    actions.remove_person(auth.current_actor(), found.get_organisation(slug), user_id=user_id)
    flash(gettext("The membership has ended, and with it every seat it gave."))
    return redirect(url_for("network.show", slug=slug), 303)
