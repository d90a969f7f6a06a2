"""Conflicts in sentences with names."""

import pytest

from app.domain import contests
from app.domain import operations as ops
from app.domain.amendments import Amendment
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.consolidation import consolidate
from app.domain.numbering import labels

TREE = ClauseTree(
    "Deal",
    (
        Clause(
            "main",
            Kind.CLAUSE,
            "Main",
            children=(
                Clause("pay", Kind.CLAUSE, text="Pay 30 euro at once."),
                Clause("wait", Kind.CLAUSE, text="Wait a while.", heading="Waiting"),
                Clause("rest", Kind.CLAUSE, text="Rest a while."),
            ),
        ),
    ),
)
NAMES = {1: "Kraków", 2: "Porto", 3: "Lille"}
GONE = ops.delete_clause(TREE, "wait")


def words(key: str, text: str) -> ops.Operation:
    return ops.replace_text(TREE, key, text)


def put(key: str, parent: str | None, after: str | None) -> ops.Operation:
    return ops.insert_clause(TREE, parent, after, Clause(key, Kind.CLAUSE, text=f"New {key}."))


def told(*sides: ops.Operation) -> list[str]:
    merged = consolidate(TREE, [Amendment(at + 1, (step,)) for at, step in enumerate(sides)])
    return [contests.told(one, NAMES, labels(TREE)) for one in merged.conflicts]


@pytest.mark.parametrize(
    ("sides", "sentence"),
    [
        (
            (words("pay", "Pay 20 euro at once."), words("pay", "Pay 10 euro at once.")),
            "Kraków and Porto replace the same words.",
        ),
        (
            tuple(words("pay", f"Pay {n} euro at once.") for n in (10, 20, 40)),
            "Kraków, Porto and Lille replace the same words.",
        ),
        (
            (words("pay", "Pay 30 euro now."), words("pay", "Pay 30 euro.")),
            "Porto deletes words that Kraków replaces.",
        ),
        (
            (words("pay", "Pay 30 euro here at once."), words("pay", "Pay 30 euro there at once.")),
            "Kraków and Porto put different words at the same place.",
        ),
        ((GONE, words("wait", "Wait long.")), "Kraków deletes this clause; Porto rewrites it."),
        (
            (GONE, GONE, words("wait", "Wait long.")),
            "Kraków and Porto delete this clause; Lille rewrites it.",
        ),
        (
            (GONE, ops.set_heading(TREE, "wait", "Delay")),
            "Kraków deletes this clause; Porto gives it another heading.",
        ),
        (
            (GONE, put("new", "wait", None)),
            "Kraków deletes this clause; Porto puts a clause into it.",
        ),
        (
            (ops.delete_clause(TREE, "main"), words("pay", "Pay 20 euro at once.")),
            "Kraków deletes this clause; Porto changes words below it.",
        ),
        (
            (GONE, ops.move_clause(TREE, "wait", "main", None)),
            "Kraków deletes this clause; Porto moves it.",
        ),
        (
            (put("one", "main", "pay"), put("two", "main", "pay")),
            (
                "Kraków and Porto put different clauses at the same place, behind Article 1.1. "
                "All of them can stand."
            ),
        ),
        (
            (put("one", "main", None), put("two", "main", None)),
            (
                "Kraków and Porto put different clauses at the same place, in Article 1. "
                "All of them can stand."
            ),
        ),
        (
            (
                ops.move_clause(TREE, "wait", "main", None),
                ops.move_clause(TREE, "wait", "main", "rest"),
            ),
            (
                "The clause can stand at one place only: Kraków first in Article 1; "
                "Porto after Article 1.3."
            ),
        ),
    ],
)
def test_it_is_said_with_names_and_verbs(sides, sentence):
    assert told(*sides) == [sentence]


@pytest.mark.parametrize(
    ("sides", "words_"),
    [
        ((GONE, words("wait", "Wait long.")), "delete against edit"),
        ((put("one", "main", "pay"), put("two", "main", "pay")), "the order"),
        (
            (words("pay", "Pay 20 euro at once."), words("pay", "Pay 10 euro at once.")),
            "the same words",
        ),
    ],
)
def test_a_list_says_it_in_a_few_words(sides, words_):
    merged = consolidate(TREE, [Amendment(at + 1, (step,)) for at, step in enumerate(sides)])
    assert [contests.short(one) for one in merged.conflicts] == [words_]


def test_names_are_listed_once():
    assert contests.listed(["Lille", "Porto", "Lille"]) == "Lille and Porto"
    assert contests.listed(["Lille"]) == "Lille"
