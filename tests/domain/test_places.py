import pytest

from app.domain import places
from app.kernel.errors import Invalid


@pytest.mark.parametrize(
    "place", ["desk", "clause:answer-time", "settle:c4k0w8z1m2a:3f2a", "desk:C12", "desk:A1.1"]
)
def test_a_place_names_a_room_and_what_is_in_it(place):
    assert places.checked(place) == place


@pytest.mark.parametrize("place", ["", "Desk", "a:b:c:d", "desk:", "a b", "x" * 81, "desk:é"])
def test_anything_else_is_none(place):
    with pytest.raises(Invalid, match="no such place"):
        places.checked(place)


def test_the_desk_and_what_is_on_it_is_the_facilitators_own():
    assert places.is_on_desk("desk") and places.is_on_desk("desk:C12")
    assert not places.is_on_desk("clause:desk")
