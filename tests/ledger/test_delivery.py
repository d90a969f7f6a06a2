"""Notices become letters: once, to those who may still read them."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.access.actor import Role
from app.actions.agreements import end_participation
from app.actions.rounds import extend_round
from app.ledger.delivery import MOST_TRIES, Attached, WordLink, deliver
from app.models.agreements import Participant, Seat
from app.models.notices import Notice
from tests.factories.agreements import make_case

BASE = "https://agreements.example.org"


@pytest.fixture
def case(session, clock):
    """A round that was extended, so that everybody with a seat hears of it."""
    case = make_case()
    clock.go_on(days=1)
    extend_round(
        case.actor("facilitator"),
        case.round,
        closes_at=case.round.closes_at.replace(month=12, day=4, hour=17),
    )
    return case


@pytest.fixture
def box():
    return []


def states(session):
    session.expire_all()
    return sorted(session.scalars(select(Notice.mail)))


def test_each_person_gets_one_letter_and_none_twice(session, case, box):
    told = deliver(session, box.append, BASE, "Europe/Brussels")
    assert (told.sent, told.failed) == (len(box), 0)
    assert sorted(letter.to for letter in box) == sorted(p.email for p in case.people.values())
    assert "Sofie Maes" in box[0].subject
    assert "Fri 4 Dec 2026, 18:00" in box[0].subject
    assert f"{BASE}/agreements/{case.agreement.slug}" in box[0].body
    assert states(session) == ["sent"] * 3
    assert deliver(session, box.append, BASE, "Europe/Brussels").sent == 0


def test_several_notices_make_one_letter(session, case, clock, box):
    clock.go_on(days=1)
    extend_round(
        case.actor("facilitator"),
        case.round,
        closes_at=case.round.closes_at.replace(month=12, day=11),
    )
    deliver(session, box.append, BASE, "Europe/Brussels")
    assert len(box) == 3
    assert box[0].subject == "2 things happened"
    assert box[0].body.count("\n- ") == 2


def test_a_letter_that_fails_is_tried_again_under_the_same_name(session, case, box):
    def refuse(letter):
        box.append(letter)
        raise OSError("no mail server")

    for _ in range(MOST_TRIES):
        assert deliver(session, refuse, BASE, "Europe/Brussels").failed == 3
    assert states(session) == ["failed"] * 3
    assert len({letter.message_id for letter in box}) == 3
    assert deliver(session, refuse, BASE, "Europe/Brussels").failed == 0


def test_who_was_removed_meanwhile_hears_nothing(session, case, box):
    for person in case.people.values():
        person.active = False
    session.commit()
    assert deliver(session, box.append, BASE, "Europe/Brussels").sent == 0
    assert box == []
    assert states(session) == ["none"] * 3
    assert session.scalars(select(Participant.id)).all()


def test_a_title_cannot_add_a_header(session, case, box):
    case.agreement.title = "Text\r\nBcc: everybody@example.org"
    session.commit()
    deliver(session, box.append, BASE, "Europe/Brussels")
    assert all("\n" not in letter.subject and "\r" not in letter.subject for letter in box)


def test_an_organisation_that_left_meanwhile_hears_nothing(session, case, box):
    end_participation(case.actor("facilitator"), case.participants["Lille"])
    deliver(session, box.append, BASE, "Europe/Brussels")
    assert sorted(letter.to for letter in box) == sorted(
        case.people[name].email for name in ("Porto", "Tartu")
    )


def test_a_legal_contact_gets_the_link_to_word_and_the_address_to_answer_to(session, case, box):
    session.execute(
        update(Notice).values(
            tag="round:opened", data={"round": 2, "version": 3, "closes_at": "2026-12-04T17:00:00Z"}
        )
    )
    session.commit()

    def in_word(seat_id, version, purpose):
        return WordLink(f"{BASE}/word/{version}", "word+token@example.org")

    deliver(session, box.append, BASE, "Europe/Brussels", in_word)
    assert len(box) == 3
    for letter in box:
        assert f"without signing in: {BASE}/word/3" in letter.body
        assert "with the file you worked on, or send it to word+token@example.org" in letter.body
        assert letter.reply_to == "word+token@example.org"


def test_a_new_version_brings_the_answers_to_what_was_said_on_the_one_before(session, case, box):
    session.execute(update(Notice).values(tag="version:published", data={"version": 2}))
    session.commit()
    deliver(
        session,
        box.append,
        BASE,
        "Europe/Brussels",
        lambda _seat, n, _: WordLink(f"{BASE}/{n}", "x"),
    )
    assert f"The answers to what you said, as a Word file: {BASE}/1" in box[0].body
    assert box[0].reply_to == ""


@pytest.mark.parametrize(
    ("tag", "data", "words"),
    [
        ("round:opened", {"round": 2, "version": 3, "closes_at": "2026-12-04T17:00:00Z"},
         "The text is attached as a Word file."),
        ("version:published", {"version": 2}, "The answers to what you said are attached"),
    ],
)  # fmt: skip
def test_what_a_link_gives_comes_along_where_it_may(session, case, box, tag, data, words):
    session.execute(update(Notice).values(tag=tag, data=data))
    session.commit()
    purposes = []

    def in_word(_seat, version, purpose):
        purposes.append(purpose)
        file = Attached(f"{purpose}.docx", b"PK")
        return WordLink(f"{BASE}/{version}", "word@example.org", file)

    deliver(session, box.append, BASE, "Europe/Brussels", in_word)
    assert {letter.files for letter in box} == {(Attached(f"{purposes[0]}.docx", b"PK"),)}
    assert all(words in letter.body for letter in box)


def test_where_several_texts_are_worked_on_each_has_its_own_address(session, clock, box):
    cases = [make_case(), make_case()]
    clock.go_on(days=1)
    for case in cases:
        extend_round(
            case.actor("facilitator"),
            case.round,
            closes_at=case.round.closes_at + timedelta(days=5),
        )
    one, other = (case.people["Lille"].id for case in cases)
    session.execute(update(Notice).where(Notice.user_id == other).values(user_id=one))
    seat = session.scalars(
        select(Seat).where(Seat.user_id == other, Seat.role == Role.LEGAL_CONTACT)
    ).one()
    seat.user_id = one
    session.execute(
        update(Notice).values(
            tag="round:opened", data={"round": 1, "version": 1, "closes_at": "2026-12-04T17:00:00Z"}
        )
    )
    session.commit()

    def in_word(seat_id, _version, _purpose):
        return WordLink(f"{BASE}/word/{seat_id}", f"word+{seat_id.hex}@example.org")

    deliver(session, box.append, BASE, "Europe/Brussels", in_word)
    (letter,) = [one for one in box if one.to == cases[0].people["Lille"].email]
    assert letter.reply_to == ""
    assert letter.body.count("or send it to word+") == 2


def test_what_leads_nowhere_is_not_in_the_letter(session, case, box):
    session.execute(
        update(Notice).values(
            tag="round:opened", data={"round": 2, "version": 3, "closes_at": "2026-12-04T17:00:00Z"}
        )
    )
    session.commit()
    deliver(session, box.append, BASE, "Europe/Brussels", lambda *_: None)
    assert all("Word" not in letter.body for letter in box)
