"""States and legal moves: what an agreement, an amendment.

A ballot or a signature may become (MODEL.md 9).
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from app.kernel.errors import WrongMoment
from app.kernel.said import said


class AgreementState(StrEnum):
    """Where an agreement is in its life."""

    DRAFTING = "drafting"
    CONSULTATION = "consultation"
    VOTING = "voting"
    CONSOLIDATION = "consolidation"
    PUBLISHED = "published"
    ADOPTION = "adoption"
    ADOPTED = "adopted"
    SIGNING = "signing"
    IN_FORCE = "in_force"
    TERMINATED = "terminated"
    ABANDONED = "abandoned"


class AmendmentState(StrEnum):
    """What has become of an amendment. All but a draft are public and kept."""

    DRAFT = "draft"
    CHECKED = "checked"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    FALLEN = "fallen"
    OBSOLETE = "obsolete"


class RequestState(StrEnum):
    """What has become of the request to sign that one signatory got for one version."""

    REQUESTED = "requested"
    SIGNED = "signed"
    DECLINED = "declined"
    VOID = "void"


class CopyState(StrEnum):
    """What has become of a signed copy that was handed in."""

    RECEIVED = "received"
    COUNTED = "counted"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"


class Outcome(StrEnum):
    """What the facilitator answered to a comment or an amendment."""

    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted_in_part"
    REJECTED = "rejected"
    DUPLICATE_OF = "duplicate_of"
    OUT_OF_SCOPE = "out_of_scope"
    NOTED = "noted"
    DEFERRED = "deferred"


_A, _M, _R, _C = AgreementState, AmendmentState, RequestState, CopyState
MOVES: Mapping[StrEnum, frozenset[StrEnum]] = {
    _A.DRAFTING: frozenset({_A.CONSULTATION, _A.ADOPTION, _A.ABANDONED}),
    _A.CONSULTATION: frozenset({_A.VOTING, _A.CONSOLIDATION, _A.ABANDONED}),
    _A.VOTING: frozenset({_A.CONSOLIDATION, _A.ABANDONED}),
    _A.CONSOLIDATION: frozenset({_A.PUBLISHED, _A.ABANDONED}),
    _A.PUBLISHED: frozenset({_A.CONSULTATION, _A.ADOPTION, _A.ABANDONED}),
    _A.ADOPTION: frozenset({_A.ADOPTED, _A.PUBLISHED, _A.ABANDONED}),
    _A.ADOPTED: frozenset({_A.SIGNING}),
    _A.SIGNING: frozenset({_A.IN_FORCE}),
    _A.IN_FORCE: frozenset({_A.CONSULTATION, _A.TERMINATED}),
    _M.DRAFT: frozenset({_M.CHECKED, _M.PROPOSED}),
    _M.CHECKED: frozenset({_M.DRAFT, _M.PROPOSED}),
    _M.PROPOSED: frozenset({_M.ACCEPTED, _M.REJECTED, _M.WITHDRAWN, _M.FALLEN, _M.OBSOLETE}),
    _M.ACCEPTED: frozenset({_M.REJECTED, _M.FALLEN, _M.PROPOSED}),
    _M.REJECTED: frozenset({_M.ACCEPTED, _M.PROPOSED}),
    _M.FALLEN: frozenset({_M.PROPOSED}),
    _R.REQUESTED: frozenset({_R.SIGNED, _R.DECLINED, _R.VOID}),
    _R.DECLINED: frozenset({_R.REQUESTED, _R.VOID}),
    _R.SIGNED: frozenset({_R.VOID}),
    _C.RECEIVED: frozenset({_C.COUNTED, _C.DOUBTFUL, _C.REFUSED}),
    _C.DOUBTFUL: frozenset({_C.COUNTED, _C.REFUSED}),
}
"""Which state may follow which; what is not named is an end.

A decision on an amendment may change until publication.
"""

State = TypeVar("State", bound=StrEnum)

WORDS: Mapping[StrEnum, str] = {
    _A.DRAFTING: said("being drafted"),
    _A.CONSULTATION: said("in consultation"),
    _A.VOTING: said("being voted on"),
    _A.CONSOLIDATION: said("being consolidated"),
    _A.PUBLISHED: "published",
    _A.ADOPTION: said("up for adoption"),
    _A.ADOPTED: "adopted",
    _A.SIGNING: said("being signed"),
    _A.IN_FORCE: said("in force"),
    _A.TERMINATED: "terminated",
    _A.ABANDONED: "abandoned",
}


def move(state: State, to: State) -> State:
    """Return the new state. Raises WrongMoment where the move is not legal."""
    if to not in MOVES.get(state, frozenset()):
        raise WrongMoment(
            "This is {state}; it can't become {to} now.",
            state=WORDS.get(state, str(state)),
            to=WORDS.get(to, str(to)),
        )
    return to


def is_open(now: datetime, opens_at: datetime | None, closes_at: datetime | None) -> bool:
    """Whether a round or a ballot takes contributions.

    From `opens_at` until just before `closes_at`.
    """
    return opens_at is not None and closes_at is not None and opens_at <= now < closes_at
