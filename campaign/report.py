"""What a run tells: whether the promise held, and the figures behind that."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Report:
    """One run. `faults` are broken promises in words, at most the first five; empty: it held."""

    name: str
    engine: str
    rounds: int
    sabotage: bool
    faults: tuple[str, ...]
    figures: Mapping[str, float] = field(default_factory=dict)
    seed: int = 1

    @property
    def held(self) -> bool:
        """Whether the promise was kept in every round."""
        return not self.faults

    def line(self) -> str:
        """The report as one line of JSON."""
        told = {
            "name": self.name,
            "engine": self.engine,
            "rounds": self.rounds,
            "seed": self.seed,
            "sabotage": self.sabotage,
            "held": self.held,
            **self.figures,
            "broken": len(self.faults),
            "faults": self.faults[:5],
        }
        return json.dumps(told, ensure_ascii=False)
