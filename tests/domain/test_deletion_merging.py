"""Who lets a clause go, who keeps it, and what a choice between them does."""

import pytest

from app.domain import consolidation
from app.domain.conflicts import Resolution
from tests.domain import golden

BASE = golden.read_tree(
    ("board (Board): It decides.", "  minutes: Minutes are kept.", "end: It ends."),
)


def settled(lines: tuple[str, ...], choice: str, value: object) -> consolidation.Consolidation:
    given = golden.read_amendments(BASE, lines)
    (conflict,) = consolidation.consolidate(BASE, given).conflicts
    resolution = Resolution(conflict.id, choice, value)  # type: ignore[arg-type]
    return consolidation.consolidate(BASE, given, {conflict.id: resolution})


SAVED = ("1: move minutes after end", "1: delete board", "2: delete board")


@pytest.mark.parametrize(
    ("choice", "value", "keys"),
    [("side", 1, ["end", "minutes"]), ("side", 2, ["end"]), ("base", None, list(BASE.nodes))],
)
def test_a_child_that_one_saves_from_a_deletion_is_what_is_asked_about(
    choice: str, value: object, keys: list[str]
) -> None:
    result = settled(SAVED, choice, value)
    assert result.tree is not None
    assert list(result.tree.nodes) == keys


def test_who_keeps_the_clause_itself_keeps_what_stands_in_it() -> None:
    result = settled((*SAVED, "3: replace board: It decides in writing."), "side", 3)
    assert result.tree is not None
    assert result.tree.find("board").text == "It decides in writing."
    states = {(one.amendment, one.operation): one.state for one in result.outcomes}
    assert states == {(1, 0): "applied", (1, 1): "obsolete", (2, 0): "obsolete", (3, 0): "applied"}
