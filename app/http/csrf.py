"""One check for every unsafe request: the form's token, and where the request comes from."""

from urllib.parse import urlsplit

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from app.kernel.errors import NotAllowed
from app.kernel.said import said

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_protect = CSRFProtect()

__all__ = ["CSRFError", "init_app"]


def init_app(app: Flask) -> None:
    """Guard every unsafe request of the app."""
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_CHECK_DEFAULT=True)
    app.before_request(_check_origin)
    _protect.init_app(app)


def _check_origin() -> None:
    """Refuse an unsafe request that a page of another site has sent."""
    if request.method in _SAFE:
        return
    origin = request.headers.get("Origin")
    if origin is not None:
        if origin != _origin_of(request.host_url):
            raise NotAllowed(_FOREIGN)
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise NotAllowed(_FOREIGN)


_FOREIGN = said(
    "This form came from another site, so nothing was changed. "
    "Open the page here and send it again."
)


def _origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
