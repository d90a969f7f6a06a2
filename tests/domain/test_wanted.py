"""Conflicts of words are told alike by both ways of merging."""

from app.domain import operations
from app.domain.conflicts import Wording
from app.domain.provenance import Source
from app.domain.wanted import Ground, Wanted, words_conflict
from tests.domain import golden

BASE = golden.read_tree(("term: It ends after 30 days.",))


def test_a_conflict_names_those_who_meet_and_what_they_did() -> None:
    steps = {
        number: operations.replace_text(BASE, "term", f"It ends after {days} days.")
        for number, days in ((1, "45"), (2, "60"), (3, "90"))
    }
    wants = {n: Wanted(n, step.text, Source("amendment"), (step,)) for n, step in steps.items()}
    ground = Ground("term", "text", BASE.find("term").text, ())
    wordings = (Wording((1,), "45"), Wording((3,), "90"))
    found = words_conflict(ground, wants, wordings, "30", 6, 7)
    assert found.operations == (steps[1], steps[3])
    assert (found.kind, found.base, found.part, found.start, found.end) == (
        "words", "30", "text", 6, 7,
    )  # fmt: skip
    again = words_conflict(ground, wants, reversed(wordings), "30", 6, 7)
    assert again.id == found.id
    assert words_conflict(ground, wants, wordings, "30", 6, 8).id != found.id
