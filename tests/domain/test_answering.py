"""Answers: the places a saved text leaves open, and what an answer makes of an amendment."""

from app.domain.answering import DECIDES, filled
from app.domain.lifecycle import MOVES, AmendmentState


def test_a_saved_answer_is_filled_with_the_names_of_one_contribution():
    words = "{organisation} is right about {clause}; {number} goes {on} and on { organisation }."
    told = filled(words, organisation="Porto", clause="4.2", number="C7")
    assert told == "Porto is right about 4.2; C7 goes {on} and on { organisation }."


def test_a_name_is_not_filled_again():
    assert filled("{organisation}", organisation="{clause}", clause="4", number="C1") == "{clause}"


def test_every_answer_to_an_amendment_leads_where_a_proposed_one_may_go():
    proposed = AmendmentState.PROPOSED
    assert all(state in MOVES[proposed] or state is proposed for state in DECIDES.values())
