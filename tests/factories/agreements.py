"""An agreement with parties and seats, in the state a test needs."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.access.actor import Actor, Role
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.lifecycle import AgreementState
from app.models.agreements import Agreement, Participant, Seat, Version
from app.models.base import db
from app.models.clauses import new_version
from app.models.people import Organisation, User
from app.models.rounds import Round
from app.queries.people import actor_of
from tests.factories.people import START, make_organisation, make_user

TREE = ClauseTree(
    "Cooperation Agreement",
    (
        Clause(
            "scope",
            Kind.CLAUSE,
            "Scope",
            children=(
                Clause("scope-aim", Kind.CLAUSE, text="The Hubs cooperate across borders."),
                Clause(
                    "scope-limit",
                    Kind.CLAUSE,
                    text="Nothing here makes one Hub the agent of another.",
                ),
            ),
        ),
        Clause(
            "answers",
            Kind.CLAUSE,
            "Answers",
            children=(
                Clause(
                    "answer-time",
                    Kind.CLAUSE,
                    text="A Hub answers a request within 15 working days.",
                ),
                Clause(
                    "answer-form",
                    Kind.CLAUSE,
                    text="The answer is given in writing, under [[scope]].",
                ),
            ),
        ),
        Clause("ending", Kind.CLAUSE, "Ending", text="A Hub leaves with three months of notice."),
    ),
)
"""A small text with stable keys."""


@dataclass
class Case:
    """An agreement and its cast: the facilitator, and a person in all three seats by party."""

    agreement: Agreement
    facilitator: User
    version: Version | None = None
    round: Round | None = None
    organisations: dict[str, Organisation] = field(default_factory=dict)
    participants: dict[str, Participant] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """Who acts: "facilitator", or an organisation's person."""
        user = self.facilitator if name == "facilitator" else self.people[name]
        return actor_of(db.session(), user.id)


def make_case(
    *names: str,
    state: AgreementState = AgreementState.CONSULTATION,
    tree: ClauseTree = TREE,
    opens_at: datetime = START,
    days: int = 30,
) -> Case:
    """An agreement of parties (Lille, Porto and Tartu unless named), a version and a round."""
    facilitator = make_user("Sofie Maes", of=make_organisation("Ghent", country="BE"))
    agreement = Agreement(
        slug=f"agreement-{facilitator.id.hex[-8:]}",
        title=tree.title,
        state=state,
        created_at=opens_at,
        created_by=facilitator.id,
    )
    db.session.add(agreement)
    db.session.commit()
    db.session.add(Seat(agreement_id=agreement.id, user_id=facilitator.id, role=Role.FACILITATOR))
    case = Case(agreement, facilitator)
    for name in names or ("Lille", "Porto", "Tartu"):
        add_party(case, name, joined_at=opens_at)
    case.version = new_version(
        agreement.id,
        1,
        tree,
        beside={},
        provenance={},
        published_at=opens_at,
        published_by=facilitator.id,
    )
    db.session.add(case.version)
    db.session.commit()
    case.round = Round(
        agreement_id=agreement.id,
        number=1,
        version_id=case.version.id,
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=days),
    )
    db.session.add(case.round)
    db.session.commit()
    return case


def add_party(
    case: Case, name: str, *, kind: str = "party", weight: int = 1, joined_at: datetime = START
) -> Participant:
    """One more participant, with a person who is its legal contact, voter and signatory at once."""
    organisation = make_organisation(name)
    participant = Participant(
        agreement_id=case.agreement.id,
        organisation_id=organisation.id,
        kind=kind,
        colour=len(case.participants) % 12 + 1,
        weight=weight,
        joined_at=joined_at,
    )
    db.session.add(participant)
    person = make_user(f"Person {name}", of=organisation)
    db.session.commit()
    roles = (
        (Role.LEGAL_CONTACT, Role.VOTER, Role.SIGNATORY) if kind == "party" else (Role.OBSERVER,)
    )
    db.session.add_all(
        Seat(
            agreement_id=case.agreement.id,
            participant_id=participant.id,
            user_id=person.id,
            role=role,
        )
        for role in roles
    )
    db.session.commit()
    case.organisations[name], case.participants[name], case.people[name] = (
        organisation,
        participant,
        person,
    )
    return participant
