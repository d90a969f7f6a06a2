"""The installation that the pages are measured on: its rows, and the cookies of its people.

Rows are written at once, not through actions: what counts is that they look as actions leave them.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session

from app.access.actor import SYSTEM, Role
from app.actions import upkeep
from app.domain import operations
from app.domain.ballots import VotingRule
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.events import RoundOpened
from app.factory import create_app
from app.kernel import clock
from app.kernel.ids import new_token
from app.ledger import audit
from app.models.agreements import Seat
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot, RollEntry
from app.models.base import db
from app.models.comments import Comment, Thread
from app.settings import Settings
from benchmarks.texts import reworded
from benchmarks.word import sentence
from tests.factories.agreements import Case, make_case
from tests.factories.people import make_workspace

SECRET = "a secret for measuring, of forty characters"
CSRF = "0" * 40
HUBS = 30


@dataclass(frozen=True)
class Size:
    """How much stands in an agreement."""

    clauses: int
    comments: int
    amendments: int

    def __str__(self) -> str:
        return f"{self.clauses:,} clauses, {self.comments:,} comments, {self.amendments} amendments"


SMALL = Size(30, 150, 50)
LARGE = Size(300, 3_000, 200)
DISCUSSED = Size(100, 1_000, 0)


@dataclass(frozen=True)
class Site:
    """The agreements by their slugs, and who may sign in: one person of each organisation."""

    small: str
    large: str
    discussed: str
    people: Sequence[str]
    ballots: int


def app_on(folder: Path) -> Flask:
    """The application of an installation in this folder."""
    return create_app(
        Settings(_env_file=None, instance_folder=folder, secret_key=SECRET, throttle=False)
    )


def build(app: Flask, ballots: int = 12, large_size: Size | None = None) -> Site:
    """Make the tables and everything in them."""
    with app.app_context():
        upkeep.bring_up_to_date()
        make_workspace()
        small, large = _agreement(SMALL, ballots), _agreement(large_size or LARGE, 0)
        people = [small.people[name].fs_uniquifier for name in small.organisations]
        discussed = _agreement(DISCUSSED, 0)
        db.session.add_all(_seat_beside(small, other) for other in (large, discussed))
        db.session.commit()
        slugs = (one.agreement.slug for one in (small, large, discussed))
        return Site(*slugs, people, ballots)


def _seat_beside(small: Case, large: Case) -> Seat:
    """Let the first person of the small agreement take part in the large one as well."""
    first = next(iter(small.people))
    return Seat(
        agreement_id=large.agreement.id,
        participant_id=large.participants[first].id,
        user_id=small.people[first].id,
        role=Role.LEGAL_CONTACT,
    )


def _agreement(size: Size, ballots: int) -> Case:
    rng = random.Random(size.clauses)
    tree = _tree(size, rng)
    now = clock.utcnow()
    names = [f"Hub {number}" for number in range(HUBS)]
    case = make_case(*names, tree=tree, opens_at=now - timedelta(days=9))
    assert case.version is not None
    session = db.session()
    keys = [node.key for node in tree.walk() if node.text]
    _discuss(session, case, size, keys, rng, now)
    _amend(session, case, size, tree, keys, rng, now)
    for number in range(1, ballots + 1):
        _ballot(session, case, number, now)
    opened = RoundOpened(round=1, version=1, closes_at=case.round.closes_at.isoformat())
    audit.write(session, SYSTEM, now, case.agreement.id, [opened])
    session.commit()
    return case


def _tree(size: Size, rng: random.Random) -> ClauseTree:
    """Articles of ten clauses of 60 to 140 words."""
    articles = []
    for start in range(0, size.clauses, 10):
        held = tuple(
            Clause(f"c{size.clauses}-{at}", Kind.CLAUSE, text=sentence(rng, rng.randint(60, 140)))
            for at in range(start, min(start + 10, size.clauses))
        )
        articles.append(
            Clause(f"a{size.clauses}-{start}", Kind.CLAUSE, f"Matter {start}", children=held)
        )
    return ClauseTree("Sample agreement", tuple(articles))


def _discuss(
    session: Session, case: Case, size: Size, keys: list[str], rng: random.Random, now: datetime
) -> None:
    """Threads of one to three comments, on clauses."""
    names, number, left = list(case.organisations), 0, size.comments
    while left:
        number += 1
        name = rng.choice(names)
        at = now - timedelta(minutes=left)
        thread = Thread(
            agreement_id=case.agreement.id,
            round_id=case.round.id,
            number=number,
            subject="clause",
            kind=rng.choice(("question", "concern", "editorial", "support")),
            version_id=case.version.id,
            clause_key=rng.choice(keys),
            organisation_id=case.organisations[name].id,
            started_by=case.people[name].id,
            started_at=at,
        )
        session.add(thread)
        session.flush()
        replies = min(left, rng.randint(1, 3))
        left -= replies
        session.add_all(_comment(thread, case, rng.choice(names), rng, at) for _ in range(replies))
    case.agreement.next_thread = number + 1


def _comment(thread: Thread, case: Case, name: str, rng: random.Random, at: datetime) -> Comment:
    return Comment(
        thread_id=thread.id,
        organisation_id=case.organisations[name].id,
        author_id=case.people[name].id,
        text=sentence(rng, 40),
        salt=new_token(),
        created_at=at,
    )


def _amend(
    session: Session,
    case: Case,
    size: Size,
    tree: ClauseTree,
    keys: list[str],
    rng: random.Random,
    now: datetime,
) -> None:
    names = list(case.organisations)
    for number in range(1, size.amendments + 1):
        key, name = rng.choice(keys), rng.choice(names)
        text = reworded(rng, tree.find(key).text, rng.randint(1, 3))
        steps = (operations.replace_text(tree, key, text),)
        session.add(
            AmendmentRow(
                agreement_id=case.agreement.id,
                round_id=case.round.id,
                version_id=case.version.id,
                number=number,
                label=f"A{number}",
                organisation_id=case.organisations[name].id,
                author_id=case.people[name].id,
                rationale=sentence(rng, 25),
                operations=operations.to_json(steps),
                operations_hash=operations.operations_hash(steps),
                clauses=[key],
                state="proposed",
                created_at=now,
                proposed_at=now,
            )
        )


def _ballot(session: Session, case: Case, number: int, now: datetime) -> None:
    row = Ballot(
        agreement_id=case.agreement.id,
        round_id=case.round.id,
        version_id=case.version.id,
        number=number,
        subject="straw",
        question="Do you want it?",
        wording_hash="0" * 64,
        choices=[["yes", "yes"], ["no", "no"], ["abstain", "abstain"]],
        rule=VotingRule().to_json(),
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
        opened_by=case.facilitator.id,
    )
    session.add(row)
    session.flush()
    session.add_all(
        RollEntry(
            ballot_id=row.id,
            organisation_id=organisation.id,
            weight=1,
            casters=[str(case.people[name].id)],
        )
        for name, organisation in case.organisations.items()
    )


def cookie(app: Flask, uniquifier: str) -> str:
    """The session cookie of a person who has signed in."""
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    held = {
        "_user_id": uniquifier,
        "_fresh": False,
        "fs_paa": datetime.now(UTC).timestamp(),  # noqa: TID251 - as Flask-Security does
        "csrf_token": CSRF,
    }
    return f"session={signer.dumps(held)}; script=on"


def csrf_token() -> str:
    """The token that the forms of these sessions carry."""
    return str(URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(CSRF))
