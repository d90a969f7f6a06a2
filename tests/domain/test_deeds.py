"""Every operation is told in a sentence that names the words and the place."""

import pytest

from app.domain import operations as ops
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.deeds import first_words, told
from app.domain.numbering import labels

BASE = ClauseTree(
    "T",
    (
        Clause(
            "a",
            Kind.CLAUSE,
            "First",
            children=(
                Clause("a1", Kind.CLAUSE, text="Each Hub pays 30 euro under [[b]]."),
                Clause("a2", Kind.CLAUSE, text="It pays in May."),
            ),
        ),
        Clause("b", Kind.CLAUSE, "Second", text="It ends in June."),
        Clause("p", Kind.PARA, text="Some closing words without a number."),
    ),
)
NEW = Clause("n", Kind.CLAUSE, text="A Hub may object within ten days.")


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (
            ops.replace_text(BASE, "a1", "Each Hub pays 45 euro under [[b]]."),
            "Replaces “pays 30 euro under” with “pays 45 euro under” in Article 1.1",
        ),
        (
            ops.replace_text(BASE, "a2", "It pays in May, at the latest."),
            "Inserts “, at the latest” at the end of Article 1.2",
        ),
        (
            ops.replace_text(BASE, "a1", "Each Hub pays 30 euro."),
            "Deletes “under Article 2” after “pays 30 euro” in Article 1.1",
        ),
        (
            ops.replace_text(BASE, "a2", "It never pays in May."),
            "Inserts “never” after “It” in Article 1.2",
        ),
        (
            ops.replace_text(BASE, "a2", "But it pays in May."),
            "Replaces “It pays in” with “But it pays in” in Article 1.2",
        ),
        (
            ops.replace_text(BASE, "b", "Silence counts. It ends in June."),
            "Inserts “Silence counts.” before “It ends” in Article 2",
        ),
        (
            ops.replace_text(BASE, "p", "Some words."),
            (
                "Replaces “Some closing words without a number” with “Some words”"
                " in “Some closing words without a number.”"
            ),
        ),
        (
            ops.replace_text(BASE, "a2", "It pays in *May*."),
            "Changes the emphasis in Article 1.2",
        ),
        (ops.set_heading(BASE, "b", "Ending"), "Changes the heading of Article 2 to “Ending”"),
        (ops.set_heading(BASE, "b", ""), "Deletes the heading “Second” of Article 2"),
        (ops.set_heading(BASE, "a2", "Due"), "Sets “Due” as the heading of Article 1.2"),
        (
            ops.insert_clause(BASE, "a", "a1", NEW),
            "Adds a clause behind Article 1.1: “A Hub may object within ten days.”",
        ),
        (
            ops.insert_clause(BASE, None, None, Clause("n", Kind.ANNEX, "Fees")),
            "Adds an annex at the beginning of the text: “Fees”",
        ),
        (ops.delete_clause(BASE, "a"), "Deletes Article 1 “First” with all below it"),
        (ops.delete_clause(BASE, "p"), "Deletes “Some closing words without a number.”"),
        (ops.move_clause(BASE, "a2", None, "b"), "Moves Article 1.2 behind Article 2"),
        (
            ops.move_clause(BASE, "a2", "a", None),
            "Moves Article 1.2 at the beginning of Article 1",
        ),
    ],
)
def test_what_an_operation_does(step, sentence) -> None:
    assert [str(deed) for deed in told(BASE, [step])] == [sentence]


def test_many_places_of_one_clause_are_counted() -> None:
    words = [f"alpha{n} beta{n} gamma{n} delta{n} kappa{n} omega{n}." for n in range(5)]
    base = ClauseTree("T", (Clause("a", Kind.CLAUSE, text=" ".join(words)),))
    new = " ".join(word.replace("gamma", "other") for word in words)
    deeds = [str(deed) for deed in told(base, [ops.replace_text(base, "a", new)])]
    assert len(deeds) == 4
    assert deeds[-1] == "Changes 2 more places in Article 1"


def test_a_place_behind_a_new_clause_is_named_by_its_words() -> None:
    second = Clause("m", Kind.CLAUSE, text="Then it is adopted.")
    steps = (ops.InsertClause("a", "a1", NEW), ops.InsertClause("a", "n", second))
    assert str(told(BASE, steps)[1]).startswith(
        "Adds a clause behind “A Hub may object within ten…”"
    )


def test_long_words_end_in_an_ellipsis() -> None:
    assert first_words("one two three", labels(BASE), 2) == "one two…"
