"""Each refusal has one status."""

import pytest

from app.http.statuses import status_of
from app.kernel.errors import AppError, Conflict, Invalid, NotAllowed, NotFound, WrongMoment


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (NotFound, 404),
        (NotAllowed, 403),
        (WrongMoment, 409),
        (Conflict, 409),
        (Invalid, 422),
        (AppError, 400),
    ],
)
def test_a_refusal_has_its_status(kind, status):
    assert status_of(kind("No.")) == status


def test_no_refusal_is_forgotten():
    assert {status_of(kind("No.")) for kind in AppError.__subclasses__()} == {403, 404, 409, 422}
