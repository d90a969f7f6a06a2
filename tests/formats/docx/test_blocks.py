import pytest

from app.domain.clauses import ClauseTree, Kind
from app.domain.numbering import labels
from app.formats.docx.blocks import between, generated_title, of_tree, stands_alone
from app.formats.docx.ooxml import Ids
from app.formats.docx.words import Words
from tests.formats.docx.samples import agreement, clause


class Bare:
    """Nothing stands around the words."""

    def clause(self, _key):
        return str

    def words(self, _key, _part):
        return {}


def blocks(tree):
    return of_tree(tree, Words(Ids(), labels(tree), {}), Bare())


def found(tree, key):
    waiting = list(blocks(tree))
    while waiting:
        block = waiting.pop()
        if block.key == key:
            return block
        waiting += block.children
    raise KeyError(key)


@pytest.mark.parametrize(
    ("kind", "heading", "text", "said"),
    [
        (Kind.CLAUSE, "Form", "Short.", ". "),
        (Kind.CLAUSE, "Form:", "Short.", " "),
        (Kind.DEFINITION, "Client", "means", " "),
        (Kind.CLAUSE, "", "Short.", ""),
        (Kind.CLAUSE, "Form", "", ""),
    ],
)
def test_what_stands_between_heading_and_text(kind, heading, text, said):
    assert between(kind, heading, text) == said


def test_a_heading_alone_is_a_line_of_its_own():
    assert stands_alone(Kind.CLAUSE, "Form", "")
    assert not stands_alone(Kind.CLAUSE, "Form", "Short.")
    assert not stands_alone(Kind.DEFINITION, "Client", "")
    assert stands_alone(Kind.ANNEX, "Fee", "")


def test_a_table_row_has_cells_and_a_block_its_label():
    dates = found(agreement(), "dates")
    assert list(dates.children)[1].shown == (
        "M1",
        "1 March, see Article 2 | later",
    )
    assert found(agreement(), "search").label == "Article 2"


def test_verbatim_words_are_not_read_as_prose():
    tree = ClauseTree("T", (clause("v", text="**a** [[b]] {{c}}", kind=Kind.VERBATIM),))
    assert "**a** [[b]] {{c}}" in found(tree, "v").inline


def test_the_line_above_what_is_generated():
    assert (generated_title("parties"), generated_title("signatures")) == ("Parties", "Signatures")
