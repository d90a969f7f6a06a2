"""The report of a round in a browser: page, Word file and spreadsheet."""

import io
from datetime import timedelta

import docx
import openpyxl
import pytest

from app.actions.stances import take_stance
from app.kernel.clock import at as clock_at
from tests.factories.agreements import make_case
from tests.factories.contributions import AFTER, DURING, comment, reword
from tests.factories.people import make_user, make_workspace


@pytest.fixture
def case(session, client, sign_in, clock):
    make_workspace()
    made = make_case()
    comment(made, "Tartu", "Is <b>this</b> enough?", "answer-time")
    reword(made, "Lille", "15", "20")
    sign_in(client, made.people["Lille"])
    made.home = f"/agreements/{made.agreement.slug}/rounds"
    clock.set(AFTER)
    return made


def test_everybody_who_takes_part_reads_the_report(case, client):
    page = client.get(f"{case.home}/report", follow_redirects=True)
    assert page.status_code == 200
    assert "Is &lt;b&gt;this&lt;/b&gt; enough?" in page.text
    assert "within 20 working days" in page.text
    assert "No decision yet" in page.text
    assert "Only what Lille said" in page.text


def test_the_files_hold_the_same(case, client):
    word = client.get(f"{case.home}/1/report.docx")
    assert word.headers["Content-Disposition"].startswith("attachment")
    assert len(docx.Document(io.BytesIO(word.data)).tables[0].rows) == 3
    code = case.organisations["Lille"].code
    table = client.get(f"{case.home}/1/report.xlsx?organisation={code}")
    sheet = openpyxl.load_workbook(io.BytesIO(table.data)).active
    assert [sheet.cell(row=row, column=1).value for row in (7, 8)] == ["A1", None]


def test_who_does_not_take_part_finds_nothing(case, client, sign_in):
    sign_in(client, make_user("Somebody"))
    assert client.get(f"{case.home}/1/report").status_code == 404


def test_a_notice_of_answers_leads_to_those_of_the_own_organisation(case, client):
    page = client.get(f"{case.home}/1/answers", follow_redirects=True)
    assert "Answers to Lille, round 1" in page.text
    assert "Is &lt;b&gt;this" not in page.text


def test_an_unknown_round_or_organisation_is_not_there(case, client):
    assert client.get(f"{case.home}/7/report").status_code == 404
    assert client.get(f"{case.home}/1/report?organisation=ZZZ").status_code == 404


def test_the_files_say_how_many_stand_where_once_everybody_may_know(case, client, clock, sign_in):
    with clock_at(DURING):
        for name, value in (("Lille", -2), ("Porto", 1), ("Tartu", 1)):
            take_stance(case.actor(name), case.round, clause="answer-time", value=value)

    def sheets(query=""):
        table = client.get(f"{case.home}/1/report.xlsx{query}")
        return openpyxl.load_workbook(io.BytesIO(table.data))

    _, row = sheets()["Where all stand"].iter_rows(values_only=True)
    assert row == (
        "Article 2.1 A Hub answers a request within 15 working days.",
        *(1, 0, 0, 2, 0),
    )
    word = docx.Document(io.BytesIO(client.get(f"{case.home}/1/report.docx").data))
    assert [cell.text for cell in word.tables[1].rows[1].cells][1:] == ["1", "0", "0", "2", "0"]
    assert len(sheets(f"?organisation={case.organisations['Lille'].code}").sheetnames) == 1
    clock.set(DURING + timedelta(hours=1))
    assert len(sheets().sheetnames) == 1
    sign_in(client, case.facilitator)
    assert len(sheets().sheetnames) == 2
