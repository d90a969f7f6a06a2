import pytest

from app.domain import structure_merging
from app.domain.amendments import as_side
from app.domain.conflicts import Resolution
from app.domain.placement import Spot
from app.domain.structure_merging import Structure
from app.kernel.errors import Invalid
from tests.domain import golden

BASE = golden.read_tree(("a: One.", "  b: Two.", "    c: Three.", "d: Four.", "e: Five."))


def structure(*lines: str, settled: dict[str, Resolution] | None = None) -> Structure:
    given = [as_side(one, {}) for one in golden.read_amendments(BASE, lines)]
    return structure_merging.merge_structure(BASE, given, settled or {})


def test_words_alone_touch_no_structure() -> None:
    assert structure("1: replace a: Other.") == Structure()


def test_what_an_amendment_saves_from_its_own_deletion_others_may_edit() -> None:
    saved = structure("1: move c first", "1: delete a", "2: replace c: Other.")
    assert (saved.gone, saved.found) == ({"a"}, [])
    doomed = structure("1: move c first", "1: delete a", "2: delete a", "3: replace d: Other.")
    assert [(one.kind, one.clause) for one in doomed.found] == [("structure", "a")]


def test_a_deletion_inside_a_deletion_is_part_of_it() -> None:
    found = structure("1: delete a", "2: delete b", "3: delete d")
    assert (found.gone, found.found, found.conflicted) == ({"a", "d"}, [], set())


def test_runs_that_agree_are_one() -> None:
    found = structure("1: move d first", "1: move e after d", "2: move d first")
    assert (found.spots, found.found) == ({Spot(None, None): ("d", "e")}, [])


def test_a_ring_of_three_is_one_conflict() -> None:
    found = structure("1: move a in d", "2: move d in e", "3: move e in b")
    (ring,) = found.found
    assert [wording.by for wording in ring.wordings] == [(1,), (2,), (3,)]
    settled = {ring.id: Resolution(ring.id, "side", 2)}
    assert structure("1: move a in d", "2: move d in e", "3: move e in b", settled=settled).spots[
        Spot("e", None)
    ] == ("d",)


def test_what_hangs_on_something_open_waits_with_it() -> None:
    found = structure("1: insert n in b: New.", "1: move d in n", "2: delete a")
    assert not any(found.spots.values())
    assert found.inserted == {}


@pytest.mark.parametrize(
    ("lines", "choice"),
    [
        (("1: move d first", "2: move d in a"), "own"),
        (("1: delete d", "2: replace d: New."), "order"),
        (("1: insert n after d: New.", "2: insert m after d: Newer."), "own"),
    ],
)
def test_a_resolution_must_fit_its_conflict(lines: tuple[str, ...], choice: str) -> None:
    (conflict,) = structure(*lines).found
    with pytest.raises(Invalid):
        structure(*lines, settled={conflict.id: Resolution(conflict.id, choice, "x")})


def test_an_order_names_every_clause() -> None:
    lines = ("1: insert n after d: New.", "2: insert m after d: Newer.")
    (conflict,) = structure(*lines).found
    with pytest.raises(Invalid, match="every clause"):
        structure(*lines, settled={conflict.id: Resolution(conflict.id, "order", ["n"])})
    chosen = structure(*lines, settled={conflict.id: Resolution(conflict.id, "order", ["m", "n"])})
    assert chosen.spots == {Spot(None, "d"): ("m", "n")}
