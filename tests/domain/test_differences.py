import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import differences, operations
from app.domain.clauses import Kind
from app.domain.operations import MoveClause, SetHeading
from app.kernel.errors import Invalid
from tests.domain import golden, strategies

TREE = golden.read_tree(("a: One.", "b: Two.", "  b1 (Fees): Three.", "c: Four."))


def test_another_kind_is_no_operation() -> None:
    other = TREE.replace("a", kind=Kind.PARA)
    with pytest.raises(Invalid, match="another kind"):
        differences.between(TREE, other)


def test_between_moves_as_little_as_it_can() -> None:
    new = TREE.move("c", TREE.place_of("a")).replace("b1", heading="Head")
    found = differences.between(TREE, new)
    assert [type(step) for step in found] == [SetHeading, MoveClause]
    assert [step.clause for step in found] == ["b1", "c"]


@given(st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_leads_from_one_text_to_another_gives_the_other(data: st.DataObject) -> None:
    old = data.draw(strategies.trees())
    new = data.draw(strategies.edited_trees(old))
    found = differences.between(old, new)
    assert operations.apply(old, found) == new
    assert operations.from_json(operations.to_json(found)) == found
