"""Every refusal becomes a page with a sentence that says what to do."""

from flask import Flask, Response, make_response, request
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException

from app.http.csrf import CSRFError
from app.http.languages import tell
from app.http.statuses import status_of
from app.kernel.errors import AppError
from app.kernel.said import Said, counted, said
from app.queries import reading
from app.web.rendering import page

_SENTENCES = {
    400: said(
        "The browser sent something this page doesn't understand. Go back and try once more."
    ),
    401: said(
        "You are signed out. Sign in in another tab, then come back and send this form again."
    ),
    403: said("This page is for others. Your colleagues or the facilitator can tell you who."),
    404: said("There is nothing at this address, or it isn't for you to see."),
    405: said("This address can't be opened like that. Go back and use the button again."),
    413: said("This file or form is too large. The limit is {limit}."),
    415: said("This kind of file can't be taken in."),
    429: said("Too many attempts from here. Wait a few minutes, then try again."),
    500: said("Something broke on our side, and nothing was changed. The operator can read why."),
    503: said("Concordat is busy or being looked after. Try again in a minute."),
}
_TITLES = {
    400: said("Not understood"),
    401: said("Signed out"),
    403: said("Not for you"),
    404: said("Not found"),
    409: said("Not now"),
    413: said("Too large"),
    422: said("Not yet right"),
    429: said("Too often"),
    500: said("Our mistake"),
}
_NOT_POSSIBLE = said("Not possible")
_STALE_FORM = said(
    "This form is from an earlier session, so nothing was changed. "
    "Go back, load the page again and send it once more."
)


def init_app(app: Flask) -> None:
    """Have every error of the app answered here."""
    app.register_error_handler(AppError, _refused)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _failed)


def _refused(error: AppError) -> Response:
    return _answer(status_of(error), tell(error))


def _stale(_: CSRFError) -> Response:
    return _answer(400, tell(_STALE_FORM))


def _failed(error: HTTPException) -> Response:
    """Answer the web server's own refusals, keeping headers such as Allow and Retry-After."""
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    sentence = _SENTENCES.get(status, _SENTENCES[400 if status < 500 else 500])
    answer = _answer(status, tell(said(sentence, limit=_size(request.max_content_length or 0))))
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            answer.headers[name] = value
    return answer


def _size(amount: int) -> Said:
    mega = 1024 * 1024
    if amount >= mega:
        return counted(amount // mega, "{n} megabyte", "{n} megabytes")
    return counted(amount // 1024, "{n} kilobyte", "{n} kilobytes")


def _answer(status: int, sentence: str) -> Response:
    title = _TITLES.get(status, _NOT_POSSIBLE)
    if request_ctx.url_adapter is None:
        # For a host that isn't ours there are no addresses, so no page can be drawn.
        return Response(sentence + "\n", status, mimetype="text/plain")
    # On PostgreSQL a statement that failed leaves nothing readable in its transaction.
    reading.session().rollback()
    body = page("errors/refusal.html", title=title, sentence=sentence, status=status)
    return make_response(body, status)
