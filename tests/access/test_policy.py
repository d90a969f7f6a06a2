from app.access import policy
from app.access.actor import ANYONE
from app.access.permissions import Permission
from app.kernel.errors import NotAllowed, WrongMoment
from tests.access.test_matrix import CLOSES, OPENS, ROLES, subject

VOTE = Permission.BALLOT_VOTE


def test_the_wrong_person_hears_so_before_the_wrong_moment():
    ballot = subject(VOTE, "after")

    assert isinstance(policy.refusal(ROLES["observer"], VOTE, ballot, CLOSES), NotAllowed)
    assert isinstance(policy.refusal(ROLES["voter"], VOTE, ballot, CLOSES), WrongMoment)
    assert policy.refusal(ROLES["voter"], VOTE, ballot, OPENS) is None


def test_every_question_has_a_sentence():
    questions = {question for rule in policy.RULES.values() for question in rule.who + rule.when}

    assert questions
    assert all(question.reason.endswith(".") for question in questions)


def test_a_void_ballot_takes_no_vote_though_its_deadline_lies_ahead():
    ballot = subject(VOTE, "during")
    ballot.voided_at = OPENS

    assert not policy.can(ROLES["voter"], VOTE, ballot, OPENS)
    assert not policy.can(ANYONE, VOTE, ballot, OPENS)
