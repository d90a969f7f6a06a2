from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from app.domain.lifecycle import MOVES, AgreementState, AmendmentState, is_open, move
from app.kernel.errors import WrongMoment

NOON = datetime(2026, 12, 4, 12, 0, tzinfo=UTC)


def test_a_legal_move_gives_the_new_state():
    assert move(AgreementState.DRAFTING, AgreementState.CONSULTATION) is AgreementState.CONSULTATION


def test_an_illegal_move_says_what_is_the_case():
    with pytest.raises(
        WrongMoment, match="This is being signed; it can't become being drafted now"
    ):
        move(AgreementState.SIGNING, AgreementState.DRAFTING)


def test_an_end_is_an_end():
    for end in (AgreementState.ABANDONED, AgreementState.TERMINATED, AmendmentState.WITHDRAWN):
        assert end not in MOVES


def test_every_agreement_can_be_walked_from_draft_to_force():
    path = ["drafting", "consultation", "voting", "consolidation", "published"]
    path += ["adoption", "adopted", "signing", "in_force", "consultation"]
    for state, to in pairwise(path):
        assert move(AgreementState(state), AgreementState(to)) == to


@pytest.mark.parametrize(
    ("seconds", "open_"), [(-1, False), (0, True), (59, True), (60, False), (61, False)]
)
def test_a_window_is_open_from_its_opening_until_just_before_its_deadline(seconds, open_):
    assert is_open(NOON + timedelta(seconds=seconds), NOON, NOON + timedelta(seconds=60)) is open_


def test_what_was_never_opened_is_not_open():
    assert not is_open(NOON, None, None)
