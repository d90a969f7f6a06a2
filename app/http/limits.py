"""How often one may guess a password or have a mail sent. Counted in memory: one process."""

from collections.abc import Callable
from typing import cast

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="moving-window")

GUARDED = {
    "security.login": ("5 per minute", "20 per minute"),
    "security.forgot_password": ("3 per hour", "20 per hour"),
    "security.reset_password": ("10 per minute", "20 per minute"),
    "security.change_password": ("10 per minute", "20 per minute"),
    "people.join": ("10 per minute", "20 per minute"),
}
"""Endpoint, and how often it may be posted to: an account from an address, an address."""


def init_app(app: Flask) -> None:
    """Guard the endpoints; call it when all of them are there."""
    limiter.init_app(app)
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
