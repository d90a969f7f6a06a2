import pytest

from app.domain import operations as ops
from app.domain import provenance
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.generated import (
    Party,
    check_left_alone,
    filled,
    is_filled_in,
    with_sources,
)
from app.domain.prose import canonical
from app.domain.provenance import Source
from app.kernel.errors import Invalid

TREE = ClauseTree("T", (Clause("parties", Kind.GENERATED, text="parties"),))
LILLE = Party(
    "LIL", "Lille Hub", "Association", "1 Main Square", "R 1", "Claire Dumont", "Director"
)
TARTU = Party("TAR", "Tartu [Hub]")


def test_the_table_has_a_head_and_one_row_for_each_party_by_name():
    rows = filled(TREE, (TARTU, LILLE)).find("parties").children

    assert [row.key for row in rows] == ["parties-head", "parties-lil", "parties-tar"]
    assert rows[1].text == "Lille Hub | Association | 1 Main Square | R 1 | Claire Dumont, Director"


def test_what_is_missing_is_a_dash_and_marks_in_names_are_escaped():
    text = filled(TREE, (TARTU,)).find("parties-tar").text

    assert text == r"Tartu \[Hub\] | – | – | – | –"
    assert canonical(text) == text


def test_filling_again_replaces_the_rows():
    assert filled(filled(TREE, (TARTU,)), (LILLE,)) == filled(TREE, (LILLE,))
    assert filled(TREE, ()) == TREE


def test_the_rows_have_a_source_for_every_word():
    tree = filled(TREE, (LILLE,))

    known = provenance.initial(TREE, Source("template", "t"))
    provenance.check(tree, with_sources(tree, known))
    row = with_sources(tree, known)["parties-lil"]
    assert {span.source for span in row.text} == {Source("answer", "parties")}


def test_nobody_writes_what_is_filled_in_but_the_table_as_a_whole_may_go():
    tree = filled(TREE, [Party("LIL", "Lille"), Party("POR", "Porto")])
    row = "parties-lil"
    assert [key for key in tree.nodes if is_filled_in(tree, key)] == [
        *("parties-head", "parties-lil", "parties-por"),
    ]
    line = Clause("parties-tar", Kind.ROW, text="Tartu | | | |")
    for step in (
        ops.replace_text(tree, row, "Lille and Roubaix"),
        ops.replace_text(tree, "parties", "signatures"),
        ops.delete_clause(tree, row),
        ops.move_clause(tree, row, "parties", "parties-por"),
        ops.insert_clause(tree, "parties", row, line),
    ):
        with pytest.raises(Invalid, match="what each party confirmed"):
            check_left_alone(tree, [step])
    check_left_alone(tree, [ops.delete_clause(tree, "parties")])
