"""What a note says of a thread and of an amendment."""

from datetime import UTC, datetime, timedelta

import pytest
from markupsafe import Markup

from app.actions import comments
from app.queries.beside import Decider
from app.queries.comments import Speaker, get_discussion
from app.queries.reading_room import Proposal
from app.web.notes import of_amendment, of_thread
from tests.factories.agreements import make_case
from tests.factories.people import START

MOMENT = datetime(2026, 11, 4, 9, 0, tzinfo=UTC)


def proposal(**changes) -> Proposal:
    held = {
        "number": 3,
        "label": "A3",
        "who": Speaker("Lille", "LIL", 1),
        "at": MOMENT,
        "gist": "Twenty is fair",
        "why": Markup("<p>Twenty is fair</p>"),
        "state": "proposed",
        "clauses": ("scope",),
        "supporters": (),
        "competes": (),
        "ballot": None,
        "is_mine": False,
    }
    return Proposal(**{**held, **changes})


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, ""),
        ({"supporters": ("POR",)}, "1 supports it"),
        ({"supporters": ("POR", "TAR")}, "2 support it"),
        ({"state": "accepted"}, "Accepted"),
        ({"ballot": Decider(5, MOMENT, MOMENT, "")}, "ballot 5"),
        ({"ballot": Decider(5, MOMENT, MOMENT, "carried"), "state": "accepted"},
         "adopted by ballot 5"),
    ],
)  # fmt: skip
def test_an_amendment_says_how_it_stands(app, changes, state):
    with app.test_request_context():
        note = of_amendment(proposal(**changes), "deal", may_amend=True)
    assert note.state == state
    assert note.waits == (changes.get("state", "proposed") == "proposed")
    assert note.answered != note.waits
    assert bool(note.actions) == note.waits


def test_rivals_are_links(app):
    with app.test_request_context():
        note = of_amendment(proposal(competes=("A7",)), "deal", may_amend=False)
    assert [(c.words, c.href) for c in note.clashes] == [("A7", "/agreements/deal/amendments/A7")]


def test_a_thread_tells_replies_resolution_and_lost_words(app, session, clock):
    clock.set(START + timedelta(days=1))
    case = make_case()
    session.commit()
    thread = comments.start_thread(case.actor("Lille"), case.round, text="Why?", kind="concern")
    comments.reply(case.actor("Porto"), thread, text="Because")
    comments.resolve_thread(case.actor("Lille"), thread, resolved=True)
    thread.quote, thread.anchor_state = "old words", "text_changed"
    session.flush()
    found = get_discussion(session, case.agreement.id, 1)
    with app.test_request_context():
        note = of_thread(found, case.agreement.slug)
    assert note.state == "1 reply · resolved"
    assert (note.kind_word, note.quote, note.waits) == ("Concern", "old words", False)
    assert note.reply_address == ""


def test_a_folded_note_says_the_first_paragraph_and_an_open_one_the_rest(app):
    why = Markup("<p>Twenty is <em>fair</em></p>\n<ul><li>one</li></ul>")
    with app.test_request_context():
        note = of_amendment(proposal(why=why), "deal", may_amend=False)
    assert note.gist == "Twenty is fair"
    assert note.body_html == "<ul><li>one</li></ul>"
