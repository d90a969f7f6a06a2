"""A measurement against its goal, said in one line: met, or missed by how much."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Check:
    """One figure and what it should be. `limit` None: for orientation, nothing is promised.

    `unit` is what one of the figure is: "H" (a hello page), "W" (a one-row write), "statements",
    "x floor". `beside` are the times behind a ratio.
    """

    number: str
    workload: str
    figure: float
    unit: str
    limit: float | None = None
    at_least: bool = False
    beside: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached; orientation always is."""
        if self.limit is None:
            return True
        return self.figure >= self.limit if self.at_least else self.figure <= self.limit

    @property
    def goal(self) -> str:
        """The goal in signs."""
        if self.limit is None:
            return "none"
        return f"{'≥' if self.at_least else '≤'} {_number(self.limit)} {self.unit}"

    @property
    def verdict(self) -> str:
        """Met, or by how much not."""
        if self.limit is None:
            return "for orientation"
        if self.is_met:
            return "met"
        if self.unit == "statements":
            return f"missed by {self.figure - self.limit:.0f}"
        ratio = self.limit / self.figure if self.at_least else self.figure / self.limit
        return f"missed by {ratio:.2g}x"

    def line(self) -> str:
        """The check for a terminal."""
        figure = f"{_number(self.figure)} {self.unit}"
        return (
            f"{self.number:4}{self.workload:62}{self.goal:>17}{figure:>18}  {self.verdict:17}"
            f"{self.beside}"
        ).rstrip()

    def row(self) -> str:
        """The check as a row of a Markdown table."""
        figure = f"{_number(self.figure)} {self.unit}"
        cells = (self.number, self.workload, self.goal, figure, self.beside, self.verdict)
        return f"| {' | '.join(cells)} |"


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.2g}"


def seconds(job: Callable[[], Result], least: float = 0.05) -> float:
    """The time of one go, of as many goes as fill `least` seconds."""
    goes, began = 0, perf_counter()
    while True:
        job()
        goes += 1
        took = perf_counter() - began
        if took >= least:
            return took / goes


def in_turn(jobs: Sequence[Callable[[], float]], rounds: int) -> list[list[float]]:
    """Each job's figures, the jobs taken in turn so that the machine's moods meet all of them.

    One round before the first is thrown away.
    """
    found: list[list[float]] = [[] for _ in jobs]
    for number in range(rounds + 1):
        for job, figures in zip(jobs, found, strict=True):
            figure = job()
            if number:
                figures.append(figure)
    return found


def ratio(ours: Sequence[float], floor: Sequence[float]) -> float:
    """The median of the ratios inside each round."""
    return statistics.median(one / least for one, least in zip(ours, floor, strict=True))


def ms(times: Sequence[float]) -> str:
    """The median in milliseconds, as text."""
    middle = statistics.median(times) * 1000
    return f"{middle:.3g} ms" if middle < 100 else f"{middle:.0f} ms"
