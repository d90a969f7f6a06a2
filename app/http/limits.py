"""How much one may send, how often one may guess or have mail sent. Counted in this process."""

from collections.abc import Callable, Iterator
from typing import cast

from flask import Flask, Response, abort, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.datastructures import MultiDict

from app.http import auth

limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="moving-window")

GUARDED = {
    "security.login": ("5 per minute", "20 per minute"),
    "security.forgot_password": ("3 per hour", "20 per hour"),
    "security.reset_password": ("10 per minute", "20 per minute"),
    "security.change_password": ("10 per minute", "20 per minute"),
    "people.join": ("10 per minute", "20 per minute"),
}
"""Endpoint, and how often it may be posted to: an account from an address, an address."""


STRANGERS_BYTES = 64 * 1024
"""How much somebody may send who neither is signed in nor came by a pass."""


def init_app(app: Flask) -> None:
    """Guard every request's size; before anything reads a form."""
    app.before_request(_check_size)
    app.before_request(_check_signs)
    limiter.init_app(app)


def _check_size() -> None:
    """Refuse what is too large before it is read; Flask counts files, but not plain forms."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    if not auth.is_known():
        request.max_content_length = STRANGERS_BYTES
    elif request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = request.max_form_memory_size
    if (request.content_length or 0) > (request.max_content_length or 0):
        abort(413)


def _check_signs() -> None:
    """Refuse NUL, which nobody types and PostgreSQL can't hold."""
    asked = (request.path, *_typed(request.args), *_typed(request.form))
    if any("\0" in words for words in asked):
        abort(400)


def _typed(given: MultiDict[str, str]) -> Iterator[str]:
    for _, values in given.lists():
        yield from values


def guard(app: Flask) -> None:
    """Count the attempts at the guarded endpoints; call it when all of them are there."""
    for endpoint, (for_account, for_address) in GUARDED.items():
        view = app.view_functions.get(endpoint)
        if view is None:
            continue
        by_address = limiter.limit(for_address, methods=["POST"])(view)
        by_account = limiter.limit(for_account, key_func=_account_and_address, methods=["POST"])
        app.view_functions[endpoint] = cast("Callable[..., Response]", by_account(by_address))


def _account_and_address() -> str:
    """Both, so that nobody can lock another person out from elsewhere."""
    account = request.form.get("email", "").strip().lower()[:255]
    return f"{account} {get_remote_address()}"
