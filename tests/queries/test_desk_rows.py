"""Rows of the desk: one statement each, and each contribution with what is kept about it."""

from app.queries import desk_rows
from tests.factories.agreements import make_case
from tests.factories.contributions import answer, comment, reword


def test_each_kind_is_read_by_one_statement(session, count_statements):
    case = make_case()
    threads = [comment(case, "Lille", f"Remark {at}.") for at in range(5)]
    answer(case, threads[:3])
    for name in ("Lille", "Porto"):
        reword(case, name, "15", "20")
    held = case.round
    session.refresh(held)
    with count_statements() as sent:
        text = desk_rows.text_of(session, held)
        speakers, facilitators = desk_rows.people_of(session, held.agreement_id)
        said = desk_rows.threads_of(session, held)
        proposed = desk_rows.amendments_of(session, held)
    assert len(sent) == 4
    assert text.number == 1 and "answer-time" in text.order
    assert {one.name for one in speakers.values()} == {"Lille", "Porto", "Tartu"}
    assert list(facilitators.values()) == ["Sofie Maes"]
    assert sorted(row.outcome or "" for row in said) == ["", "", "noted", "noted", "noted"]
    assert [row.label for row in proposed] == ["A1", "A2"]
