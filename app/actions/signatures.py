"""From adoption to force: the frozen text, requests to sign, signed copies, entry into force."""

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.domain.ballots import BallotOutcome
from app.domain.lifecycle import AgreementState, CopyState, RequestState, move
from app.domain.signatures import progress
from app.kernel.errors import Conflict, Invalid, WrongMoment
from app.models.agreements import Agreement, Execution, Participant
from app.models.files import StoredFile
from app.models.signatures import SignatureRequest, SignedCopy
from app.queries import signatures as found
from app.queries import versions


@action(Permission.PARTY_CONFIRM)
def confirm_details(
    work: Work, participant: Participant, *, seen: int | None = None
) -> Participant:
    """Confirm what the signature page says of a party: legal form, seat, register, who signs.

    `seen` is the row version of the profile that the person has read.
    """
    organisation = participant.organisation
    if seen is not None and seen != organisation.row_version:
        raise Conflict(
            "The profile of {name} changed since you opened this page. Read it again, "
            "then confirm it.",
            name=organisation.name,
        )
    if missing := found.missing_details(organisation):
        raise Invalid("Fill in first: {missing}.", missing=", ".join(missing))
    participant.details_confirmed_at = work.now
    work.record(e.PartyDetailsConfirmed(organisation=organisation.name))
    return participant


@action(Permission.VERSION_ADOPT)
def adopt_version(
    work: Work, agreement: Agreement, *, version_hash: str, execution: StoredFile
) -> Agreement:
    """Freeze the text that was carried as the execution version.

    `execution` was rendered before, from the text with this hash; if the text changed since, it is
    refused. Who has not signed an earlier version isn't asked for it any more.
    """
    version = versions.latest_version(work.session, agreement.id)
    ballot = found.adoption_ballot(work.session, agreement.id)
    if version is None or ballot is None or ballot.version_id != version.id:
        raise WrongMoment("The latest version has not been put to the parties as a whole.")
    if ballot.outcome != BallotOutcome.CARRIED:
        raise WrongMoment("The ballot on the whole text is not carried.")
    if version.hash != version_hash:
        raise Conflict("The text changed since this file was made. Make it again.")
    agreement.state = move(AgreementState(agreement.state), AgreementState.ADOPTED)
    agreement.adopted_version = version.number
    for request in found.open_requests(work.session, agreement.id):
        request.state = move(RequestState(request.state), RequestState.VOID)
    execution.agreement_id = agreement.id
    execution.stored_at, execution.stored_by = work.now, work.person
    work.session.add(execution)
    work.session.flush()
    work.session.add(
        Execution(
            version_id=version.id,
            agreement_id=agreement.id,
            file_id=execution.id,
            adopted_at=work.now,
            ballot_id=ballot.id,
        )
    )
    work.record(e.VersionAdopted(version=version.number, hash=version.hash, file=execution.sha256))
    return agreement


@action(Permission.SIGNING_OPEN)
def open_signing(work: Work, agreement: Agreement) -> Agreement:
    """Ask every party to sign the adopted text; the details on its signature page are frozen."""
    execution = found.execution_of(work.session, agreement.id)
    if execution is None:
        raise AssertionError("an adopted agreement has its execution version")
    parties = found.parties_to_ask(work.session, agreement.id)
    if not parties:
        raise Invalid("No party takes part; there is nobody to ask.")
    for organisation, signatories in parties:
        work.session.add(
            SignatureRequest(
                agreement_id=agreement.id,
                version_id=execution.version_id,
                organisation_id=organisation.id,
                signatories=signatories,
                details=found.details_of(organisation),
                requested_at=work.now,
            )
        )
    agreement.state = move(AgreementState(agreement.state), AgreementState.SIGNING)
    work.record(e.SigningOpened(version=agreement.adopted_version or 0, asked=len(parties)))
    return agreement


@action(Permission.COPY_HAND_IN)
def hand_in_copy(
    work: Work, request: SignatureRequest, *, file: StoredFile, findings: list[str]
) -> SignedCopy:
    """Hand in a signed copy. `findings` is what the check of the file saw; a person counts it.

    Who declined before and signs after all is asked again by it.
    """
    if any(copy.state == CopyState.RECEIVED for copy in found.copies_of(work.session, request.id)):
        name = request.organisation.name
        raise Conflict("A copy of {name} waits to be looked at already.", name=name)
    file.agreement_id = request.agreement_id
    file.stored_at, file.stored_by = work.now, work.person
    work.session.add(file)
    work.session.flush()
    if request.state == RequestState.DECLINED:
        request.state = move(RequestState.DECLINED, RequestState.REQUESTED)
        request.decided_at, request.reason = None, ""
    copy = SignedCopy(
        request_id=request.id,
        file_id=file.id,
        state=CopyState.RECEIVED,
        findings=findings,
        received_at=work.now,
        received_from=work.person,
    )
    work.session.add(copy)
    work.record(e.SignedCopyReceived(organisation=request.organisation.name, sha256=file.sha256))
    return copy


@action(Permission.COPY_JUDGE)
def judge_copy(work: Work, copy: SignedCopy, *, state: CopyState, reason: str = "") -> SignedCopy:
    """Count, doubt or refuse a signed copy; enough counted ones bring the entry into force."""
    if state is not CopyState.COUNTED and not reason.strip():
        raise Invalid("Say what is wrong with this copy; the party reads it.", "reason")
    request = copy.request
    copy.state = move(CopyState(copy.state), state)
    copy.judged_by, copy.judged_at, copy.reason = work.person, work.now, reason.strip()
    work.record(e.SignedCopyJudged(organisation=request.organisation.name, state=state))
    if state is CopyState.COUNTED:
        request.state = move(RequestState(request.state), RequestState.SIGNED)
        request.decided_at = work.now
        _enter_into_force(work, request.agreement)
    return copy


def _enter_into_force(work: Work, agreement: Agreement) -> None:
    if agreement.state != AgreementState.SIGNING:
        return
    work.session.flush()
    reached = progress(found.states_of(work.session, agreement.id), agreement.threshold)
    if not reached.is_met:
        return
    agreement.state = move(AgreementState(agreement.state), AgreementState.IN_FORCE)
    agreement.in_force_at = work.now
    work.record(e.EnteredIntoForce(signed=reached.signed, asked=reached.asked))


@action(Permission.SIGNATURE_DECLINE)
def decline_to_sign(work: Work, request: SignatureRequest, *, reason: str) -> SignatureRequest:
    """Say that one's party will not sign, and why."""
    if not reason.strip():
        raise Invalid("Say why; the facilitator reads it.", "reason")
    request.state = move(RequestState(request.state), RequestState.DECLINED)
    request.decided_at, request.reason = work.now, reason.strip()
    work.record(e.SignatureDeclined(organisation=request.organisation.name))
    return request
