"""The one place where a refusal becomes an HTTP status."""

from app.kernel.errors import AppError, Conflict, Invalid, NotAllowed, NotFound, WrongMoment

_STATUSES: dict[type[AppError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    WrongMoment: 409,
    Conflict: 409,
    Invalid: 422,
}


def status_of(error: AppError) -> int:
    """The status for a refusal; 400 for one that is none of the five."""
    return next((code for kind, code in _STATUSES.items() if isinstance(error, kind)), 400)
