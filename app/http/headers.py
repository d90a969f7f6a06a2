"""What every answer tells the browser: nothing from elsewhere, nothing inline, nothing kept."""

from flask import Flask, Response, request

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with it browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_A_YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Add the headers to every answer of the app, errors and files included."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={_A_YEAR}; includeSubDomains"
    if request.endpoint in {"static", "static_kept"}:
        return response
    response.vary.update(("Cookie", "Accept-Language"))
    if request.endpoint == "security.logout":
        response.headers["Clear-Site-Data"] = '"cache"'
    # A page with a name of its own (http/etags) is kept by the browser, which asks every time.
    if not (response.cache_control.private and response.get_etag()[0]):
        response.headers["Cache-Control"] = "no-store"
    return response
