"""The last part of a story: the adopted text, requests to sign, signed copies that come back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from app.actions import signatures
from app.cli.demonstration.calendar import Act
from app.cli.demonstration.deal import Deal
from app.cli.demonstration.signed_copy import signed_copy
from app.domain.lifecycle import CopyState
from app.formats import signed_copies
from app.formats.docx import writer
from app.kernel import clock
from app.queries import agreements, files, versions
from app.queries import signatures as asked
from app.queries.reading import session

if TYPE_CHECKING:
    from app.models.signatures import SignatureRequest, SignedCopy


@dataclass
class Signing:
    """Adoption and signing of a deal; `signed` parties have handed in a copy that counts."""

    deal: Deal
    signed: int
    execution: bytes = field(init=False)
    digits: str = field(init=False)

    def acts(self, day: float) -> Iterator[Act]:
        """From the adoption on; the last copies came in yesterday."""
        calendar = self.deal.network.calendar
        for place, sign in enumerate(self.deal.signs):
            confirmed = calendar.at(day - 5, 9, place)
            yield Act(confirmed, partial(self._confirm, sign))
        yield Act(calendar.at(day, 10), self._adopt)
        yield Act(calendar.at(day + 1, 9), self._open)
        for place, sign in enumerate(self._order()):
            moment = calendar.spread(day + 1.3, -1.2, place)
            if place < self.signed:
                yield Act(moment, partial(self._hand_in, sign))
                looked_at = min(moment + timedelta(days=1), calendar.at(-1, 17, place))
                yield Act(max(looked_at, moment), partial(self._count, sign))
        yield Act(calendar.at(-0.3, 9), partial(self._hand_in, self._order()[self.signed]))

    def _order(self) -> tuple[str, ...]:
        """Who signs first: those whose board met soonest; public bodies come last."""
        slow = ("IAS", "OUL", "NAN", "THE", "LJU")
        return (*(sign for sign in self.deal.signs if sign not in slow), *slow)

    def _confirm(self, sign: str) -> None:
        held = agreements.participants_of(session(), self.deal.agreement.id)
        participant = next(one for one in held if one.organisation.code == sign)
        signatures.confirm_details(self.deal.network.contacts[sign], participant)

    def _adopt(self) -> None:
        deal = self.deal
        version = versions.latest_version(session(), deal.agreement.id)
        if version is None:
            raise AssertionError("a version was published before")
        parties = agreements.parties_of(session(), deal.agreement.id)
        tree = versions.tree_by_id(session(), version.id)
        self.execution = writer.for_signature(
            tree,
            version=str(version.number),
            day=clock.utcnow().date(),
            agreement=str(deal.agreement.id),
            parties=parties,
            signatures=parties,
        )
        self.digits = version.hash[:12]
        name = f"{deal.agreement.slug}-{version.number}-to-sign.docx"
        signatures.adopt_version(
            deal.network.facilitator,
            deal.agreement,
            version_hash=version.hash,
            execution=files.new_file(name, signed_copies.WORD, self.execution),
        )

    def _open(self) -> None:
        signatures.open_signing(self.deal.network.facilitator, self.deal.agreement)

    def _request(self, sign: str) -> "SignatureRequest":
        requests = asked.requests_of(session(), self.deal.agreement.id)
        return next(one for one in requests if one.organisation.code == sign)

    def _hand_in(self, sign: str) -> None:
        request = self._request(sign)
        content = signed_copy(
            title=self.deal.agreement.title,
            party=request.organisation.name,
            person=request.organisation.representative,
            digits=self.digits,
        )
        signatures.hand_in_copy(
            self.deal.network.directors[sign],
            request,
            file=files.new_file(f"signed-{sign.lower()}.pdf", signed_copies.PDF, content),
            findings=signed_copies.findings(
                content, signed_copies.PDF, execution=self.execution, digits=self.digits
            ),
        )

    def _count(self, sign: str) -> None:
        copy: SignedCopy = self._request(sign).copies[0]
        signatures.judge_copy(self.deal.network.facilitator, copy, state=CopyState.COUNTED)
