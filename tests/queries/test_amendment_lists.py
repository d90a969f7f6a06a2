"""The list: by clause, secondary ones below, drafts first; narrowed; few statements."""

import pytest

from app.actions import amendments as act
from app.domain import operations as ops
from app.queries.amendment_lists import Wanted, listed
from tests.factories.agreements import TREE, make_case
from tests.factories.amendments import make_amendment, make_draft, rewording
from tests.factories.people import make_workspace

DAYS_20 = ops.replace_text(TREE, "answer-time", "A Hub answers a request within 20 working days.")
DAYS_30 = ops.replace_text(TREE, "answer-time", "A Hub answers a request within 30 working days.")
NOTICE = ops.replace_text(TREE, "ending", "A Hub leaves with six months of notice.")
AIM = ops.set_heading(TREE, "scope", "Aim")


@pytest.fixture
def case(session, clock):
    make_workspace()
    return make_case()


@pytest.fixture
def full(case):
    """A1 on the last article, A2 and A3 compete, A2.1 amends A2, A4 on the first; Lille drafts."""
    make_amendment(case, "Lille", NOTICE)
    second = make_amendment(case, "Porto", DAYS_20)
    make_amendment(case, "Tartu", DAYS_30)
    make_amendment(case, "Lille", rewording(case, "answer-time", "20", "25", second), to=second)
    make_amendment(case, "facilitator", AIM)
    make_draft(case, "Lille", DAYS_30)
    act.support_amendment(case.actor("Lille"), second, supports=True)
    return case


def seen(case, who="Lille", **wanted):
    return listed(case.actor(who), case.agreement, Wanted(**wanted))


def labels(found):
    return [line.label for _, lines in found.groups for line in lines]


def test_by_clause_with_what_amends_below_and_own_drafts_first(full):
    found = seen(full)
    assert labels(found) == ["", "A4", "A2", "A2.1", "A3", "A1"]
    assert [article for article, _ in found.groups] == [
        "",
        "Article 1 Scope",
        "Article 2 Answers",
        "Article 3 Ending",
    ]
    assert found.total == 6


def test_others_do_not_see_the_draft(full):
    for who in ("Porto", "facilitator"):
        assert "" not in labels(seen(full, who))


def test_a_line_says_what_it_changes_who_supports_and_what_competes(full):
    lines = {line.label: line for _, group in seen(full).groups for line in group}
    second = lines["A2"]
    assert [str(deed) for deed in second.deeds] == [
        ("Replaces “within 15 working days” with “within 20 working days” in Article 2.1")
    ]
    assert second.supports == 1
    assert [(rival.label, rival.over) for rival in second.rivals] == [("A3", "words")]
    assert [str(deed) for deed in lines["A2.1"].deeds] == [
        ("Replaces “within 20 working days” with “within 25 working days” in Article 2.1")
    ]
    assert lines["A2.1"].amends == "A2"
    assert lines["A2.1"].rivals == ()
    assert lines["A4"].who.name == "the facilitator"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"clause": "answers"}, ["", "A2", "A2.1", "A3"]),
        ({"clause": "answer-form"}, []),
        ({"clause": "no-such-clause"}, []),
        ({"organisation": "facilitator"}, ["A4"]),
        ({"state": "draft"}, [""]),
        ({"state": "withdrawn"}, []),
        ({"mine": True}, ["", "A2.1", "A1"]),
        ({"mine": True, "clause": "ending"}, ["A1"]),
    ],
)
def test_narrowed(full, wanted, expected):
    assert labels(seen(full, **wanted)) == expected


def test_narrowed_to_one_organisation(full):
    assert labels(seen(full, organisation=full.organisations["Tartu"].code)) == ["A3"]


def test_what_one_can_ask_for(full):
    choices = seen(full).choices
    assert [words for _, words in choices.clauses] == [
        "Article 1 Scope",
        "Article 2 Answers",
        "Article 3 Ending",
    ]
    assert [(words, count) for _, words, count in choices.states] == [("draft", 1), ("open", 5)]
    assert [name for _, name in choices.organisations] == [
        "Lille",
        "Porto",
        "Tartu",
        "the facilitator",
    ]


def test_what_is_over_competes_with_nothing(full, session):
    rows = {line.label: line for _, group in seen(full).groups for line in group}
    assert rows["A3"].rivals
    third = act.AmendmentRow
    row = session.query(third).filter_by(label="A3").one()
    act.withdraw_amendment(full.actor("Tartu"), row)
    lines = {line.label: line for _, group in seen(full).groups for line in group}
    assert lines["A2"].rivals == ()
    assert lines["A3"].state_words == "withdrawn"


@pytest.mark.parametrize("number", [3, 60])
def test_five_statements_whatever_the_number(case, session, count_statements, number):
    for at in range(number):
        words = f"A Hub leaves with {at + 4} months of notice."
        make_amendment(case, "Lille", ops.replace_text(TREE, "ending", words))
    actor = case.actor("Porto")
    session.expire_all()
    _ = case.agreement.id
    with count_statements() as sent:
        found = listed(actor, case.agreement, Wanted())
    # Amendments with their organisations; versions; their clauses; colours; support.
    assert len(sent) == 5, sent
    assert len(labels(found)) == number


def test_a_part_of_the_list_knows_how_long_it_is(full):
    found = listed(full.actor("Lille"), full.agreement, Wanted(), skip=4, limit=1)
    assert labels(found) == ["A3"]
    assert (found.wanted, found.total) == (6, 6)
    narrow = listed(full.actor("Lille"), full.agreement, Wanted(clause="answers"), limit=2)
    assert (labels(narrow), narrow.wanted) == (["", "A2"], 4)
