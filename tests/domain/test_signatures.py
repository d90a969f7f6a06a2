from app.domain.lifecycle import RequestState
from app.domain.signatures import progress

SIGNED, REQUESTED, VOID = RequestState.SIGNED, RequestState.REQUESTED, RequestState.VOID


def test_all_parties_sign_unless_a_number_is_set():
    assert not progress([SIGNED, REQUESTED], None).is_met
    assert progress([SIGNED, SIGNED], None).is_met


def test_a_threshold_brings_it_into_force_before_all_have_signed():
    states = [SIGNED] * 25 + [REQUESTED] * 5

    assert progress(states, 25).is_met
    assert not progress(states[1:], 25).is_met
    assert (progress(states, 25).signed, progress(states, 25).asked) == (25, 30)


def test_void_requests_do_not_count():
    assert progress([SIGNED, VOID], None).asked == 1


def test_nobody_asked_means_nothing_is_met():
    assert not progress([], None).is_met
