from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ballots import (
    ABSTAIN,
    NO,
    YES,
    BallotOutcome,
    Base,
    Decision,
    RollLine,
    VotingRule,
    decide,
    tally,
)
from app.kernel.errors import Invalid

TWO_THIRDS = VotingRule(2, 3, strict=False)
CARRIED, LOST, INQUORATE = BallotOutcome.CARRIED, BallotOutcome.LOST, BallotOutcome.INQUORATE


def outcome(
    rule: VotingRule, yes: int = 0, no: int = 0, abstain: int = 0, absent: int = 0
) -> Decision:
    choices = [YES] * yes + [NO] * no + [ABSTAIN] * abstain + [None] * absent
    return decide(tally([RollLine(1, choice) for choice in choices], rule), rule)


@pytest.mark.parametrize(
    ("rule", "votes", "expected"),
    [
        (VotingRule(), (11, 10), CARRIED),
        (VotingRule(), (10, 10), LOST),
        (VotingRule(), (0, 0, 5), INQUORATE),
        (VotingRule(base=Base.CAST), (10, 5, 6), LOST),
        (VotingRule(base=Base.CAST), (11, 5, 5), CARRIED),
        (VotingRule(base=Base.ELIGIBLE), (15, 0, 0, 15), LOST),
        (VotingRule(base=Base.ELIGIBLE), (16, 0, 0, 14), CARRIED),
        (TWO_THIRDS, (20, 10), CARRIED),
        (TWO_THIRDS, (19, 10), LOST),
        (VotingRule(1, 4, strict=False), (5, 5), LOST),
        (VotingRule(1, 1, strict=False), (9, 0, 3), CARRIED),
        (VotingRule(1, 1, strict=False), (9, 1), LOST),
        (VotingRule(veto=True), (20, 1), LOST),
        (VotingRule(veto=True), (20, 0, 3), CARRIED),
        (VotingRule(min_participation=(1, 2)), (9, 0, 0, 11), INQUORATE),
        (VotingRule(min_participation=(1, 2)), (10, 0, 0, 10), CARRIED),
        (VotingRule(min_yes=10), (9, 0), INQUORATE),
        (VotingRule(min_yes=10), (10, 0), CARRIED),
        (VotingRule(consent=True), (0, 0, 0, 30), CARRIED),
        (VotingRule(consent=True), (25, 1, 0, 4), LOST),
    ],
)
def test_rules_decide(rule, votes, expected):
    assert outcome(rule, *votes).outcome is expected


def test_the_explanation_shows_every_number():
    decision = outcome(TWO_THIRDS, 19, 5, 0, 6)

    assert decision.explanation.format(**decision.params) == (
        "19 yes, 5 no, 0 abstained: 19 of 24 meets the rule, so it is carried."
    )


def test_weights_count_where_the_rule_says_so():
    roll = [RollLine(5, YES), RollLine(1, NO), RollLine(1, NO)]
    by_weight = VotingRule(count_by="weight")

    assert decide(tally(roll, by_weight), by_weight).outcome is CARRIED
    assert decide(tally(roll, VotingRule()), VotingRule()).outcome is LOST


def test_among_alternatives_the_leader_is_put_to_the_rule():
    votes = ["A17"] * 6 + ["A22"] * 3 + ["none"] * 2 + [ABSTAIN]
    rule = VotingRule()
    decision = decide(tally([RollLine(1, vote) for vote in votes], rule), rule, ("A17", "A22"))

    assert decision.outcome is CARRIED
    assert decision.winner == "A17"


def test_two_leading_alternatives_decide_for_neither():
    rule = VotingRule()
    roll = [RollLine(1, vote) for vote in ["A17"] * 4 + ["A22"] * 4]

    assert decide(tally(roll, rule), rule, ("A17", "A22")).outcome is LOST


@pytest.mark.parametrize(
    "broken",
    [
        {"numerator": 0},
        {"numerator": 3, "denominator": 2},
        {"numerator": 1, "denominator": 1, "strict": True},
        {"min_participation": (2, 1)},
        {"count_by": "noise"},
        {"min_yes": -1},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(broken):
    with pytest.raises(Invalid):
        VotingRule(**broken)


def test_a_rule_says_itself_in_words():
    assert (
        VotingRule().in_words() == "Carried if more than half of the votes for and against say yes."
    )
    assert VotingRule(2, 3, strict=False, base=Base.ELIGIBLE, veto=True).in_words() == (
        "Carried if at least two thirds of all organisations entitled to vote say yes. "
        "One no defeats it."
    )
    assert VotingRule(3, 5, min_participation=(1, 2), min_yes=4).in_words() == (
        "Carried if more than 3/5 of the votes for and against say yes. "
        "At least half of the organisations entitled to vote must take part. "
        "At least 4 must say yes."
    )
    assert VotingRule(consent=True).in_words() == "Carried unless an organisation votes no in time."


RULES = st.builds(
    lambda fraction, strict, base, veto, part: VotingRule(
        *fraction,
        strict=strict and fraction[0] < fraction[1],
        base=base,
        veto=veto,
        min_participation=part,
    ),
    st.sampled_from([(1, 2), (2, 3), (3, 4), (1, 1), (3, 5)]),
    st.booleans(),
    st.sampled_from(Base),
    st.booleans(),
    st.sampled_from([(0, 1), (1, 3), (1, 2)]),
)
ROLLS = st.lists(
    st.builds(RollLine, st.integers(1, 4), st.sampled_from([YES, NO, ABSTAIN, None])), max_size=12
)


@given(ROLLS, RULES, st.randoms())
def test_the_order_of_votes_does_not_matter(roll, rule, dice):
    shuffled = list(roll)
    dice.shuffle(shuffled)

    assert decide(tally(roll, rule), rule) == decide(tally(shuffled, rule), rule)


@given(ROLLS, RULES)
def test_one_more_yes_never_hurts(roll, rule):
    if decide(tally(roll, rule), rule).outcome is not CARRIED:
        return
    for position, line in enumerate(roll):
        if line.choice in (NO, None):
            better = [*roll[:position], RollLine(line.weight, YES), *roll[position + 1 :]]
            assert decide(tally(better, rule), rule).outcome is CARRIED


@given(ROLLS, RULES)
def test_a_rule_survives_storage_and_a_tally_counts_nobody_twice(roll, rule):
    assert VotingRule.from_json(rule.to_json()) == rule
    count = tally(roll, rule)
    assert count.cast <= count.eligible == len(roll)


def test_every_roll_of_five_agrees_with_counting_by_hand():
    """The same rule written a second way, over all 4^5 rolls."""
    for choices in product((YES, NO, ABSTAIN, None), repeat=5):
        yes, no = choices.count(YES), choices.count(NO)
        cast = 5 - choices.count(None)
        by_hand = (
            INQUORATE
            if cast < 3 or yes + no == 0
            else CARRIED
            if 3 * yes >= 2 * (yes + no)
            else LOST
        )
        rule = VotingRule(2, 3, strict=False, min_participation=(3, 5))

        assert decide(tally([RollLine(1, c) for c in choices], rule), rule).outcome is by_hand
