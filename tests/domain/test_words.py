"""Every state, role and kind that people read has its word."""

from enum import StrEnum

import pytest

from app.access.actor import Role
from app.domain.ballots import BallotOutcome
from app.domain.clauses import Numbering
from app.domain.lifecycle import AgreementState, AmendmentState, CopyState, Outcome, RequestState
from app.domain.words import WORDS, named
from app.kernel.said import Said


@pytest.mark.parametrize(
    "kind",
    [
        AgreementState,
        AmendmentState,
        BallotOutcome,
        CopyState,
        Numbering,
        Outcome,
        RequestState,
        Role,
    ],
)
def test_every_member_has_a_registered_word(kind: type[StrEnum]):
    assert not [member for member in kind if not isinstance(named(member), Said)]


def test_a_word_is_what_its_value_says():
    assert named(Role.LEGAL_CONTACT) == "legal contact"
    assert named("yes", capital=True) == "Yes"
    assert isinstance(named("yes", capital=True), Said)


def test_what_is_not_registered_is_left_as_it_is():
    assert named("a_new_thing") == "a new thing"
    assert all(word == said for word, said in WORDS.items())
