"""Running an agreement: who facilitates it, and its end before adoption or after."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.access.policy import can, require
from app.actions import agreements as actions
from app.http.auth import current_actor
from app.kernel import clock
from app.kernel.errors import AppError
from app.queries import agreements as found
from app.queries import people
from app.queries.heads import head_of
from app.queries.reading import session
from app.web.forms.facilitation import EndForm, ShareForm
from app.web.rendering import page

door = Blueprint("facilitation", __name__, url_prefix="/agreements/<slug:slug>/facilitation")


@door.get("")
def show(slug: str) -> str:
    """Show who facilitates, and how the agreement could be ended now."""
    return _shown(slug, ShareForm(), EndForm())[0]


@door.post("/share")
def share(slug: str) -> Response | tuple[str, int]:
    """Let a second person facilitate."""
    actor = current_actor()
    agreement = found.get_agreement(actor, slug)
    form = ShareForm(request.form)
    if form.validate():
        try:
            person = people.by_email(session(), form.email.data)
            actions.share_facilitation(actor, agreement, user_id=person.id)
        except AppError as error:
            form.refuse(error)
        else:
            flash(gettext("%(name)s facilitates this agreement too.", name=person.name))
            return redirect(url_for("facilitation.show", slug=slug), 303)
    return _shown(slug, form, EndForm())


@door.post("/end")
def end(slug: str) -> Response | tuple[str, int]:
    """Abandon an agreement before its adoption, or record that one in force is terminated."""
    actor = current_actor()
    agreement = found.get_agreement(actor, slug)
    form = EndForm(request.form)
    if form.validate():
        terminates = can(actor, Permission.AGREEMENT_TERMINATE, agreement, clock.utcnow())
        act = actions.terminate_agreement if terminates else actions.abandon_agreement
        try:
            act(actor, agreement)
        except AppError as error:
            form.refuse(error)
        else:
            flash(gettext("The agreement has ended. Everything in it stays readable."))
            return redirect(url_for("agreements.read", slug=slug), 303)
    return _shown(slug, ShareForm(), form)


def _shown(slug: str, share_form: ShareForm, end_form: EndForm) -> tuple[str, int]:
    actor = current_actor()
    agreement = found.get_agreement(actor, slug)
    require(actor, Permission.DESK_READ, agreement, clock.utcnow())
    body = page(
        "facilitation/show.html",
        head=head_of(actor, agreement),
        agreement=agreement,
        facilitators=people.facilitators_of(session(), agreement.id),
        share_form=share_form,
        end_form=end_form,
    )
    return body, max(share_form.status, end_form.status)
