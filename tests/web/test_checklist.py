"""What has to be done before adoption and before signing, line by line."""

from app.domain.lifecycle import AgreementState
from app.queries.signing_board import board_of
from app.web.checklist import before_adoption, before_signature
from tests.factories.agreements import TREE, make_case
from tests.factories.signing import adopt, being_signed, hand_in, judge, up_for_adoption


def checks(app, case, name="Lille"):
    with app.test_request_context():
        return list(before_adoption(board_of(case.actor(name), case.agreement), case.agreement))


def own(app, case, name="Lille"):
    with app.test_request_context():
        board = board_of(case.actor(name), case.agreement)
        return list(before_signature(board.mine, board, case.agreement.slug))


def test_before_the_ballot(app, session):
    tree = TREE.replace("ending", text="It ends on {{day}}.")
    case = make_case(tree=tree, state=AgreementState.PUBLISHED)
    ballot, blanks, details, signatories = checks(app, case)
    assert (ballot.done, ballot.small) == (False, "No ballot on it has been opened.")
    assert (blanks.done, blanks.attention) == (False, True)
    assert blanks.small == "1 blank is left in version 1: day."
    assert details.action_words == "Yours"
    assert (signatories.done, signatories.small) == (True, "3 of 3 named")


def test_while_and_after_the_ballot(app, session, clock):
    going_on = checks(app, up_for_adoption(counted=False))[0]
    assert (going_on.done, going_on.small) == (False, "Ballot 1 closes Tue 10 Nov.")
    assert checks(app, up_for_adoption("Lille"))[0].done
    lost = checks(app, up_for_adoption("Lille", yes=False))[0]
    assert (lost.done, lost.attention) == (False, True)


def test_after_adoption_nothing_is_left(app, session):
    case = up_for_adoption()
    adopt(case)
    assert checks(app, case) == []


def test_a_party_confirms_names_and_signs(app, session):
    case = being_signed()
    confirm, name, sign = own(app, case)
    assert (confirm.done, confirm.action_href) == (False, "")
    assert (name.done, name.small) == (True, "Person Lille")
    assert (sign.done, sign.action_words) == (False, "Hand it in")
    copy = hand_in(session, case, "Lille")
    assert own(app, case)[2].small == "Your copy is in. The facilitator looks at it."
    judge(case, copy)
    assert own(app, case)[2].done
