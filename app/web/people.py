"""Joining by an invitation's link. Opening the link changes nothing; joining is a form."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.access.policy import require
from app.actions import people as actions
from app.http import auth
from app.http.languages import ENGLISH, current
from app.kernel import clock
from app.kernel.errors import AppError
from app.queries import network as found
from app.web.forms.people import JoinForm
from app.web.rendering import page

door = Blueprint("people", __name__)


def _welcome(user: Any) -> None:
    """Sign a new person in, and keep the language they came in for their mails."""
    language = current()
    auth.sign_in(user)
    if language != ENGLISH:
        auth.choose_language(language)


@door.route("/invitations/<token>", methods=("GET", "POST"))
def join(token: str) -> Response | tuple[str, int]:
    """Accept an invitation: with a new account, or with the one that is signed in."""
    actor, invitation = auth.current_actor(), found.invitation_of(token)
    require(actor, Permission.INVITATION_ACCEPT, invitation, clock.utcnow())
    form = JoinForm(request.form or None)
    signed_in = auth.is_signed_in()
    if request.method == "POST" and (signed_in or form.validate()):
        try:
            hashed = None if signed_in else _hashed(form, invitation.email)
            user = actions.accept_invitation(
                actor,
                invitation,
                name="" if signed_in else form.name.data,
                password_hash=hashed,
            )
        except AppError as error:
            form.refuse(error)
        else:
            if not signed_in:
                _welcome(user)
            flash(
                gettext(
                    "You are a member of %(organisation)s.",
                    organisation=invitation.organisation.name,
                )
            )
            return redirect(url_for("home.show"), 303)
    body = page(
        "people/join.html",
        invitation=invitation,
        agreement=found.agreement_title(invitation.agreement_id),
        form=form,
    )
    return body, form.status


def _hashed(form: JoinForm, email: str) -> str:
    """Hash outside the gate: it takes long. Raises Invalid for a password that can be guessed."""
    return auth.hash_password(form.password.data, email, form.name.data)
