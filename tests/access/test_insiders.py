"""Who has a say inside an organisation; the cells are in matrix.txt, here is what a cell hides."""

import uuid
from datetime import UTC, datetime
from types import SimpleNamespace as Row

from app.access import insiders
from app.access.actor import Actor, Role, Standing
from app.access.predicates import Ask

AGREEMENT, LILLE, PORTO = (uuid.UUID(int=number) for number in (1, 2, 3))
NOW = datetime(2026, 11, 2, tzinfo=UTC)


def person(*roles: Role, of: uuid.UUID = LILLE, number: int = 10) -> Actor:
    held = frozenset(Standing(AGREEMENT, role, of, None, True) for role in roles)
    return Actor(uuid.UUID(int=number), "A person", standings=held)


def draft(**more: object) -> Row:
    held = {
        "agreement_id": AGREEMENT,
        "organisation_id": LILLE,
        "organisation": Row(checks_drafts=True),
        "entered_by": None,
        "author_id": uuid.UUID(int=10),
        "written_by": None,
        "state": "draft",
    }
    return Row(**{**held, **more})


def ask(actor: Actor, subject: Row) -> Ask:
    return Ask(actor, subject, NOW)


def test_the_last_writer_is_who_wrote_it():
    contact = person(Role.LEGAL_CONTACT)
    assert not insiders.did_not_write_it(ask(contact, draft()))
    assert insiders.did_not_write_it(ask(contact, draft(written_by=uuid.UUID(int=11))))
    assert not insiders.did_not_write_it(
        ask(contact, draft(author_id=uuid.UUID(int=11), written_by=uuid.UUID(int=10)))
    )


def test_a_check_is_needed_only_where_the_organisation_wants_it_of_its_own_words():
    contact = person(Role.LEGAL_CONTACT)
    assert not insiders.draft_is_checked_if_wanted(ask(contact, draft()))
    for free in (
        {"state": "checked"},
        {"organisation": Row(checks_drafts=False)},
        {"organisation": None},
        {"entered_by": uuid.UUID(int=12)},
    ):
        assert insiders.draft_is_checked_if_wanted(ask(contact, draft(**free)))


def test_a_facilitators_own_matter_is_nobodys_inside():
    own = draft(organisation_id=None)
    assert not insiders.sits_for_it(ask(person(Role.FACILITATOR, of=None), own))
    assert not insiders.sits_for_it(ask(person(Role.VOTER, of=PORTO), draft()))
    assert insiders.sits_for_it(ask(person(Role.VOTER), draft()))
