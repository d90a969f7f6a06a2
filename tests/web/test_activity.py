"""The record as people read it, as a file, and how it is checked."""

import json

import pytest
from sqlalchemy import update

from app.models.audit import AuditHead
from tests.factories.people import make_user, make_workspace
from tests.factories.versions import next_round, propose, publish, replacing, two_versions


@pytest.fixture
def case(session):
    make_workspace()
    return two_versions()


@pytest.fixture
def room(case, client, sign_in):
    sign_in(client, case.people["Lille"])
    return f"/agreements/{case.agreement.slug}"


def test_what_happened_is_told_with_links(client, room):
    text = client.get(f"{room}/activity").text
    assert f'<a class="plain-link" href="{room}/versions/2">Version 2 was published.</a>' in text
    assert f'href="{room}/amendments/A1">Lille proposed amendment A1.</a>' in text
    assert "keeps a draft amendment. <span class=" in text
    assert "is what was written" in text


def test_what_is_inside_is_told_to_its_own_people_only(client, room, case, sign_in):
    for other in (case.people["Porto"], case.facilitator):
        sign_in(client, other)
        text = client.get(f"{room}/activity").text
        assert "proposed amendment" in text and "Lille keeps a draft" not in text


def test_it_can_be_narrowed_and_nonsense_is_no_error(client, room):
    text = client.get(f"{room}/activity?about=version").text
    assert "Version 2 was published." in text
    assert "proposed amendment" not in text
    for query in (
        "about=%27%3B",
        "before=x",
        "before=-1",
        f"before={'9' * 17}",
        f"before={'9' * 30}",
        "before=%C2%B2",
    ):
        assert client.get(f"{room}/activity?{query}").status_code == 200


def test_the_whole_record_is_checked_on_demand(client, room, session):
    assert "unbroken" in client.get(f"{room}/activity?check=1").text
    session.execute(update(AuditHead).values(hash="0" * 64))
    session.commit()
    assert "The record doesn’t hold" in client.get(f"{room}/activity?check=1").text


def test_a_hostile_name_does_nothing(client, room, case, session):
    case.people["Lille"].name = "<script>alert(1)</script> {actor.__class__}"
    session.commit()
    case.facilitator.name = "<img src=x>{0}"
    session.commit()
    text = client.get(f"{room}/activity").text
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "&lt;img src=x&gt;{0}" in text


def test_the_export_is_lines_of_json(client, room):
    answer = client.get(f"{room}/activity.jsonl")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    note, *lines = [json.loads(line) for line in answer.text.splitlines()]
    assert "inside an organisation" in note["note"]
    assert all(len(line["hash"]) == 64 for line in lines)
    assert lines[0]["tag"] == "amendment:proposed"


def test_others_know_nothing_of_it(client, room, session, sign_in):
    sign_in(client, make_user("Somebody Else"))
    assert client.get(f"{room}/activity").status_code == 404
    assert client.get(f"{room}/activity.jsonl").status_code == 404


def test_statements_do_not_grow(client, room, case, count_statements):
    sizes = []
    for number in ("25", "30"):
        with count_statements() as sent:
            client.get(f"{room}/activity")
        sizes.append(len(sent))
        next_round(case)
        old = "20" if number == "25" else "25"
        publish(case, propose(case, "Lille", replacing(case, "answer-time", old, number)))
    # Who calls and where they stand, the agreement, its head (2), unread notices; and then
    # the entries, the people and organisations in them, the end of the record.
    assert sizes == [9, 9], sizes
