"""Versions of a text, and the numbers that are taken for good."""

import pytest

from app.domain import provenance
from app.domain.clauses import Clause, ClauseTree, Kind
from app.models.agreements import Agreement, Draft
from app.models.clauses import new_version
from app.queries import versions as found
from tests.factories.agreements import TREE, make_case
from tests.factories.people import START

SECOND = ClauseTree(TREE.title, TREE.clauses[:2])


@pytest.fixture
def case(session, clock):
    """An agreement with two versions."""
    case = make_case()
    session.add(
        new_version(
            case.agreement.id,
            2,
            SECOND,
            beside={},
            provenance={},
            published_at=START,
            published_by=case.facilitator.id,
        )
    )
    session.commit()
    session.expire_all()
    return case


def test_the_latest_is_the_one_with_the_highest_number(session, case):
    assert found.latest_version(session, case.agreement.id).number == 2
    assert found.latest_version(session, make_case("Riga").agreement.id).number == 1


def test_before_the_first_there_is_none(session, case):
    nowhere = case.facilitator.id
    assert found.latest_version(session, nowhere) is None


def test_a_text_is_read_as_it_was_written_in_two_statements(session, case, count_statements):
    version_id = case.version.id
    session.expunge_all()
    with count_statements() as sent:
        assert found.tree_by_id(session, version_id) == TREE
    assert len(sent) <= 2
    assert found.version_by_id(session, version_id).number == 1


def test_a_text_of_two_hundred_clauses_takes_no_more_statements(session, case, count_statements):
    large = ClauseTree(
        "Large", tuple(Clause(f"c{n}", Kind.CLAUSE, text="A Hub answers.") for n in range(200))
    )
    version = new_version(
        case.agreement.id,
        3,
        large,
        beside={},
        provenance={},
        published_at=START,
        published_by=case.facilitator.id,
    )
    session.add(version)
    session.commit()
    version_id = version.id
    session.expunge_all()
    with count_statements() as sent:
        assert found.tree_by_id(session, version_id).version_hash == large.version_hash
    assert len(sent) <= 2


def add_draft(session, case, tree):
    session.add(
        Draft(
            agreement_id=case.agreement.id,
            tree=tree.to_json(),
            beside={},
            provenance={},
            edited_at=START,
        )
    )
    session.commit()


def test_the_first_version_is_the_draft(session, clock):
    case = make_case(state="drafting")
    add_draft(session, case, TREE)
    made = found.first_version(session, case.agreement, now=START, by=case.facilitator.id)
    session.expunge_all()
    assert (made.number, made.hash) == (1, TREE.version_hash)


def test_the_first_version_holds_the_parties_of_today_and_says_whence(session, clock):
    case = make_case()
    tree = ClauseTree(
        "Deal", (Clause("parties", Kind.GENERATED, "Parties", text="parties"), *TREE.clauses)
    )
    add_draft(session, case, tree)
    version = found.first_version(session, case.agreement, now=clock.now, by=case.facilitator.id)
    rows = [clause for clause in version.clauses if clause.parent == "parties"]
    told = " ".join(clause.text for clause in rows)
    assert len(rows) == 1 + 3, "a head, and a row for each"
    assert all(name in told for name in ("Lille", "Porto", "Tartu"))
    assert set(provenance.from_json(version.provenance)) >= {clause.key for clause in rows}


def test_a_number_is_taken_once_and_each_agreement_counts_its_own(session, case):
    other = make_case("Riga")
    counter = Agreement.next_ballot
    assert [found.take_number(session, case.agreement.id, counter) for _ in range(3)] == [1, 2, 3]
    assert found.take_number(session, other.agreement.id, counter) == 1
    assert found.take_number(session, case.agreement.id, Agreement.next_thread) == 1


def test_a_number_of_what_was_rolled_back_is_free_again(session, case):
    agreement_id = case.agreement.id
    assert found.take_number(session, agreement_id, Agreement.next_ballot) == 1
    session.rollback()
    assert found.take_number(session, agreement_id, Agreement.next_ballot) == 1
