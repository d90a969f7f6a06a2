"""The row of versions, one text, two compared."""

import pytest

from app.domain.change_counts import ChangeCounts
from app.domain.redline import accept_all, reject_all
from app.kernel.errors import NotFound
from app.models.agreements import Draft
from app.queries import version_pages
from tests.factories.agreements import TREE, make_case
from tests.factories.people import START
from tests.factories.versions import (
    add_versions,
    next_round,
    propose,
    publish,
    replacing,
    two_versions,
)


def hands(redline) -> dict[str, tuple[int, ...]]:
    """Who changed what, by the words that came or went."""

    def below(nodes):
        for node in nodes:
            for part in (*node.heading, *node.text):
                if part.op != "=":
                    yield part.text, part.by
            yield from below(node.children)

    return dict(below(redline.nodes))


def test_each_version_says_what_it_changed(session):
    case = two_versions()
    second, first = version_pages.editions_of(session, case.agreement.id)
    assert (second.number, second.by, second.note) == (2, "Sofie Maes", "After the round.")
    assert second.changes == ChangeCounts(went=1, reworded=2)
    assert second.amendments == 2
    assert (first.changes, first.amendments, first.hash) == (None, 0, TREE.version_hash)


def test_one_version_is_found_by_its_number_only(session):
    case = two_versions()
    text = version_pages.text_of_version(session, case.agreement, 2)
    assert "20 working days" in text.tree.find("answer-time").text
    assert (text.name, text.by) == ("version 2", "Sofie Maes")
    with pytest.raises(NotFound, match="no version 3"):
        version_pages.text_of_version(session, case.agreement, 3)


def test_a_comparison_puts_every_change_down_to_its_hand(session):
    case = two_versions()
    compared = version_pages.comparison_of(session, case.agreement, 1, 2)
    assert accept_all(compared.redline) == compared.new.tree
    assert reject_all(compared.redline) == compared.old.tree
    found = hands(compared.redline)
    assert (found["15"], found["20"]) == ((1,), (1,))
    assert found["Nothing here makes one Hub the agent of another."] == (2,)
    assert (found["three"], found["six"]) == ((), ())
    assert [one.label for one in compared.decided] == ["A1", "A2"]


def test_only_what_was_decided_between_the_two_is_named(session):
    case = two_versions()
    next_round(case)
    row = propose(case, "Tartu", replacing(case, "answer-time", "20", "25"))
    publish(case, row)
    later = version_pages.comparison_of(session, case.agreement, 2, 3)
    assert hands(later.redline) == {"20": (3,), "25": (3,)}
    both = version_pages.comparison_of(session, case.agreement, 1, 3)
    found = hands(both.redline)
    assert found["25"] == (3,)
    assert found["Nothing here makes one Hub the agent of another."] == (2,)


def test_backwards_nobody_is_named(session):
    case = two_versions()
    back = version_pages.comparison_of(session, case.agreement, 2, 1)
    assert set(hands(back.redline).values()) == {()}
    with pytest.raises(NotFound):
        version_pages.comparison_of(session, case.agreement, 1, 9)


def test_a_draft_is_a_text_until_the_first_version(session):
    case = make_case(state="drafting")
    session.add(
        Draft(
            agreement_id=case.agreement.id,
            tree=TREE.to_json(),
            beside={},
            provenance={},
            edited_at=START,
        )
    )
    session.commit()
    text = version_pages.text_of_draft(session, case.agreement)
    assert (text.name, text.tree) == ("the draft", TREE)
    case.agreement.state = "consultation"
    with pytest.raises(NotFound):
        version_pages.text_of_draft(session, case.agreement)


def test_statements_do_not_grow_with_versions(session, count_statements):
    case = two_versions()
    agreement_id = case.agreement.id
    add_versions(case, 18)
    small = two_versions().agreement.id
    session.commit()
    for wanted, known in ((small, 2), (agreement_id, 20)):
        with count_statements() as sent:
            assert len(version_pages.editions_of(session, wanted)) == known
        # The versions with who published them; all their clauses; the accepted amendments.
        assert len(sent) == 3, sent
