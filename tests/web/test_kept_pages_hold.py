"""Whatever happened, whoever asks: a page that is there already is the one that would be made.

People of several kinds read while others write, change seats, names, languages and deadlines, in
an order that is drawn anew. Each answer is compared, byte for byte, with the one of the long way.
"""

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Role
from app.actions import agreements, amendments, ballots, comments, inside, notices, rounds, stances
from app.actions.accounts import AccountDatastore
from app.domain.anchors import anchor
from app.domain.ballots import VotingRule
from app.kernel.errors import AppError, NotFound
from app.models.agreements import Seat
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot
from app.models.comments import Comment, Thread
from app.models.people import User
from tests.conftest import Clock
from tests.factories.agreements import TREE, Case, add_party, make_case
from tests.factories.amendments import make_amendment, rewording
from tests.factories.people import START, make_user, make_workspace

ASKED = (
    *("", "?view=all", "?view=now", "/comments", "/comments?kind=question"),
    *("/text?from=answers", "/text?from=answers&view=all"),
)
STEPS: list[Callable[["World"], object]] = []


@dataclass
class World:
    """Where it happens, and chance, who decides what does."""

    session: Session
    case: Case
    clock: Clock
    chance: random.Random = field(default_factory=random.Random)

    def somebody(self):
        return self.case.actor(self.chance.choice([*self.case.people, "facilitator"]))

    def some(self, kind):
        rows = self.session.scalars(select(kind)).all()
        if not rows:
            raise NotFound("There is none yet.")
        return self.chance.choice(rows)

    def later(self, **span: int) -> datetime:
        return self.clock.now + timedelta(**span)


def step(told):
    STEPS.append(told)
    return told


step(lambda w: comments.start_thread(w.somebody(), w.case.round, text="Why?", kind="question"))
step(lambda w: comments.reply(w.somebody(), w.some(Thread), text="Because."))
step(lambda w: comments.edit_comment(w.somebody(), w.some(Comment), text=str(w.chance.random())))
step(lambda w: comments.retract_comment(w.somebody(), w.some(Comment)))
step(lambda w: comments.resolve_thread(w.somebody(), w.some(Thread), resolved=True))
step(lambda w: amendments.support_amendment(w.somebody(), w.some(AmendmentRow), supports=True))
step(lambda w: amendments.withdraw_amendment(w.somebody(), w.some(AmendmentRow)))
step(lambda w: stances.take_stance(w.somebody(), w.case.round, clause="ending", value=1))
step(lambda w: ballots.cast_vote(w.somebody(), w.some(Ballot), choice="yes"))
step(
    lambda w: rounds.extend_round(
        facilitator(w), w.case.round, closes_at=w.later(days=29, minutes=5)
    )
)
step(lambda w: w.clock.go_on(hours=w.chance.choice([1, 20])))


@step
def amend(world):
    days = str(world.chance.randint(16, 99))
    who = world.chance.choice(["Porto", "Lille", "facilitator"])
    make_amendment(world.case, who, rewording(world.case, "answer-time", "15", days))


@step
def note_inside(world):
    words = f"Between us {world.chance.random()}"
    place = anchor(TREE, "1", "answer-time")
    version = world.case.version.id
    inside.keep_note(
        world.somebody(), world.case.agreement, text=words, version_id=version, anchor=place
    )


@step
def put_to_a_vote(world):
    ballots.open_ballot(
        facilitator(world),
        world.case.round,
        question="So?",
        rule=VotingRule(),
        closes_at=world.later(hours=3, minutes=5),
        amendments=[world.some(AmendmentRow)],
    )


@step
def give_or_end_a_seat(world):
    rita, there = world.case.people["Rita"].id, world.case.participants["Porto"]
    seat = world.session.scalars(select(Seat).where(Seat.user_id == rita)).first()
    if seat is not None:
        agreements.end_seat(facilitator(world), there, seat_id=seat.id)
    else:
        agreements.give_seat(facilitator(world), there, user_id=rita, role=Role.VOTER)


@step
def speak_otherwise(world):
    row = world.session.get_one(User, world.case.people["Rita"].id)
    store = AccountDatastore()
    store.put(SimpleNamespace(row=row, changes={"language": world.chance.choice(["fr", "", "de"])}))
    store.commit()


@step
def read_the_notices(world):
    row = world.session.get_one(User, world.case.people["Porto"].id)
    notices.mark_all_read(world.case.actor("Porto"), row)


def facilitator(world):
    return world.case.actor("facilitator")


def seated(case: Case, who: User, *names: str) -> list[Seat]:
    held = {"agreement_id": case.agreement.id, "user_id": who.id}
    return [Seat(participant_id=case.participants[n].id, role="voter", **held) for n in names]


@pytest.fixture
def world(session, clock) -> World:
    clock.set(START + timedelta(days=1, minutes=17))
    make_workspace()
    case = make_case()
    add_party(case, "Riga", kind="observer")
    for name in ("Rita", "Twin", "Both", "Member"):
        case.people[name] = make_user(f"{name} Marques", of=case.organisations["Porto"])
    rita, twin, both = (case.people[name] for name in ("Rita", "Twin", "Both"))
    session.add_all([*seated(case, rita, "Porto"), *seated(case, twin, "Porto")])
    session.add_all(seated(case, both, "Porto", "Tartu"))
    lille = case.people["Lille"].id
    session.add(Seat(agreement_id=case.agreement.id, user_id=lille, role="facilitator"))
    session.commit()
    return World(session, case, clock)


def test_what_is_there_is_what_would_be_made(app, world, sign_in, count_statements):
    home = f"/agreements/{world.case.agreement.slug}"
    people = {**world.case.people, "facilitator": world.case.facilitator}
    browsers = {name: sign_in(app.test_client(), one) for name, one in people.items()}
    for browser in browsers.values():
        browser.get(home).close()
    seed = 1 if os.environ.get("CI") else random.randrange(10**6)
    world.chance.seed(seed)
    at_once = 0
    for number in range(16):
        try:
            world.chance.choice(STEPS)(world)
        except AppError:  # not theirs, not now, or not there yet
            world.session.rollback()
        twins = world.chance.choice([["Rita", "Twin"], ["Twin", "Rita"]])
        for rest in world.chance.sample(ASKED, 2):
            for name in [*world.chance.sample(sorted(browsers), 3), *twins, twins[0]]:
                with count_statements() as sent:
                    short = browsers[name].get(home + rest)
                at_once += not sent
                other = {"Accept-Language": f"en, xx;q=0.{number + 1}"}
                long_way = browsers[name].get(home + rest, headers=other)
                where = (seed, number, name, rest)
                assert (short.status_code, short.data) == (200, long_way.data), where
                assert dict(short.headers) == dict(long_way.headers), where
    assert at_once > 16
