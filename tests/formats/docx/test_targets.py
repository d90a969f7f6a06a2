import pytest

from app.domain.clauses import ClauseTree, Kind, Numbering
from app.domain.numbering import labels
from app.formats.docx.targets import Target, targets
from tests.formats.docx.samples import agreement, clause


def aims(tree):
    return targets(tree, labels(tree))


@pytest.mark.parametrize(
    ("key", "lead", "counted"),
    [
        ("search", "", "Article 2"),
        ("form", "Article ", "2.1"),
        ("answer", "Article ", "2.2(a)"),
        ("deeper", "Article ", "2.2(b)(i)(A)"),
        ("r-two", "Recital ", "(B)"),
        ("annex-fee", "", "Annex A"),
        ("fee", "Annex A, ", "Article 1"),
        ("given", "§ 3a", ""),
        ("no-result", "Article 2.2", ""),
        ("d-client", "Article 1, “Client”", ""),
    ],
)
def test_the_field_counts_what_word_can_and_the_rest_is_typed(key, lead, counted):
    assert aims(agreement())[key] == Target(lead, counted)


@pytest.mark.parametrize("numbering", Numbering)
def test_both_parts_together_are_the_label(numbering):
    tree = agreement(numbering)
    found = labels(tree)
    assert all(aim.lead + aim.counted == found[key].full for key, aim in aims(tree).items())


def test_under_a_definition_nothing_is_counted_in_full():
    item = clause("item", text="an affiliate")
    term = clause("term", "Client", "includes", [item], kind=Kind.DEFINITION)
    tree = ClauseTree("T", (clause("one", "Terms", children=[term]),))
    assert aims(tree)["item"].counted == ""
