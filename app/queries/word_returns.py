"""A Word file that came back: which text it was taken from, and what it would bring."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access.actor import Actor
from app.domain import anchors, prose, rebase, returned_fates, returned_remarks, roundtrip
from app.domain import operations as ops
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AmendmentState
from app.domain.operations import Operation
from app.domain.returned import Carried, ReturnedDocument, rejecting
from app.domain.returned_around import Area, changed_around
from app.domain.returned_fates import Fate, Fates
from app.domain.returned_lines import lines_of
from app.domain.returned_remarks import Known, Remarks
from app.domain.returned_within import Copy
from app.domain.returned_words import reading
from app.domain.roundtrip import Returned
from app.kernel.errors import Invalid, NotFound
from app.kernel.ids import clause_keys_for
from app.models.agreements import Agreement, Version
from app.models.amendments import AmendmentRow
from app.models.clauses import tree_of
from app.models.imports import WordImport
from app.models.rounds import Round
from app.queries import comments, proposals, word_notes
from app.queries.agreements import agreements_of
from app.queries.reading_room import blank_labels
from app.queries.versions import version_by_id
from app.queries.word_offers import Asked, Group, deeds, groups
from app.queries.word_parts import Parts, parts_of

LEAST_ALIKE = 0.6
"""A file without any anchor is taken for a copy of the text of which it says this much."""

MOST_ITEMS = 1_000
"""A file that would change more than this was not taken from the text it is compared with."""

_MOST_COMPARED = 40


@dataclass(frozen=True)
class Source:
    """Which text a file was taken from. `how`: named by the file, alike, or chosen by hand."""

    agreement: Agreement
    version: Version
    how: Literal["named", "alike", "chosen"]


@dataclass(frozen=True)
class Preview:
    """A file held against the text that it was taken from, ready to be shown and confirmed.

    What was accepted in Word counts as text of the copy. `fates`: what became there of the
    amendments that the copy held, by label; `parts`: of which of them a part was taken, and what
    the file changes in one of them.
    """

    source: Source
    opened: Round
    returned: Returned
    remarks: Remarks
    groups: tuple[Group, ...]
    present: ClauseTree
    blanks: Mapping[str, str]
    pending: tuple[str, ...]
    fates: Mapping[Fate, Sequence[str]]
    parts: Parts
    threads: Mapping[str, uuid.UUID]
    amendments: Mapping[str, uuid.UUID]
    before: WordImport | None

    @property
    def around(self) -> Sequence[Area]:
        """Where the file changed what stands around the clauses."""
        words, _ = self.returned.words_of_file()
        return changed_around(words, self.returned.base)

    @property
    def is_older(self) -> bool:
        """Whether the copy was taken from an earlier version than the round is about."""
        return self.source.version.id != self.opened.version_id


def recognise(
    session: Session, actor: Actor, document: ReturnedDocument, within: Agreement | None
) -> Source:
    """The text that a file was taken from, among those that the actor may read.

    Raises NotFound where the file says nothing of use and is like none of them.
    """
    readable = [within] if within else list(agreements_of(actor))
    origin = document.origin
    for agreement in readable:
        if str(agreement.id) == origin.agreement:
            found = _named(session, agreement, origin.version, origin.version_hash)
            if found:
                return Source(agreement, found, "named")
    if within is not None:
        for agreement in agreements_of(actor):
            if agreement.id != within.id and str(agreement.id) == origin.agreement:
                raise NotFound(
                    "This file was taken from another agreement, {title}. Bring it back there.",
                    title=agreement.title,
                )
    best = max(_alike(session, readable, document), key=lambda pair: pair[0], default=(0.0, None))
    if best[1] is None or best[0] < LEAST_ALIKE:
        raise NotFound(
            "This file doesn't say which agreement it was taken from, and it reads like none of "
            "yours. Say which version it was taken from."
        )
    version = best[1]
    return Source(_of(readable, version), version, "alike")


def chosen(session: Session, agreement: Agreement, number: int) -> Source:
    """The text that a person names. Raises NotFound."""
    found = session.scalars(
        select(Version).where(Version.agreement_id == agreement.id, Version.number == number)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no version {number}.", number=number)
    return Source(agreement, version_by_id(session, found.id), "chosen")


def preview(
    session: Session,
    source: Source,
    opened: Round,
    document: ReturnedDocument,
    *,
    sha256: str,
    person: uuid.UUID,
) -> Preview:
    """Everything that a file would bring, by clause."""
    base = tree_of(source.version)
    newer = source.version.id != opened.version_id
    present = tree_of(version_by_id(session, opened.version_id)) if newer else base
    rows = _amendments(session, source.agreement.id)
    carried = _carried_along(document, source, rows)
    known = _hands(rows, carried)
    blanks = blank_labels(source.version.beside)
    keys = clause_keys_for(f"{opened.id}/{sha256}", len(document.paragraphs))
    became = _fates(document, base, carried, blanks)
    found = roundtrip.compare(document, became.text, keys, blanks=blanks, known=known)
    _check_size(found, source.version)
    copy = Copy(document, base, became.held, became.accepted, keys, blanks, known.keys())
    parts = parts_of(copy, found, {} if newer else carried)
    threads, said = _known_remarks(session, source.agreement.id, became.text)
    remarks = _remarks(document, parts.returned, present, opened, (*said, *_notes(known)))
    return Preview(
        source,
        opened,
        parts.returned,
        remarks,
        groups(parts.returned, present, remarks, _asked(rows), parts.asides.values()),
        present,
        blanks,
        _pending(document, known),
        _labels(became, parts.halves, carried.values()),
        parts,
        threads,
        {row.label: row.id for row in rows},
        _before(session, opened, sha256, person),
    )


def _remarks(
    document: ReturnedDocument,
    found: Returned,
    present: ClauseTree,
    opened: Round,
    known: Sequence[Known],
) -> Remarks:
    version = str(opened.version_id)
    remarks = returned_remarks.told(document, found, version, known)
    return _moved(remarks, found.base, present, version)


def _pending(
    document: ReturnedDocument, known: Mapping[tuple[str, str], AmendmentRow]
) -> tuple[str, ...]:
    """The amendments whose changes are tracked in a file, by label."""
    written = {(one.author, one.date) for one in document.revisions}
    return tuple(dict.fromkeys(row.label for pair, row in known.items() if pair in written))


def _hands(
    rows: Iterable[AmendmentRow], carried: Mapping[Carried, AmendmentRow]
) -> dict[tuple[str, str], AmendmentRow]:
    """Amendments by the author and the date that their changes have in a copy."""
    found = {(word_notes.author_of(row), word_notes.moment(row.proposed_at)): row for row in rows}
    return found | {(one.author, one.date): row for one, row in carried.items()}


def _carried_along(
    document: ReturnedDocument, source: Source, rows: Iterable[AmendmentRow]
) -> Mapping[Carried, AmendmentRow]:
    """The amendments that the copy says it held, where they still ask for what they asked then."""
    held = {
        row.label: row
        for row in rows
        if row.version_id == source.version.id and row.number is not None
    }
    return {
        one: held[one.label]
        for one in document.origin.amendments
        if one.label in held and held[one.label].operations_hash == one.digest
    }


def _fates(
    document: ReturnedDocument,
    base: ClauseTree,
    carried: Mapping[Carried, AmendmentRow],
    blanks: Mapping[str, str],
) -> Fates:
    given = {one.number: one for one in proposals.as_domains(carried.values())}
    held = {one: given[row.number] for one, row in carried.items() if row.number in given}
    return returned_fates.fates(document, base, held, blanks)


def _labels(
    became: Fates, halves: Collection[str], rows: Iterable[AmendmentRow]
) -> Mapping[Fate, Sequence[str]]:
    found: dict[Fate, list[str]] = {}
    for row in rows:
        if row.number is not None and row.number in became.by_number:
            fate = "half" if row.label in halves else became.by_number[row.number]
            found.setdefault(fate, []).append(row.label)
    return found


def _check_size(found: Returned, version: Version) -> None:
    """Raise Invalid for a file that is another text altogether."""
    if len(found.items) > MOST_ITEMS:
        raise Invalid(
            "This file would change {count} things in version {number}; it seems to be another "
            "text. Say which version it was taken from.",
            count=len(found.items),
            number=version.number,
        )


def carried(found: Preview, numbers: Collection[str], amends: str = "") -> tuple[Operation, ...]:
    """What the chosen items come to on the text of the round, or with the amendment of a label."""
    if amends:
        return found.parts.asides[amends].operations([*numbers])
    steps = found.returned.operations(numbers)
    if found.returned.base is found.present:
        return steps
    return rebase.rebase(steps, found.returned.base, found.present).operations


def imports_of(session: Session, agreement_id: uuid.UUID) -> Sequence[WordImport]:
    """The files that came back, the newest first."""
    return session.scalars(
        select(WordImport)
        .where(WordImport.agreement_id == agreement_id)
        .options(
            joinedload(WordImport.file),
            joinedload(WordImport.organisation),
            joinedload(WordImport.importer),
            joinedload(WordImport.version),
        )
        .order_by(WordImport.imported_at.desc())
    ).all()


def _named(session: Session, agreement: Agreement, number: str, digest: str) -> Version | None:
    """The version that a file names; where its number and its hash disagree, the hash is right."""
    rows = session.scalars(select(Version).where(Version.agreement_id == agreement.id)).all()
    by_hash = [row for row in rows if digest and row.hash == digest]
    by_number = [row for row in rows if str(row.number) == number]
    found = (by_hash or by_number)[:1]
    return version_by_id(session, found[0].id) if found else None


def _alike(
    session: Session, readable: Iterable[Agreement], document: ReturnedDocument
) -> Iterator[tuple[float, Version | None]]:
    """How much of each text the file says word for word, the newest texts first."""
    ids = [agreement.id for agreement in readable]
    rows = session.scalars(
        select(Version.id)
        .where(Version.agreement_id.in_(ids))
        .order_by(Version.published_at.desc())
        .limit(_MOST_COMPARED)
    ).all()
    texts = [
        (version, tree_of(version)) for version in (version_by_id(session, row) for row in rows)
    ]
    blanks = {
        name: label for version, _ in texts for name, label in blank_labels(version.beside).items()
    }
    said = _said(document, [tree for _, tree in texts], blanks)
    for version, tree in texts:
        yield share(said, tree), version


def _said(
    document: ReturnedDocument, trees: Sequence[ClauseTree], blanks: Mapping[str, str]
) -> frozenset[str]:
    """Every line of a file as it was before its changes, read once for all texts."""
    view = rejecting(document)
    words = reading(document, trees, blanks)
    return frozenset(prose.plain(words.prose(unit, view)) for unit in words.units(view))


def share(said: frozenset[str], tree: ClauseTree) -> float:
    """How much of a text a file says word for word, 0 to 1. `said`: its lines as plain words."""
    wanted = [prose.plain(line.text) for line in lines_of(tree)]
    return sum(line in said for line in wanted) / len(wanted) if wanted else 0.0


def _of(readable: Iterable[Agreement], version: Version) -> Agreement:
    return next(one for one in readable if one.id == version.agreement_id)


def _amendments(session: Session, agreement_id: uuid.UUID) -> Sequence[AmendmentRow]:
    return session.scalars(
        select(AmendmentRow)
        .where(AmendmentRow.agreement_id == agreement_id, AmendmentRow.label != "")
        .options(joinedload(AmendmentRow.organisation), joinedload(AmendmentRow.author))
        .order_by(AmendmentRow.number)
    ).all()


def _known_remarks(
    session: Session, agreement_id: uuid.UUID, base: ClauseTree
) -> tuple[Mapping[str, uuid.UUID], list[Known]]:
    """The conversations that a copy may have taken along, by number."""
    threads: dict[str, uuid.UUID] = {}
    found: list[Known] = []
    for one in comments.discussions(session, agreement_id):
        number = str(one.row.number)
        stands = one.row.subject == "clause" and one.clause in base.nodes
        threads[number] = one.row.id
        for at, remark in enumerate((one.opening, *one.replies)):
            author = f"{remark.who.name} ({remark.person})"
            date = word_notes.moment(remark.at)
            text = word_notes.said(remark)
            found.append(Known(author, date, number, at == 0, one.is_resolved, stands, text))
    return threads, found


def _notes(known: Mapping[tuple[str, str], AmendmentRow]) -> Iterator[Known]:
    """The comments that tell of amendments in a copy."""
    for (author, date), row in known.items():
        yield Known(author, date, row.label, stands=False)


def _moved(remarks: Remarks, base: ClauseTree, present: ClauseTree, version: str) -> Remarks:
    """Comments on an earlier version, at the same words of the present one."""
    if base is present:
        return remarks
    found = []
    for one in remarks.items:
        held = one.anchor and anchors.carry(one.anchor, base, present, version).anchor
        found.append(replace(one, anchor=held if held and held.clause in present.nodes else None))
    return replace(remarks, items=tuple(found))


def _asked(rows: Iterable[AmendmentRow]) -> Asked:
    """What the amendments that are proposed ask for."""
    return {
        deed: row.label
        for row in rows
        if row.state == AmendmentState.PROPOSED and row.primary_id is None
        for deed in deeds(ops.from_json(row.operations))
    }


def _before(session: Session, opened: Round, sha256: str, person: uuid.UUID) -> WordImport | None:
    return session.scalars(
        select(WordImport).where(
            WordImport.round_id == opened.id,
            WordImport.sha256 == sha256,
            WordImport.imported_by == person,
        )
    ).one_or_none()
