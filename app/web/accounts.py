"""One's own account. Sign-in, password and reset are Flask-Security's pages."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.http import auth
from app.http.languages import choose_anew, flash
from app.kernel.said import said
from app.web.forms.accounts import LanguageForm
from app.web.rendering import page

door = Blueprint("accounts", __name__, url_prefix="/account")


@door.get("")
def show() -> str:
    """Show who is signed in, and what they can do about their account."""
    return _shown(LanguageForm(language=auth.current_person().language))


def _shown(form: LanguageForm) -> str:
    return page("accounts/show.html", person=auth.current_person(), form=form)


@door.post("/language")
def choose_language() -> ResponseReturnValue:
    """Keep the language that the person chose."""
    form = LanguageForm(request.form)
    if not form.validate():
        return _shown(form), form.status
    auth.choose_language(form.language.data)
    choose_anew()
    flash(said("Pages and mails are in this language now; agreements stay as they are written."))
    return redirect(url_for("accounts.show"), 303)


@door.post("/sessions/end")
def end_sessions() -> Response:
    """Sign the person out everywhere but here."""
    auth.end_all_sessions()
    flash(said("Signed out everywhere else. This browser stays signed in."))
    return redirect(url_for("accounts.show"), 303)
