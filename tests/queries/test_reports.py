"""The report of a round, made of what was said and decided."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.actions import comments, consolidation, rounds
from app.domain.events import AnswersReported
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.kernel.errors import NotFound
from app.models.notices import Notice
from app.queries import reports
from tests.factories.agreements import make_case
from tests.factories.contributions import (
    AFTER,
    DURING,
    answer,
    comment,
    consolidate,
    decide,
    reword,
)


@pytest.fixture
def case(session):
    made = make_case()
    made.thread = comment(made, "Tartu", "Too **short**.", "answer-time")
    made.row = reword(made, "Lille", "15", "20")
    return made


def lines(case, code="", now=AFTER):
    return reports.report_of(case.agreement, case.round, now, code).lines


def test_a_line_names_place_words_and_what_is_proposed(case):
    with clock.at(DURING + timedelta(hours=1)):
        comments.reply(case.actor("Porto"), case.thread, text="Indeed.")
    said, proposed = lines(case)
    assert (said.number, said.clause, said.paragraph) == ("C1", "Article 2 Answers", "2.1")
    assert (said.kind, said.comment) == ("Concern", "Too short.\nReply of Porto: Indeed.")
    assert (said.decision, said.reason, said.proposed) == ("", "", "")
    assert (proposed.number, proposed.kind, proposed.comment) == ("A1", "Amendment", "Because.")
    assert proposed.proposed == (
        "Article 2.1: The text should read: A Hub answers a request within 20 working days."
    )


def test_decisions_stand_with_their_reasons(case):
    consolidate(case)
    answer(case, [case.thread], Outcome.NOTED, "We *see*.")
    decide(case, Outcome.REJECTED, case.row, answer="Too long.")
    assert [(line.decision, line.reason) for line in lines(case)] == [
        ("Noted", "We see."),
        ("Rejected", "Too long."),
    ]


def test_an_organisation_gets_what_it_said_alone(case):
    code = case.organisations["Lille"].code
    report = reports.report_of(case.agreement, case.round, AFTER, code)
    assert (report.organisation, [line.number for line in report.lines]) == ("Lille", ["A1"])
    with pytest.raises(NotFound):
        reports.report_of(case.agreement, case.round, AFTER, "???")


def test_a_settled_report_keeps_what_went_on_to_the_next_round(case):
    consolidate(case)
    answer(case, [case.thread], Outcome.DEFERRED, "Later.")
    decide(case, Outcome.ACCEPTED, case.row)
    later = AFTER + timedelta(days=1)
    with clock.at(later):
        consolidation.publish_version(case.actor("facilitator"), case.round)
        rounds.open_round(
            case.actor("facilitator"), case.agreement, closes_at=later + timedelta(days=30)
        )
    with clock.at(later + timedelta(hours=1)):
        comments.reply(case.actor("Porto"), case.thread, text="Again.")
    first = reports.round_numbered(case.agreement, 1)
    found = reports.report_of(case.agreement, first, later).lines
    assert [(line.number, line.decision) for line in found] == [
        ("C1", "Left for the next round"),
        ("A1", "Accepted"),
    ]
    assert found[0].comment == "Too short."
    with pytest.raises(NotFound):
        reports.round_numbered(case.agreement, 9)


def test_each_organisation_is_told_once_of_all_its_answers(session, case):
    consolidate(case)
    answer(case, [case.thread], Outcome.DEFERRED, "Later.")
    decide(case, Outcome.ACCEPTED, case.row)
    told = reports.answers_given(session, case.round)
    assert [(one.organisation, one.outcomes) for one in told] == [
        ("Lille", ("A1 accepted",)),
        ("Tartu", ("C1 left for the next round",)),
    ]
    with clock.at(AFTER):
        consolidation.publish_version(case.actor("facilitator"), case.round)
    rows = session.scalars(select(Notice).where(Notice.tag == AnswersReported.tag)).all()
    people = {case.people["Lille"].id, case.people["Tartu"].id}
    assert sorted(row.user_id for row in rows) == sorted(people)
