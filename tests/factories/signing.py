"""An agreement on its way from adoption to force."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.actions import ballots, signatures
from app.domain.ballots import VotingRule
from app.domain.lifecycle import AgreementState, CopyState
from app.kernel import clock
from app.models.base import db
from app.models.files import StoredFile
from app.models.signatures import SignatureRequest, SignedCopy
from app.queries import signatures as found
from app.queries.files import new_file
from tests.factories.agreements import Case, make_case
from tests.factories.people import START

VOTED = START + timedelta(days=8)
LATER = START + timedelta(days=9)


def text_to_sign(words: bytes = b"the text") -> StoredFile:
    """An execution version, rendered before."""
    return new_file("to-sign.docx", "application/pdf", words)


def up_for_adoption(*names: str, yes: bool = True, counted: bool = True) -> Case:
    """Version 1 put to its parties as a whole, and counted."""
    case = make_case(*names, state=AgreementState.PUBLISHED)
    vote(case, START, VOTED, "yes" if yes else "no", counted=counted)
    return case


def vote(
    case: Case, opens: datetime, closes: datetime, choice: str = "yes", *, counted: bool = True
) -> None:
    """Let all parties vote on the whole text."""
    with clock.at(opens):
        ballot = ballots.open_adoption(
            case.actor("facilitator"),
            case.agreement,
            question="Do you adopt it?",
            rule=VotingRule(),
            closes_at=closes,
        )
        for name in case.people:
            ballots.cast_vote(case.actor(name), ballot, choice=choice)
    if counted:
        with clock.at(closes):
            ballots.count_ballot(case.actor("facilitator"), ballot)


def adopt(case: Case, actor: str = "facilitator", version_hash: str = "") -> None:
    """Adopt what was carried."""
    with clock.at(LATER):
        signatures.adopt_version(
            case.actor(actor),
            case.agreement,
            version_hash=version_hash or case.version.hash,
            execution=text_to_sign(),
        )


def being_signed(*names: str, threshold: int | None = None) -> Case:
    """An adopted text whose parties are asked to sign."""
    case = up_for_adoption(*names)
    adopt(case)
    case.agreement.threshold = threshold
    db.session.commit()
    with clock.at(LATER):
        signatures.open_signing(case.actor("facilitator"), case.agreement)
    return case


def request_of(session: Session, case: Case, name: str) -> SignatureRequest:
    """What a party was asked."""
    requests = found.requests_of(session, case.agreement.id)
    return next(one for one in requests if one.organisation.name == name)


def hand_in(session: Session, case: Case, name: str, by: str = "") -> SignedCopy:
    """Hand in a signed copy of a party."""
    with clock.at(LATER):
        return signatures.hand_in_copy(
            case.actor(by or name),
            request_of(session, case, name),
            file=new_file("signed.pdf", "application/pdf", name.encode()),
            findings=["A PDF."],
        )


def judge(
    case: Case,
    copy: SignedCopy,
    state: CopyState = CopyState.COUNTED,
    reason: str = "",
    by: str = "",
) -> SignedCopy:
    """Judge a copy."""
    with clock.at(LATER):
        return signatures.judge_copy(
            case.actor(by or "facilitator"), copy, state=state, reason=reason
        )
