"""What a report says of itself."""

from dataclasses import replace
from datetime import UTC, datetime

from app.domain.reports import Report, ReportLine

LINE = ReportLine(
    number="A7",
    organisation="Lille",
    code="LIL",
    clause="Article 2",
    paragraph="2.1",
    kind="Amendment",
    comment="Too slow.",
    proposed="The text should read: within 10 days.",
    decision="Accepted",
    reason="Shorter is better.",
    said_at=datetime(2026, 3, 5, 23, 30, tzinfo=UTC),
)
REPORT = Report(
    agreement="Cooperation Agreement",
    round=2,
    version=1,
    opens_at=datetime(2026, 3, 2, 8, tzinfo=UTC),
    closes_at=datetime(2026, 4, 1, 15, tzinfo=UTC),
    settled_at=None,
    as_of=datetime(2026, 3, 20, 10, 30, tzinfo=UTC),
    zone="Europe/Brussels",
    organisation="",
    lines=(LINE, replace(LINE, number="C3", decision="", reason="", proposed="")),
)


def test_a_report_of_a_round_that_goes_on_says_of_when_it_is():
    held, of = REPORT.facts
    assert held == "Round 2 on version 1, 2 March 2026 to 1 April 2026, 17:00 (Brussels time)."
    assert of == ("As of 20 March 2026, 11:30; decisions may still change. 1 of 2 have a decision.")
    assert [line.is_amendment for line in REPORT.lines] == [True, False]


def test_a_settled_one_says_when_it_was_settled_and_whose_it_is():
    settled = replace(REPORT, settled_at=datetime(2026, 4, 9, 9, tzinfo=UTC), organisation="Lille")
    assert settled.facts[1] == "Settled on 9 April 2026. 1 of 2 have a decision."
    assert settled.title == "Answers to Lille, round 2"
    assert REPORT.title == "Comments and decisions, round 2"
