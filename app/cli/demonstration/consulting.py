"""What is said and proposed in a round: comments, replies, amendments, support, withdrawals."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from app.access.actor import Actor
from app.actions import amendments, checking, comments, inside, reactions, stances
from app.actions.reading import note_reading
from app.cli.demonstration import amending
from app.cli.demonstration.calendar import Act
from app.cli.demonstration.deal import Deal
from app.cli.demonstration.material import Proposal, Remark, RoundMaterial, Stand
from app.domain import anchors, operations, provenance
from app.domain.anchors import Anchor
from app.domain.clauses import ClauseTree
from app.kernel.errors import Invalid
from app.queries.comments import get_discussion
from app.queries.reading import session

AMENDMENT = "amendment:"


@dataclass(frozen=True)
class Consultation:
    """A round between two days, with its material; `until` is where what is said so far ends."""

    deal: Deal
    material: RoundMaterial
    opens: float
    closes: float
    until: float

    def acts(self) -> Iterator[Act]:
        """Everything that happens in the round, in no order."""
        for proposal in self.material.proposals:
            yield from self._proposing(proposal)
        for place, remark in enumerate(self.material.remarks):
            yield from self._remarking(place, remark)
        for place, stand in enumerate(self.material.stands):
            yield from self._standing(place, stand)

    def _actor(self, sign: str) -> Actor:
        network = self.deal.network
        return network.contacts[sign] if sign else network.facilitator

    def _reads(self, sign: str) -> Actor:
        """Whoever says something has read the text before."""
        actor = self._actor(sign)
        person = next((one for one in self.deal.network.people if one.id == actor.user_id), None)
        if person is not None:
            note_reading(
                actor,
                person,
                agreement=self.deal.agreement,
                version_id=self.deal.round.version_id,
            )
        return actor

    def _remarking(self, place: int, remark: Remark) -> Iterator[Act]:
        name = remark.id or f"remark {place}"
        calendar = self.deal.network.calendar
        first = max(0.1, self._earliest(remark))
        moment = (
            calendar.at(self.opens + remark.day)
            if remark.day
            else calendar.spread(self.opens + first, self.until - 0.8, place)
        )
        moment = max(moment, calendar.at(self.opens + first))
        yield Act(moment, partial(self._comment, name, remark))
        last = calendar.at(self.until, 17)
        at = moment
        for step, (sign, words) in enumerate(remark.replies):
            waits = timedelta(hours=5 + 19 * step + place % 7, minutes=place * 7 % 60)
            wished = max(calendar.at_work(moment + waits), at + timedelta(minutes=47))
            at = max(moment, min(wished, last - timedelta(minutes=40 - 9 * step)))
            yield Act(at, partial(self._reply, name, sign, words))
        if remark.reactions:
            nodded = min(moment + timedelta(hours=9), last)
            yield Act(nodded, partial(self._react, name, remark))
        if remark.resolved:
            settled = min(moment + timedelta(days=4), last)
            yield Act(settled, partial(self._resolve, name))

    def _standing(self, place: int, stand: Stand) -> Iterator[Act]:
        spread = self.deal.network.calendar.spread
        for step, (sign, value) in enumerate(stand.says.items()):
            at = spread(self.opens + 0.5, self.until - 0.3, 5 * place + step)
            yield Act(at, partial(self._stand, stand, sign, value))

    def _stand(self, stand: Stand, sign: str, value: int) -> None:
        reason = stand.why.get(sign, "")
        held = self.deal.round
        stances.take_stance(self._reads(sign), held, clause=stand.on, value=value, reason=reason)

    def _earliest(self, remark: Remark) -> float:
        """The day from which there is something to comment on."""
        if not remark.on.startswith(AMENDMENT):
            return 0
        wanted = remark.on.removeprefix(AMENDMENT)
        return next(one.day for one in self.material.proposals if one.id == wanted) + 0.3

    def _note(self, name: str, remark: Remark) -> None:
        self.deal.notes[name] = inside.keep_note(
            self._reads(remark.hub),
            self.deal.agreement,
            text=remark.text,
            kind=remark.kind,
            version_id=self.deal.round.version_id,
            anchor=self._anchor(remark),
        )

    def _comment(self, name: str, remark: Remark) -> None:
        if remark.is_inside:
            self._note(name, remark)
            return
        on_amendment = remark.on.startswith(AMENDMENT)
        held = self.deal.amendments
        self.deal.threads[name] = comments.start_thread(
            self._reads(remark.hub),
            self.deal.round,
            text=remark.text,
            kind=remark.kind,
            anchor=self._anchor(remark) if remark.on and not on_amendment else None,
            amendment=held[remark.on.removeprefix(AMENDMENT)] if on_amendment else None,
        )

    def _anchor(self, remark: Remark) -> Anchor:
        return anchored(self.deal.base, remark.on, remark.quote)

    def _reply(self, name: str, sign: str, words: str) -> None:
        if (note := self.deal.notes.get(name)) is not None:
            inside.reply_inside(self.deal.network.directors[sign], note, text=words)
            return
        comments.reply(self._reads(sign), self.deal.threads[name], text=words)

    def _react(self, name: str, remark: Remark) -> None:
        thread = self.deal.threads[name]
        told = get_discussion(session(), thread.agreement_id, thread.number)
        for kind, signs in remark.reactions.items():
            for sign in signs:
                reactions.react(self._actor(sign), told.opening.row, kind=kind, wanted=True)

    def _resolve(self, name: str) -> None:
        facilitator = self.deal.network.facilitator
        comments.resolve_thread(facilitator, self.deal.threads[name], resolved=True)

    def _proposing(self, proposal: Proposal) -> Iterator[Act]:
        at = self.deal.network.calendar.at
        day = self.opens + proposal.day
        yield Act(at(day, 9), partial(self._propose, proposal))
        for place, sign in enumerate(proposal.supports):
            given = at(min(day + 0.4 + place * 0.7, self.until - 0.2), 9, place)
            yield Act(given, partial(self._support, proposal.id, sign))
        if proposal.withdrawn:
            yield Act(
                at(self.opens + proposal.withdrawn, 10),
                partial(self._withdraw, proposal),
            )

    def _propose(self, proposal: Proposal) -> None:
        held, actor = self.deal.amendments, self._reads(proposal.hub)
        if proposal.amends:
            primary = held[proposal.amends]
            base = operations.apply(self.deal.base, operations.from_json(primary.operations))
            draft = amendments.amend_amendment(
                actor,
                primary,
                operations=amending.operations(base, proposal.changes),
                rationale=proposal.why,
            )
        else:
            draft = amendments.draft_amendment(
                actor,
                self.deal.round,
                operations=amending.operations(self.deal.base, proposal.changes),
                rationale=proposal.why,
                replaces=held[proposal.replaces] if proposal.replaces else None,
            )
        held[proposal.id] = draft
        if proposal.asks:
            checking.ask_for_check(actor, draft, remark=proposal.asks)
        if not proposal.is_draft:
            amendments.propose_amendment(actor, draft)

    def _support(self, name: str, sign: str) -> None:
        amendments.support_amendment(self._reads(sign), self.deal.amendments[name], supports=True)

    def _withdraw(self, proposal: Proposal) -> None:
        held = self.deal.amendments
        amendments.withdraw_amendment(
            self._actor(proposal.hub),
            held[proposal.id],
            in_favour_of=held[proposal.favours] if proposal.favours else None,
        )


def anchored(tree: ClauseTree, key: str, quote: str) -> Anchor:
    """Point at words that stand once in a clause, or at the whole of it. Raises Invalid."""
    if not quote:
        return anchors.anchor(tree, "", key)
    for part in ("text", "heading"):
        words = provenance.plain_part(tree.find(key), part)
        if words.count(quote) == 1:
            start = words.index(quote)
            return anchors.anchor(tree, "", key, part, start, start + len(quote))
    raise Invalid("{quote!r} doesn't stand once in {key}.", quote=quote, key=key)
