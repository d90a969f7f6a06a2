"""Internal notes in the margin: folded and opened, for their own people, waiting for nobody."""

from datetime import timedelta

import pytest

from app.actions.inside import keep_note, reply_inside, retract_inside
from app.domain.anchors import anchor
from app.queries import inside
from app.web import inside_margin
from tests.factories.agreements import TREE, make_case
from tests.factories.people import START, make_workspace


@pytest.fixture
def case(session, clock):
    clock.set(START + timedelta(days=1))
    make_workspace()
    return make_case()


@pytest.fixture
def note(case, clock):
    row = keep_note(
        case.actor("Lille"),
        case.agreement,
        text="Ours.\n\nAnd more.",
        version_id=case.version.id,
        anchor=anchor(TREE, "1", "answer-time"),
    )
    clock.go_on(minutes=1)
    reply_inside(case.actor("Lille"), row, text="Yes.")
    return row


def folded_and_opened(client, case, sign_in, note, who="Lille"):
    sign_in(client, case.people[who])
    room = f"/agreements/{case.agreement.slug}"
    name = f"i{note.id.hex}"
    return client.get(room).text, client.get(f"{room}/notes/{name}")


def test_it_stands_folded_and_opens_with_its_replies_and_a_form(client, case, sign_in, note):
    folded, opened = folded_and_opened(client, case, sign_in, note)
    assert "Only Lille sees this." in folded
    assert "And more." not in folded
    assert "1 reply" in folded
    assert 'is-inside"' in folded
    for words in ("And more.", "Yes.", "Reply inside Lille", f"/inside/{note.id}/reply"):
        assert words in opened.text


def test_another_organisation_has_neither(client, case, sign_in, note):
    folded, opened = folded_and_opened(client, case, sign_in, note, "Porto")
    assert note.id.hex not in folded
    assert opened.status_code == 404


def test_nonsense_is_no_note(client, case, sign_in, note):
    sign_in(client, case.people["Lille"])
    for name in ("i", "ix", "i" + "0" * 32, "i" + "z" * 32):
        assert client.get(f"/agreements/{case.agreement.slug}/notes/{name}").status_code == 404


def test_it_waits_for_nobody_and_what_was_taken_back_says_so(app, session, case, note):
    actor = case.actor("Lille")
    found = inside.note_of(session, actor, case.agreement.id, note.id)
    retract_inside(actor, found.opening.row)
    retract_inside(actor, found.replies[0].row)
    session.expire_all()
    with app.test_request_context():
        made = inside_margin.note_of(
            inside.note_of(session, actor, case.agreement.id, note.id), case.agreement.slug
        )
    assert not made.waits
    assert made.folded
    assert made.gist == "Taken back by its author."
