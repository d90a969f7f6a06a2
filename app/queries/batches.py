"""Before several contributions get one answer: what it will change, and what it must leave."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.domain.answering import DECIDES, LeftOut
from app.domain.competing import competing
from app.domain.lifecycle import AgreementState, AmendmentState, Outcome
from app.domain.words import named
from app.kernel.said import counted, listed, said
from app.models.amendments import AmendmentRow
from app.queries import proposals
from app.queries.answers import WORDS
from app.queries.desk import FELL, OVERTAKEN, WITHDRAWN, Desk, Item
from app.queries.desk_rows import text_of
from app.queries.reading import session as this_session

_MOST_TOLD = 5
_MOST_NAMED = 10
_OVER: Mapping[str, str] = {
    WITHDRAWN: said("It was taken back"),
    FELL: said("It fell"),
    OVERTAKEN: said("The text says so already"),
}


@dataclass(frozen=True)
class Review:
    """What a press would do: whom it answers, whom it leaves and why, what follows from it."""

    answered: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]
    follows: tuple[str, ...]


def review(
    desk: Desk,
    ids: Sequence[uuid.UUID],
    outcome: Outcome,
    repeats: str,
    seen: Mapping[uuid.UUID, int],
) -> Review:
    """Look at a press before it is made; the action looks again, behind the lock."""
    picked = set(ids)
    answered, left = [], []
    for item in (item for item in desk.items if item.id in picked):
        no = _refusal(desk, item, outcome, repeats, seen.get(item.id, item.seen))
        if no:
            left.append(LeftOut(item.number, no))
        else:
            answered.append(item)
    follows = [*_replaced(answered), *_falling(desk, answered, outcome)]
    if outcome is Outcome.ACCEPTED:
        follows += _colliding(desk, answered)
    return Review(tuple(answered), tuple(left), tuple(follows))


def _refusal(desk: Desk, item: Item, outcome: Outcome, repeats: str, seen: int) -> str:
    """Why an item can't get this answer; "" where it can."""
    if item.is_over:
        return said("{over}; there is nothing to answer.", over=_OVER[item.outcome])
    if item.seen != seen:
        return _meanwhile(item)
    if repeats and repeats == item.number:
        return said("It can't repeat itself.")
    return _undecidable(desk, item, outcome) if item.is_amendment else ""


def _meanwhile(item: Item) -> str:
    if not item.seen:
        return said("Its answer was taken back meanwhile.")
    who = item.answered_by or said("A colleague")
    return said(
        "{who} answered it meanwhile: {words}. {answer}",
        who=who,
        words=named(WORDS[item.outcome].lower()),
        answer=item.answer,
    )


def _undecidable(desk: Desk, item: Item, outcome: Outcome) -> str:
    if outcome not in DECIDES:
        return said("An amendment is accepted, rejected or deferred.")
    wanted = DECIDES[outcome]
    if item.state == wanted:
        return ""
    if item.ballot is not None:
        if item.ballot.is_over:
            return said(
                "Ballot {number} decided it; an answer can’t change that.",
                number=item.ballot.number,
            )
        return said(
            "Ballot {number} decides it, and is not counted yet.", number=item.ballot.number
        )
    if desk.round.agreement.state != AgreementState.CONSOLIDATION:
        return said("Amendments are decided during consolidation.")
    if wanted is not AmendmentState.ACCEPTED:
        return ""
    if item.needs_attention:
        return said("It was written on an earlier version and waits for its author.")
    primary = desk.item(item.on) if item.on else None
    if primary is not None and primary.state not in ("proposed", "accepted"):
        return said(
            "{number} is {state}; what amends it falls.",
            number=primary.number,
            state=named(primary.state),
        )
    return ""


def _replaced(answered: Sequence[Item]) -> Iterator[str]:
    held = [item.number for item in answered if item.seen]
    if held:
        yield counted(
            len(held),
            "{names} has an answer already, which this replaces.",
            "{names} have answers already, which this replaces.",
            names=_listed(held),
        )


def _falling(desk: Desk, answered: Sequence[Item], outcome: Outcome) -> Iterator[str]:
    """What amends one of those picked and is not picked itself."""
    picked = {item.number for item in answered}
    wanted = DECIDES.get(outcome)
    for item in desk.items:
        if not item.is_amendment or item.on not in picked or item.number in picked:
            continue
        if wanted is AmendmentState.REJECTED and item.state in ("proposed", "accepted"):
            yield said(
                "{number}, which amends {on}, falls with it.", number=item.number, on=item.on
            )
        elif wanted is AmendmentState.ACCEPTED and item.state == "proposed":
            yield said(
                "{number}, which amends {on}, is not decided yet. Decide it first.",
                number=item.number,
                on=item.on,
            )


def _colliding(desk: Desk, answered: Sequence[Item]) -> Iterator[str]:
    """Amendments that can't all stand, among those picked and those accepted already."""
    picked = {item.id: item for item in answered if item.is_amendment and not item.on}
    touched = {key for item in picked.values() for key in item.clauses}
    near = [
        item
        for item in desk.items
        if item.id in picked
        or (item.is_accepted and not item.on and touched.intersection(item.clauses))
    ]
    if len(near) < 2:
        return
    session = this_session()
    rows = session.scalars(
        select(AmendmentRow).where(AmendmentRow.id.in_([item.id for item in near]))
    ).all()
    labels = {row.number: row.label for row in rows}
    mine = {item.number for item in picked.values()}
    found = competing(text_of(session, desk.round).tree, proposals.as_domains(rows))
    pairs = [
        (labels[one], labels[other])
        for one, others in sorted(found.items())
        for other in sorted(others)
        if one < other and {labels[one], labels[other]} & mine
    ]
    sets = _sets(pairs)
    for held in sets[:_MOST_TOLD]:
        yield said(_CANNOT_STAND, names=_listed(held))
    if len(sets) > _MOST_TOLD:
        yield counted(
            len(sets) - _MOST_TOLD,
            "So does {n} more set of amendments.",
            "So do {n} more sets of amendments.",
        )


_CANNOT_STAND = said(
    "{names} can’t all stand: they change the same words, or one deletes or moves what another "
    "changes. Accepted together they leave a conflict to settle."
)


def _sets(pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """The amendments that collide with each other, directly or through a third."""
    sets: list[list[str]] = []
    for pair in pairs:
        met = [held for held in sets if set(held) & set(pair)]
        joined = dict.fromkeys([number for held in met for number in held] + list(pair))
        at = sets.index(met[0]) if met else len(sets)
        sets[at : at + 1] = [list(joined)]
        sets = [held for held in sets if held not in met[1:]]
    return sets


def _listed(numbers: Sequence[str]) -> str:
    if len(numbers) > _MOST_NAMED:
        more = len(numbers) - _MOST_NAMED
        return said("{names} and {more} more", names=numbers[:_MOST_NAMED], more=more)
    return listed(numbers)
