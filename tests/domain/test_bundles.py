"""Which amendments nobody contests, and why."""

import pytest

from app.domain.bundles import Candidate, verdicts

QUIET = Candidate(1, "A1")


def verdict(one, rivals=None):
    (found,) = verdicts([one], rivals or {})
    return found


def test_what_nobody_contests_says_why():
    found = verdict(Candidate(1, "A1", supporters=2))
    assert found.is_uncontested
    assert found.reasons[-1] == "2 more organisations support it."
    assert len(verdict(QUIET).reasons) == 2


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (Candidate(1, "A1", concerns=1), "1 comment raises a concern about it."),
        (Candidate(1, "A1", objections=2), "2 votes were cast against it."),
        (Candidate(1, "A1", amended_by=("A1.1", "A1.2")), "A1.1 and A1.2 ask to change it first."),
        (
            Candidate(1, "A1", is_secondary=True),
            "It amends an amendment, and is decided before that.",
        ),
        (Candidate(1, "A1", has_ballot=True), "A ballot decides it."),
        (
            Candidate(1, "A1", needs_attention=True),
            "It was written on an earlier version and waits for its author.",
        ),
        (
            Candidate(1, "A1", is_bundled=True),
            "It stands in a bundle already, or was pulled out of one.",
        ),
    ],
)
def test_whatever_speaks_against_it_keeps_it_out(one, why):
    found = verdict(one)
    assert (found.is_uncontested, found.reasons) == (False, (why,))


def test_a_rival_keeps_it_out_and_is_named():
    found = verdict(QUIET, {1: ["A2", "A9"], 2: ["A1"]})
    assert found.reasons == ("It can't stand beside A2 and A9.",)
