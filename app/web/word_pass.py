"""By the link of a letter: the copy of a version, and the answers, without signing in.

Opening an address changes nothing. Whoever brings a copy back for the person the link was sent to
presses a button on a page that names that person.
"""

from flask import Blueprint, g, redirect, url_for
from werkzeug.wrappers import Response

from app.http import auth, passes, quarantine
from app.kernel import clock
from app.queries import word_exports, word_passes
from app.queries.reading import session
from app.queries.word_exports import Wish
from app.queries.word_passes import Holder
from app.web import files
from app.web.rendering import page

door = Blueprint("word_pass", __name__, url_prefix="/word/<token>")


@door.get("")
def show(token: str) -> str:
    """What the holder of the link can do now."""
    return _shown(token, "")


@door.get("/back")
@door.get("/back/<waiting>")
def back(token: str, waiting: str = "") -> str:
    """The same, with the file that came by mail and waits."""
    return _shown(token, waiting)


@door.post("/back")
@door.post("/back/<waiting>")
def enter(token: str, waiting: str = "") -> Response:
    """Go where the copy comes back, or to what waits there: for the holder, or signed in."""
    held = _holder(token)
    if not held.may_return(clock.utcnow()):
        return redirect(url_for("word_pass.show", token=token), 303)
    if not auth.is_signed_in():
        auth.come_by_pass(token)
    slug = held.agreement.slug
    if waiting:
        return redirect(url_for("word_returns.preview", slug=slug, token=waiting), 303)
    return redirect(url_for("word_returns.choose", slug=slug), 303)


@door.post("/leave")
def leave(token: str) -> Response:
    """Act for nobody in this browser any more."""
    auth.leave_pass()
    return redirect(url_for("word_pass.show", token=token), 303)


@door.get("/copy.docx")
def copy(token: str) -> Response:
    """The version that was sent, with its comments."""
    held = _holder(token)
    return _file(held, word_passes.copy_for(held))


@door.get("/answers.docx")
def answers(token: str) -> Response:
    """What was decided on that version, and every answer to what the holder's side said."""
    held = _holder(token)
    return _file(held, word_passes.answers_for(session(), held))


def _shown(token: str, waiting: str) -> str:
    held = _holder(token)
    g.zone = held.agreement.timezone
    return page(
        "word/pass.html",
        token=token,
        held=held,
        is_open=held.may_return(clock.utcnow()),
        answered=word_exports.is_answered(session(), held.round),
        waiting=waiting,
        file=quarantine.get(waiting, held.person.id).name if waiting else "",
    )


def _holder(token: str) -> Holder:
    held = passes.read(token)
    return word_passes.holder_of(session(), held.seat_id, held.version)


def _file(held: Holder, wish: Wish) -> Response:
    made = word_exports.export(session(), held.agreement, wish)
    return files.attachment(made.name, files.WORD, made.content)
