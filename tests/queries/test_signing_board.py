"""The signing room: what is missing, who has signed, what came in."""

import pytest

from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.lifecycle import AgreementState, CopyState, RequestState
from app.kernel.errors import NotFound
from app.kernel.ids import new_id
from app.queries import signing_board
from app.queries.signing_board import board_of, is_carried
from tests.factories.agreements import TREE, make_case
from tests.factories.signing import LATER, adopt, being_signed, hand_in, judge, up_for_adoption


def test_before_the_ballot_there_is_a_candidate_and_no_question(session):
    case = make_case(state=AgreementState.PUBLISHED)
    board = board_of(case.actor("Lille"), case.agreement)
    assert (board.ballot, board.frozen, board.is_asked) == (None, None, False)
    assert (board.candidate.number, board.candidate.blanks) == (1, ())
    assert board.mine.who.name == "Lille"
    assert not is_carried(board.ballot)


def test_a_blank_that_is_left_is_named(session):
    tree = TREE.replace("ending", text="A Hub leaves with {{notice}} of notice.")
    case = make_case(tree=tree, state=AgreementState.PUBLISHED)
    assert board_of(case.actor("Lille"), case.agreement).candidate.blanks == ("notice",)


def test_parties_whose_details_changed_since_the_text_was_frozen_are_named(session):
    table = Clause("parties", Kind.GENERATED, text="parties")
    tree = ClauseTree(TREE.title, (table, *TREE.clauses))
    case = make_case("Lille", "Porto", tree=tree, state=AgreementState.PUBLISHED)
    names = board_of(case.actor("Lille"), case.agreement).candidate.stale
    assert {"Lille", "Porto"} <= set(names)


def test_once_carried_and_adopted_the_file_is_the_text_of_the_ballot(session):
    case = up_for_adoption()
    board = board_of(case.actor("facilitator"), case.agreement)
    assert is_carried(board.ballot)
    assert board.mine is None
    adopt(case)
    frozen = board_of(case.actor("facilitator"), case.agreement).frozen
    assert (frozen.version, frozen.version_hash) == (1, case.version.hash)
    assert (frozen.ballot, frozen.adopted_at) == (1, LATER)
    assert signing_board.execution_bytes(session, case.agreement.id) == b"the text"


def test_progress_and_copies_are_told(session):
    case = being_signed()
    judge(case, hand_in(session, case, "Lille"))
    judge(case, hand_in(session, case, "Porto"), CopyState.DOUBTFUL, "Unreadable.")
    board = board_of(case.actor("Porto"), case.agreement)
    assert (board.progress.signed, board.progress.asked, board.progress.needed) == (1, 3, 3)
    assert board.last.who.name == "Lille"
    lille, porto, tartu = board.parties
    assert (lille.state, lille.counted.judged_by) == (RequestState.SIGNED, "Sofie Maes")
    assert (porto.waiting.state, porto.waiting.reason) == (CopyState.DOUBTFUL, "Unreadable.")
    assert porto.waiting.received_from == "Person Porto"
    assert (tartu.copies, tartu.signatories) == ((), ("Person Tartu",))


def test_the_signature_page_is_frozen_when_signing_opens(session):
    case = being_signed()
    case.organisations["Lille"].seat = "Elsewhere"
    session.commit()
    board = board_of(case.actor("Lille"), case.agreement)
    assert board.mine.details.seat == "1 Main Square, Lille"


def test_a_party_and_its_copies_are_found_within_it_only(session):
    case = being_signed()
    copy = hand_in(session, case, "Lille")
    board = board_of(case.actor("facilitator"), case.agreement)
    lille, porto, _ = board.parties
    assert signing_board.party_of(board, lille.slug) == lille
    assert signing_board.copy_of(lille, copy.id).row == copy
    with pytest.raises(NotFound):
        signing_board.copy_of(porto, copy.id)
    with pytest.raises(NotFound):
        signing_board.copy_of(lille, new_id())
    with pytest.raises(NotFound):
        signing_board.party_of(board, "nowhere")


def test_statements_do_not_grow_with_parties(session, count_statements):
    sizes = []
    for count in (5, 30):
        case = being_signed(*(f"Hub{number}" for number in range(count)))
        for name in list(case.people)[:: max(1, count // 5)]:
            hand_in(session, case, name)
        actor, agreement = case.actor("Hub0"), case.agreement
        session.commit()
        session.expunge_all()
        with count_statements() as sent:
            assert len(board_of(actor, agreement).parties) == count
        sizes.append(len(sent))
    # The execution, requests with organisations, copies with files, parties, signatories,
    # people of the copies, the frozen text.
    assert sizes == [7, 7], sizes
