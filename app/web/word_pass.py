"""By the link of a letter: the copy of a version, and the answers, without signing in."""

from flask import Blueprint, g, redirect, url_for
from werkzeug.wrappers import Response

from app.http import auth, passes
from app.kernel import clock
from app.kernel.errors import NotFound
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
    held = _holder(token)
    g.zone = held.agreement.timezone
    return page(
        "word/pass.html",
        token=token,
        held=held,
        is_open=held.may_return(clock.utcnow()),
        answered=word_exports.is_answered(session(), held.round),
    )


@door.get("/copy.docx")
def copy(token: str) -> Response:
    """The version that was sent, with its comments."""
    held = _holder(token)
    return _file(held, Wish("copy", version=held.version, comments=True, guidance=True))


@door.get("/answers.docx")
def answers(token: str) -> Response:
    """What was decided on that version, and every answer to what the holder's side said."""
    held = _holder(token)
    if not word_exports.is_answered(session(), held.round) or held.round is None:
        raise NotFound("Nothing is answered yet.")
    wish = Wish("answers", round=held.round.number, organisation=held.organisation.id)
    return _file(held, wish)


@door.get("/back")
@door.get("/back/<waiting>")
def back(token: str, waiting: str = "") -> Response:
    """Lead the holder to where the copy comes back, or to what waits there to be confirmed."""
    held = _holder(token)
    if not held.may_return(clock.utcnow()):
        return redirect(url_for("word_pass.show", token=token), 303)
    auth.come_by_pass(token)
    slug = held.agreement.slug
    if waiting:
        return redirect(url_for("word_returns.preview", slug=slug, token=waiting), 303)
    return redirect(url_for("word_returns.choose", slug=slug), 303)


def _holder(token: str) -> Holder:
    held = passes.read(token)
    return word_passes.holder_of(session(), held.seat_id, held.version)


def _file(held: Holder, wish: Wish) -> Response:
    made = word_exports.export(session(), held.agreement, wish)
    return files.attachment(made.name, files.WORD, made.content)
