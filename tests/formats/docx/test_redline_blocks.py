from app.domain import redline
from app.domain.clauses import Kind, Place
from app.domain.numbering import labels
from app.formats.docx.ooxml import By, Ids
from app.formats.docx.redline_blocks import RedlineBlocks
from app.formats.docx.words import Words
from tests.formats.docx.samples import agreement, clause

BY = By("Ana", "2026-05-01T09:00:07Z")


def made(new, old=None):
    """The blocks of a redline by key; what moved away under its key with an arrow."""
    old = old or agreement()
    ids = Ids()
    blocks = RedlineBlocks(
        ids, Words(ids, labels(new), {}), Words(ids, labels(old), {}), lambda _by: BY,
        lambda _key, runs, _tracked: runs, {},
    )  # fmt: skip
    found = {}
    waiting = list(blocks.of_nodes(redline.build(old, new).nodes))
    while waiting:
        block = waiting.pop(0)
        found[block.key + ("→" if block.leaving else "")] = block
        waiting += block.children
    return found


def test_a_deleted_clause_loses_its_mark_and_its_words():
    block = made(agreement().remove("after"))["after→"]
    assert block.mark().startswith("<w:del ") and "<w:delText" in block.inline
    assert "<w:t " not in block.inline


def test_an_inserted_clause_brings_mark_and_words():
    new = agreement().insert(Place("search", None), clause("new", "New", "Words."))
    block = made(new)["new"]
    assert block.mark().startswith("<w:ins ") and block.inline.count("<w:ins ") == 3


def test_marks_are_never_the_same_twice():
    block = made(agreement().remove("after"))["after→"]
    assert block.mark() != block.mark()


def test_a_move_keeps_the_bookmark_at_its_source():
    found = made(agreement().move("costs", Place("relief", None)))
    source, target = found["costs→"], found["costs"]
    assert "_cl_costs" in source.around("x") and "_cl_costs" not in target.around("x")
    assert source.after.startswith("<w:moveFromRangeEnd") and "moveTo" in target.after
    assert "<w:moveTo " in target.inline and "<w:moveFrom " in source.inline


def test_a_row_whose_cells_match_is_tracked_in_its_cells():
    block = made(agreement().replace("row-1", text=r"M1 | 2 March, see [[search]] \| later"))[
        "row-1"
    ]
    assert block.row_mark == "" and "<w:ins " in block.cells[1] and "<w:ins " not in block.cells[0]


def test_a_row_whose_cells_differ_goes_and_comes():
    new = agreement().replace("row-1", text="M1 | x | y")
    rows = made(new)["dates"].children
    assert [row.row_mark[:7] for row in rows] == ["", "<w:del ", "<w:ins "]
    assert len(rows[2].cells) == 3


def test_a_given_label_is_tracked():
    block = made(agreement().replace("given", number="§ 3b"))["given"]
    assert block.typed.index("§ 3a") < block.typed.index("§ 3b")


def test_a_generated_table_comes_with_its_title():
    new = agreement().insert(
        Place(None, None), clause("more", text="signatures", kind=Kind.GENERATED)
    )
    assert "Signatures" in made(new)["more"].inline
