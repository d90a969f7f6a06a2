"""A text with its guidance beside it."""

from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.numbering import labels
from app.queries import templates
from app.web.lessons import Beside, effects_of, guides_of, lessons_of, options_of

TREE = ClauseTree(
    "Deal",
    (
        Clause(
            "terms",
            Kind.DIVISION,
            "Agreed terms",
            children=(
                Clause(
                    "fee",
                    Kind.CLAUSE,
                    "Fee",
                    children=(
                        Clause(
                            "sum",
                            Kind.CLAUSE,
                            "Sum",
                            "It is {{fee}}, see [[late]]:",
                            (Clause("first", Kind.CLAUSE, text="half at once; and"),),
                        ),
                        Clause("late", Kind.CLAUSE, text="Late <payers> pay more."),
                    ),
                ),
            ),
        ),
        Clause("parties", Kind.GENERATED, text="parties"),
        Clause("note", Kind.VERBATIM, text="a < b"),
    ),
)


def test_articles_are_sections_and_their_clauses_pieces():
    division, parties, note = lessons_of(TREE, Beside(labels(TREE), blanks={"fee": "sum in euro"}))
    fee = division.children[0]
    assert (division.is_section, division.label, fee.is_section, fee.name) == (
        True,
        "",
        True,
        "Article 1",
    )
    total, late = fee.children
    assert (total.is_section, total.label, total.children[0].label) == (False, "1.1", "(a)")
    assert "[sum in euro]" in total.text_html
    assert 'href="#c-late"' in total.text_html
    assert late.text_html == "Late &lt;payers&gt; pay more."
    assert "table of parties" in parties.text_html
    assert note.text_html == "a &lt; b"


def test_notes_stand_beside_the_piece_with_the_number_they_are_about():
    guidance = {"fee": "Agree it first.", "first": "See [[late]].", "late": "Be kind."}
    beside = Beside(labels(TREE), guidance=guidance)
    fee = lessons_of(TREE, beside)[0].children[0]
    assert [str(guide.html) for guide in fee.guides] == ["Agree it first."]
    (note,) = fee.children[0].guides
    assert note.label == "(a)"
    assert "Article 1.2" in note.html
    assert [guide.label for guide in guides_of(TREE.find("fee"), beside)] == ["", "(a)", "1.2"]


def test_what_a_template_leaves_open_is_said_in_words():
    document = templates.get_template("joint-service", "1.0.0")
    options = options_of(document)
    assert any(
        words.startswith("Optional, off unless you turn it on.") for words in options.values()
    )
    assert any(words.startswith("Alternative, the usual choice.") for words in options.values())
    parents = document.tree.parents
    for key in options:
        assert document.conditions[key] != document.conditions.get(parents[key] or "")
    effects = effects_of(document, templates.labels_of("joint-service", "1.0.0"))
    brought = {(one.option, one.choice): words for one, words in effects.items()}
    assert brought["disputes", "arbitration"] == "Article 17.4 Arbitration"
    assert all(words.count(";") <= 4 for words in brought.values())
