"""What has to be done before a text can be adopted, and before a party has signed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from app.domain.lifecycle import RequestState
from app.domain.words import named
from app.kernel.said import Said, counted, said, strung
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
            words=said("The parties vote on the whole text"),
            small=said("No ballot on it has been opened."),
        )
    where = url_for("ballots.show", slug=slug, number=asked.number)
    if is_carried(asked):
        words = said("Version {version} is carried as a whole", version=asked.version)
        return Check(done=True, words=words, small=said("Ballot {number}", number=asked.number))
    told = said(
        "Ballot {number} closes {closes_at}.",
        number=asked.number,
        closes_at=day(asked.closes_at).striptags(),
    )
    if asked.is_counted:
        told = said(
            "Ballot {number} was {outcome}; the text goes back to a further round.",
            number=asked.number,
            outcome=named(asked.outcome),
        )
    words = said("The parties vote on the whole text")
    return Check(
        done=False,
        words=words,
        small=told,
        action_words=said("Ballot {number}", number=asked.number),
        action_href=where,
        attention=asked.is_counted,
    )


def _blanks(board: Board, slug: str) -> Check:
    words = said("Every blank is filled")
    if board.candidate is None:
        small = said("The text is still a draft.")
        return Check(
            done=False,
            words=words,
            small=small,
            action_words=said("Text"),
            action_href=url_for("agreements.read", slug=slug),
        )
    left = board.candidate.blanks
    if not left:
        return Check(
            done=True, words=words, small=said("In version {number}", number=board.candidate.number)
        )
    return Check(
        done=False,
        words=words,
        small=counted(
            len(left),
            "1 blank is left in version {number}: {names}.",
            "{n} blanks are left in version {number}: {names}.",
            number=board.candidate.number,
            names=left[:5],
        ),
        action_words=said("Read it"),
        action_href=url_for("versions.show", slug=slug, number=board.candidate.number),
        attention=True,
    )


def _details(board: Board, slug: str) -> Check:
    waiting = [party for party in board.parties if party.confirmed_at is None]
    words = said("Each party has confirmed what the signature page says of it")
    done = said(
        "{done} of {all} confirmed", done=len(board.parties) - len(waiting), all=len(board.parties)
    )
    return _of_parties(board, words, waiting, done, slug)


def _signatories(board: Board, slug: str) -> Check:
    waiting = [party for party in board.parties if not party.signatories]
    words = said("Each party has named who signs")
    done = said(
        "{done} of {all} named", done=len(board.parties) - len(waiting), all=len(board.parties)
    )
    return _of_parties(board, words, waiting, done, slug)


def _of_parties(board: Board, words: str, waiting: list[PartyLine], done: Said, slug: str) -> Check:
    if not waiting:
        return Check(done=bool(board.parties), words=words, small=done)
    names = [party.who.name for party in waiting[:6]]
    more = len(waiting) - len(names)
    coming = (
        counted(
            more,
            "Still to come: {names} and {n} other.",
            "Still to come: {names} and {n} others.",
            names=names,
        )
        if more
        else said("Still to come: {names}.", names=names)
    )
    first = url_for("signing.party", slug=slug, name=waiting[0].slug)
    mine = board.mine in waiting
    return Check(
        done=False,
        words=words,
        small=strung((done, coming), ". "),
        action_words=said("Yours") if mine else waiting[0].who.name if len(waiting) == 1 else "",
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
        words=said("Confirm what the signature page says of you"),
        small=", ".join(filter(None, (mine.details.name, mine.details.seat))),
        action_words=said("Confirm"),
        action_href="" if mine.confirmed_at or board.is_asked else here,
    )
    yield Check(
        done=bool(mine.signatories),
        words=said("Name who signs"),
        small=", ".join(mine.signatories) or said("Nobody is named yet."),
        action_words=said("To do"),
    )
    if board.is_asked:
        yield _signature(mine, here)


def _signature(mine: PartyLine, here: str) -> Check:
    if mine.state is RequestState.SIGNED:
        return Check(done=True, words=said("Sign"), small=said("Your signed copy counts."))
    if mine.state is RequestState.DECLINED:
        return Check(
            done=False,
            words=said("Sign"),
            small=said("You have declined. A signed copy can still be handed in."),
            action_words=said("Your page"),
            action_href=here,
            attention=True,
        )
    small = said("Download the text, sign it with your own tool or on paper, and bring it back.")
    if mine.waiting:
        small = said("Your copy is in. The facilitator looks at it.")
    return Check(
        done=False,
        words=said("Sign"),
        small=small,
        action_words=said("Hand it in"),
        action_href=here,
    )
