import pytest

from app.domain import amendments, consolidation, operations, provenance
from app.domain.amendments import Amendment
from app.domain.operations import DeleteClause, InsertClause
from app.domain.provenance import Source
from app.kernel.errors import Conflict, Invalid
from tests.domain import golden

BASE = golden.read_tree((
    "reports: Each hub reports once a year.",
    "votes: Each hub has one vote. A tie fails.",
))  # fmt: skip
PRIMARY, SECOND, THIRD = golden.read_amendments(
    BASE,
    (
        "1: replace reports: Each hub reports in writing once a year.",
        "1: insert n1 after reports: Reports are public.",
        "2 to 1: replace reports: Each hub reports in writing twice a year.",
        "2 to 1: replace n1: Reports are public for a year.",
        "3 to 1: replace reports: Each hub reports in writing at least once a year.",
    ),
)


def words_by(held: provenance.Spans, text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    for length, source in held:
        found.append((text[at : at + length], source.ref))
        at += length
    return found


def test_secondary_amendments_become_part_of_their_primary() -> None:
    composed = amendments.compose(BASE, PRIMARY, [SECOND])
    tree = operations.apply(BASE, composed.amendment.operations)
    assert tree.find("reports").text == "Each hub reports in writing twice a year."
    assert tree.find("n1").text == "Reports are public for a year."
    assert composed.conflicts == ()


def test_every_word_keeps_its_own_author() -> None:
    result = consolidation.consolidate(
        BASE, [SECOND, PRIMARY], origins=provenance.initial(BASE, Source("template", "t"))
    )
    assert result.tree is not None
    text = result.tree.find("reports").text
    assert words_by(result.provenance["reports"].text, text) == [
        ("Each hub reports ", "t"),
        ("in writing ", "1"),
        ("twice", "2"),
        (" a year.", "t"),
    ]
    text = result.tree.find("n1").text
    assert words_by(result.provenance["n1"].text, text) == [
        ("Reports are public", "1"),
        (" for a year", "2"),
        (".", "1"),
    ]
    assert {outcome.state for outcome in result.outcomes} == {"applied"}


def test_secondary_amendments_that_collide_leave_the_primary_standing() -> None:
    composed = amendments.compose(BASE, PRIMARY, [SECOND, THIRD])
    assert [conflict.kind for conflict in composed.conflicts] == ["words"]
    tree = operations.apply(BASE, composed.amendment.operations)
    assert tree.find("reports").text == "Each hub reports in writing once a year."


def test_what_amends_nothing_accepted_falls() -> None:
    result = consolidation.consolidate(BASE, [SECOND])
    assert result.tree == BASE
    assert [(o.state, o.reason) for o in result.outcomes] == [
        ("obsolete", "It amends amendment 1, which isn't accepted.")
    ] * 2


def test_depth_stops_at_the_first_amendment() -> None:
    with pytest.raises(Invalid, match="Amend the primary"):
        amendments.compose(BASE, SECOND, [Amendment(9, (), 2)])
    with pytest.raises(Invalid, match="isn't to this one"):
        amendments.compose(BASE, PRIMARY, [Amendment(9, (), 7)])
    with pytest.raises(Conflict, match="other words of its primary"):
        amendments.compose(BASE, PRIMARY, [Amendment(9, (), 1, primary_hash="stale")])
    with pytest.raises(Invalid, match="one number"):
        consolidation.consolidate(BASE, [PRIMARY, PRIMARY])


def test_stale_operations_are_refused() -> None:
    stale = Amendment(5, (operations.replace_text(BASE, "votes", "Each hub has two votes."),))
    with pytest.raises(Conflict):
        consolidation.consolidate(BASE.replace("votes", text="New."), [stale])


def test_splits_and_joins_of_the_authors_are_kept() -> None:
    (split,) = golden.read_amendments(
        BASE, ("1: split votes n1: Each hub has one vote. // A tie fails.",)
    )
    (other,) = golden.read_amendments(
        operations.apply(BASE, split.operations), ("2: replace n1: A tie fails at once.",)
    )
    composed = amendments.compose(BASE, split, [Amendment(2, other.operations, 1)])
    assert [s.split_from for s in composed.amendment.operations if isinstance(s, InsertClause)] == [
        "votes"
    ]
    join = Amendment(
        1,
        (
            operations.replace_text(BASE, "reports", "All."),
            operations.delete_clause(BASE, "votes", "reports"),
        ),
    )
    composed = amendments.compose(BASE, join, [])
    assert [s.into for s in composed.amendment.operations if isinstance(s, DeleteClause)] == [
        "reports"
    ]
