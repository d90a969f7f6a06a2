"""What stands beside a text in few words: who takes part, supports, decides, and stands where.

Rows of several kinds, each with the columns that it knows, come in one statement at any size.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Integer,
    Row,
    Select,
    String,
    Text,
    Uuid,
    bindparam,
    exists,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from app.access.actor import Actor
from app.domain.lifecycle import AmendmentState
from app.models.agreements import Participant, Version
from app.models.amendments import AmendmentRow, Support
from app.models.ballots import Ballot, BallotOption
from app.models.base import UTCDateTime
from app.models.people import Organisation, User
from app.models.stances import Stance
from app.queries.comments import Speaker
from app.queries.inside import on_text_of
from app.queries.stances import may_see_all


@dataclass(frozen=True)
class Decider:
    """The ballot that decides on an amendment."""

    number: int
    opens_at: datetime
    closes_at: datetime
    outcome: str


@dataclass(frozen=True)
class Sides:
    """What is beside a text: speakers by organisation, then by amendment who supports and decides.

    `stances` are the rows of those that the reader may know of; `has_notes`: their organisation
    keeps notes of its own on the text.
    """

    speakers: Mapping[uuid.UUID, Speaker]
    supporters: Mapping[uuid.UUID, tuple[str, ...]]
    ballots: Mapping[uuid.UUID, Decider]
    stances: tuple[Row[Any], ...]
    has_notes: bool


_COLUMNS: Mapping[str, TypeEngine[Any]] = {
    "organisation_id": Uuid(),
    "amendment_id": Uuid(),
    "name": String(),
    "code": String(),
    "colour": Integer(),
    "number": Integer(),
    "opens_at": UTCDateTime(),
    "closes_at": UTCDateTime(),
    "outcome": String(),
    "clause_key": String(),
    "value": Integer(),
    "reason": Text(),
    "text_hash": String(),
    "given_at": UTCDateTime(),
    "person": String(),
    "version": Integer(),
}
_HERE = bindparam("agreement", type_=Uuid())
_OWN = bindparam("own", type_=Uuid(), expanding=True)
_SEES_ALL = bindparam("sees_all", type_=Boolean())


def _line(kind: str, **known: Any) -> Select[*tuple[Any, ...]]:
    return select(
        literal(kind).label("kind"),
        *(known.get(name, literal(None, of)).label(name) for name, of in _COLUMNS.items()),
    )


def _columns(*columns: Any) -> dict[str, Any]:
    return {column.key: column for column in columns}


def _lines() -> tuple[Select[*tuple[Any, ...]], ...]:
    return (
        _line(
            "speaker",
            **_columns(Participant.organisation_id, Organisation.name, Organisation.code),
            colour=Participant.colour,
        )
        .join_from(Participant, Organisation, Organisation.id == Participant.organisation_id)
        .where(Participant.agreement_id == _HERE),
        _line("supporter", **_columns(Support.amendment_id, Organisation.code))
        .join_from(Support, Organisation, Organisation.id == Support.organisation_id)
        .join(AmendmentRow, AmendmentRow.id == Support.amendment_id)
        .where(
            AmendmentRow.agreement_id == _HERE,
            AmendmentRow.state.in_((AmendmentState.PROPOSED, AmendmentState.ACCEPTED)),
        ),
        _line(
            "ballot",
            **_columns(BallotOption.amendment_id, Ballot.number, Ballot.outcome),
            **_columns(Ballot.opens_at, Ballot.closes_at),
        )
        .join_from(Ballot, BallotOption, BallotOption.ballot_id == Ballot.id)
        .where(Ballot.agreement_id == _HERE, Ballot.voided_at.is_(None), Ballot.subject != "straw"),
        _stances(),
        _line("note").where(exists().where(*on_text_of(_HERE, _OWN))),
    )


def _stances() -> Select[*tuple[Any, ...]]:
    """Those of the reader's own organisations, or of all."""
    return (
        _line(
            "stance",
            **_columns(Stance.organisation_id, Stance.clause_key, Stance.value, Stance.reason),
            **_columns(Stance.text_hash, Stance.given_at, Organisation.name, Organisation.code),
            person=User.name,
            version=Version.number,
        )
        .join_from(Stance, Organisation, Organisation.id == Stance.organisation_id)
        .join(User, User.id == Stance.given_by)
        .join(Version, Version.id == Stance.version_id)
        .where(Stance.agreement_id == _HERE, or_(_SEES_ALL, Stance.organisation_id.in_(_OWN)))
    )


_SIDES = union_all(*_lines())


def sides_of(session: Session, actor: Actor, agreement_id: uuid.UUID) -> Sides:
    """What a reader sees beside the text of an agreement: one statement."""
    asked = {
        "agreement": agreement_id,
        "own": list(actor.organisations_in(agreement_id)),
        "sees_all": may_see_all(actor, agreement_id),
    }
    found: dict[str, list[Row[Any]]] = {}
    for row in session.execute(_SIDES, asked):
        found.setdefault(row.kind, []).append(row)
    return Sides(
        speakers={
            row.organisation_id: Speaker(row.name, row.code, row.colour)
            for row in found.get("speaker", ())
        },
        supporters=_supporters(found.get("supporter", ())),
        ballots={
            row.amendment_id: Decider(row.number, row.opens_at, row.closes_at, row.outcome)
            for row in sorted(found.get("ballot", ()), key=lambda row: int(row.number))
        },
        stances=tuple(found.get("stance", ())),
        has_notes="note" in found,
    )


def _supporters(rows: Iterable[Row[Any]]) -> Mapping[uuid.UUID, tuple[str, ...]]:
    found: dict[uuid.UUID, tuple[str, ...]] = {}
    for row in sorted(rows, key=lambda row: str(row.code)):
        found[row.amendment_id] = (*found.get(row.amendment_id, ()), row.code)
    return found
