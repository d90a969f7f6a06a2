"""What has to be done before a text can be adopted, and before a party has signed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from app.domain.lifecycle import RequestState
from app.queries.signing_board import Board, PartyLine, is_carried
from app.web.moments import day

if TYPE_CHECKING:
    from app.models.agreements import Agreement


@dataclass(frozen=True)
class Check:
    """One line of a list of things to do, as _ui/signing.checks asks for it."""

    done: bool
    words: str
    small: str = ""
    action_words: str = ""
    action_href: str = ""
    attention: bool = False


def before_adoption(board: Board, agreement: "Agreement") -> Iterator[Check]:
    """The ballot, the blanks, each party's details and signatories."""
    if board.frozen is not None:
        return
    yield _ballot(board, agreement.slug)
    yield _blanks(board, agreement.slug)
    yield _details(board, agreement.slug)
    yield _signatories(board, agreement.slug)


def _ballot(board: Board, slug: str) -> Check:
    asked = board.ballot
    if asked is None:
        return Check(
            done=False,
            words="The parties vote on the whole text",
            small="No ballot on it has been opened.",
        )
    where = url_for("ballots.show", slug=slug, number=asked.number)
    if is_carried(asked):
        words = f"Version {asked.version} is carried as a whole"
        return Check(done=True, words=words, small=f"Ballot {asked.number}")
    told = f"Ballot {asked.number} closes {day(asked.closes_at).striptags()}."
    if asked.is_counted:
        told = f"Ballot {asked.number} was {asked.outcome}; the text goes back to a further round."
    words = "The parties vote on the whole text"
    return Check(
        done=False,
        words=words,
        small=told,
        action_words=f"Ballot {asked.number}",
        action_href=where,
        attention=asked.is_counted,
    )


def _blanks(board: Board, slug: str) -> Check:
    words = "Every blank is filled"
    if board.candidate is None:
        small = "The text is still a draft."
        return Check(
            done=False,
            words=words,
            small=small,
            action_words="Text",
            action_href=url_for("agreements.read", slug=slug),
        )
    left = board.candidate.blanks
    if not left:
        return Check(done=True, words=words, small=f"In version {board.candidate.number}")
    count = "1 blank is" if len(left) == 1 else f"{len(left)} blanks are"
    return Check(
        done=False,
        words=words,
        small=f"{count} left in version {board.candidate.number}: {', '.join(left[:5])}.",
        action_words="Read it",
        action_href=url_for("versions.show", slug=slug, number=board.candidate.number),
        attention=True,
    )


def _details(board: Board, slug: str) -> Check:
    waiting = [party for party in board.parties if party.confirmed_at is None]
    words = "Each party has confirmed what the signature page says of it"
    return _of_parties(board, words, waiting, "confirmed", slug)


def _signatories(board: Board, slug: str) -> Check:
    waiting = [party for party in board.parties if not party.signatories]
    words = "Each party has named who signs"
    return _of_parties(board, words, waiting, "named", slug)


def _of_parties(board: Board, words: str, waiting: list[PartyLine], done: str, slug: str) -> Check:
    count = len(board.parties)
    if not waiting:
        return Check(done=count > 0, words=words, small=f"{count} of {count} {done}")
    names = ", ".join(party.who.name for party in waiting[:6])
    more = f" and {len(waiting) - 6} others" if len(waiting) > 6 else ""
    first = url_for("signing.party", slug=slug, name=waiting[0].slug)
    mine = board.mine in waiting
    return Check(
        done=False,
        words=words,
        small=f"{count - len(waiting)} of {count} {done}. Still to come: {names}{more}.",
        action_words="Yours" if mine else waiting[0].who.name if len(waiting) == 1 else "",
        action_href=url_for("signing.party", slug=slug, name=board.mine.slug)
        if mine and board.mine
        else first
        if len(waiting) == 1
        else "",
    )


def before_signature(mine: PartyLine, board: Board, slug: str) -> Iterator[Check]:
    """What one party does: confirm, name a signatory, sign, hand in."""
    here = url_for("signing.party", slug=slug, name=mine.slug)
    yield Check(
        done=mine.confirmed_at is not None,
        words="Confirm what the signature page says of you",
        small=", ".join(filter(None, (mine.details.name, mine.details.seat))),
        action_words="Confirm",
        action_href="" if mine.confirmed_at or board.is_asked else here,
    )
    yield Check(
        done=bool(mine.signatories),
        words="Name who signs",
        small=", ".join(mine.signatories) or "Nobody is named yet.",
        action_words="To do",
    )
    if board.is_asked:
        yield _signature(mine, here)


def _signature(mine: PartyLine, here: str) -> Check:
    if mine.state is RequestState.SIGNED:
        return Check(done=True, words="Sign", small="Your signed copy counts.")
    if mine.state is RequestState.DECLINED:
        return Check(
            done=False,
            words="Sign",
            small="You have declined. A signed copy can still be handed in.",
            action_words="Your page",
            action_href=here,
            attention=True,
        )
    small = "Download the text, sign it with your own tool or on paper, and bring it back."
    if mine.waiting:
        small = "Your copy is in. The facilitator looks at it."
    return Check(done=False, words="Sign", small=small, action_words="Hand it in", action_href=here)
