"""A small network with something on every page: a round, a ballot, a conflict, a signing."""

from datetime import timedelta

from app.access.actor import Role
from app.actions import ballots
from app.domain import operations as ops
from app.domain.ballots import VotingRule
from app.domain.lifecycle import Outcome
from app.http.auth import hash_password
from app.kernel import clock
from app.models.agreements import Seat
from app.models.base import db
from tests.factories import contributions, signing, versions
from tests.factories.agreements import TREE, Case, make_case
from tests.factories.people import START, make_workspace

PASSWORD = "five people walk together"
DURING, AFTER = contributions.DURING, contributions.AFTER


class Network:
    """One facilitator and one legal contact (of Lille) in agreements at four points of life."""

    def __init__(self) -> None:
        make_workspace("Hubs of three countries")
        self.open = discussed()
        self.torn = in_conflict()
        self.whole = versions.two_versions()
        self.signed = signing.being_signed()
        self.sofie, self.claire = self.open.facilitator, self.open.people["Lille"]
        for case in (self.torn, self.whole, self.signed):
            self._seat(case)
        for user in (self.sofie, self.claire, self.open.people["Tartu"]):
            user.password = hash_password(PASSWORD)
        db.session.commit()
        self.slugs = {
            name: getattr(self, name).agreement.slug for name in ("open", "torn", "whole", "signed")
        }

    def _seat(self, case: Case) -> None:
        agreement, lille = case.agreement.id, case.participants["Lille"].id
        db.session.add(Seat(agreement_id=agreement, user_id=self.sofie.id, role=Role.FACILITATOR))
        db.session.add_all(
            Seat(agreement_id=agreement, participant_id=lille, user_id=self.claire.id, role=role)
            for role in (Role.LEGAL_CONTACT, Role.VOTER, Role.SIGNATORY)
        )
        db.session.commit()


def discussed() -> Case:
    """A round with a comment, two amendments that collide, a deletion, and an open ballot."""
    case = make_case()
    contributions.comment(case, "Tartu", "Two weeks are *too short* for us.", "answer-time")
    contributions.comment(case, "Porto", "A good text on the whole.")
    days = contributions.reword(case, "Lille", "15", "20")
    contributions.reword(case, "Tartu", "15", "ten")
    contributions.propose(case, "Porto", ops.delete_clause(TREE, "scope-limit"))
    with clock.at(DURING):
        ballots.open_ballot(
            case.actor("facilitator"),
            case.round,
            question="Shall there be more days?",
            rule=VotingRule(),
            closes_at=START + timedelta(days=9),
            amendments=[days],
        )
    return case


def in_conflict() -> Case:
    """A consolidation in which two accepted amendments replace the same word."""
    case = make_case()
    thread = contributions.comment(case, "Tartu", "Too short.", "answer-time")
    contributions.comment(case, "Porto", "Nobody has answered this yet.")
    rivals = [
        contributions.reword(case, name, "15", days)
        for name, days in (("Lille", "20"), ("Tartu", "ten"))
    ]
    contributions.consolidate(case)
    contributions.decide(case, Outcome.ACCEPTED, *rivals)
    contributions.answer(case, [thread])
    return case
