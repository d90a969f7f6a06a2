"""Why is this here: the sources of a version's words as sentences people can check."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import provenance
from app.domain.clauses import ClauseTree, Kind
from app.domain.provenance import NodeProvenance, Provenance, Source
from app.kernel.said import said
from app.models.agreements import Participant, Version
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot, BallotOption
from app.models.people import Organisation, User
from app.queries.comments import FACILITATOR, Speaker


@dataclass(frozen=True)
class Decided:
    """An amendment that was accepted: whose, against which version, and what decided it."""

    number: int
    label: str
    who: Speaker
    version: int
    ballot: int | None
    at: datetime | None
    clauses: tuple[str, ...]
    person: str = ""


@dataclass(frozen=True)
class Told:
    """A source as a sentence; `label` names the amendment behind it, "" for none."""

    words: str
    reason: str = ""
    label: str = ""
    who: Speaker | None = None
    ballot: int | None = None


@dataclass(frozen=True)
class Stretch:
    """Words that have one source."""

    words: str
    told: Told
    is_removed: bool = False


def accepted_amendments(session: Session, agreement_id: uuid.UUID) -> Mapping[str, Decided]:
    """Every accepted amendment of an agreement by its label, with its ballot: two statements."""
    rows = session.execute(
        select(
            AmendmentRow.id,
            AmendmentRow.number,
            AmendmentRow.label,
            AmendmentRow.clauses,
            AmendmentRow.decided_at,
            Version.number.label("version"),
            Organisation.name,
            Organisation.code,
            Participant.colour,
            User.name.label("person"),
        )
        .join(Version, Version.id == AmendmentRow.version_id)
        .join(User, User.id == AmendmentRow.author_id)
        .outerjoin(Organisation, Organisation.id == AmendmentRow.organisation_id)
        .outerjoin(
            Participant,
            (Participant.organisation_id == Organisation.id)
            & (Participant.agreement_id == agreement_id),
        )
        .where(AmendmentRow.agreement_id == agreement_id, AmendmentRow.state == "accepted")
        .order_by(AmendmentRow.number)
    ).all()
    ballots = _ballots(session, agreement_id)
    return {
        row.label: Decided(
            number=row.number,
            label=row.label,
            who=Speaker(row.name, row.code, row.colour or 0) if row.name else FACILITATOR,
            version=row.version,
            ballot=ballots.get(row.id),
            at=row.decided_at,
            clauses=tuple(row.clauses),
            person=row.person,
        )
        for row in rows
    }


def _ballots(session: Session, agreement_id: uuid.UUID) -> Mapping[uuid.UUID, int]:
    """The ballot that carried an amendment; a straw poll decides nothing."""
    return dict(
        session.execute(
            select(BallotOption.amendment_id, Ballot.number)
            .join(Ballot, Ballot.id == BallotOption.ballot_id)
            .where(
                Ballot.agreement_id == agreement_id,
                Ballot.subject != "straw",
                Ballot.outcome == "carried",
            )
            .order_by(Ballot.number)
        ).all()
    )


def told(source: Source, accepted: Mapping[str, Decided]) -> Told:
    """One source as a sentence."""
    if source.origin == "amendment":
        return _of_amendment(source, accepted.get(source.ref))
    words = {
        "template": said("From the template {ref}.", ref=source.ref)
        if source.ref
        else said("From the template."),
        "import": said("From the imported file {ref}.", ref=source.ref)
        if source.ref
        else said("From the first text."),
        "answer": said("Filled in from the parties’ details when the version was frozen.")
        if source.ref in {"parties", "signatures"}
        else said("Filled in by an answer of the interview."),
        "resolution": said("Settled by the facilitator where amendments collided."),
        "edit": said("Edited by the facilitator.")
        if source.ref
        else said("Written by the facilitator in the draft."),
    }
    return Told(words[source.origin], source.why)


def _of_amendment(source: Source, decided: Decided | None) -> Told:
    if decided is None:
        return Told(said("Amendment {ref}.", ref=source.ref), source.why, source.ref)
    how = (
        said("carried in ballot {ballot}", ballot=decided.ballot)
        if decided.ballot
        else said("accepted by the facilitator")
    )
    owner = said("the facilitator") if decided.who is FACILITATOR else decided.who.name
    # What a ballot decided needs no further reason.
    why = "" if decided.ballot else source.why
    words = said("Amendment {ref} of {owner}, {how}.", ref=source.ref, owner=owner, how=how)
    return Told(words, why, source.ref, decided.who, decided.ballot)


def stretches(
    tree: ClauseTree, key: str, origins: Provenance, accepted: Mapping[str, Decided]
) -> tuple[Stretch, ...]:
    """The words of one clause by their sources, in reading order; then what was taken out.

    A table tells of its rows as well.
    """
    node = tree.find(key)
    rows = [row for row in node.children if row.kind is Kind.ROW]
    below = [one for row in rows for one in stretches(tree, row.key, origins, accepted)]
    held = origins.get(key, NodeProvenance())
    found: list[Stretch] = []
    for part, spans in (("heading", held.heading), ("text", held.text)):
        plain = provenance.plain_part(node, "heading" if part == "heading" else "text")
        position = 0
        for length, source in spans:
            words = plain[position : position + length]
            position += length
            found.append(Stretch(words, told(source, accepted)))
    removed = (Stretch(gone.text, told(gone.source, accepted), True) for gone in held.removed)
    return tuple(_joined([*found, *removed, *below]))


def _joined(found: Iterable[Stretch]) -> Iterable[Stretch]:
    """Neighbours of one source as one, so that a clause of one hand is one line."""
    last: Stretch | None = None
    for one in found:
        if last and last.told == one.told and not last.is_removed and not one.is_removed:
            last = Stretch(f"{last.words} {one.words}".strip(), last.told)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def amendments_behind(
    tree: ClauseTree, origins: Provenance, accepted: Mapping[str, Decided]
) -> tuple[tuple[Decided, tuple[str, ...]], ...]:
    """Every amendment that left words in a text, with the keys of those clauses, by number."""
    where: dict[str, list[str]] = {}
    for node in tree.walk():
        held = origins.get(node.key)
        for source in _sources_of(held) if held else ():
            if source.origin == "amendment" and source.ref in accepted:
                where.setdefault(source.ref, []).append(node.key)
    behind = ((accepted[label], tuple(keys)) for label, keys in where.items())
    return tuple(sorted(behind, key=lambda pair: pair[0].number))


def _sources_of(node: NodeProvenance) -> tuple[Source, ...]:
    """Every source of one clause, those of removed words last, each once."""
    found = [span.source for span in (*node.heading, *node.text)]
    return tuple(dict.fromkeys([*found, *(gone.source for gone in node.removed)]))
