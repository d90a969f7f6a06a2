"""Who must sign, how far it is, and when the agreement enters into force."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.lifecycle import RequestState


@dataclass(frozen=True)
class Progress:
    """How many parties have signed, of how many asked, and how many are needed (all.

    Where no number is set).
    """

    signed: int
    asked: int
    needed: int

    @property
    def is_met(self) -> bool:
        """Whether the signing rule is met."""
        return self.asked > 0 and self.signed >= self.needed


def progress(states: Iterable[RequestState], threshold: int | None) -> Progress:
    """Count the requests of one version. `threshold` None means every party that was asked."""
    live = [state for state in states if state is not RequestState.VOID]
    signed = sum(state is RequestState.SIGNED for state in live)
    return Progress(signed, len(live), len(live) if threshold is None else threshold)
