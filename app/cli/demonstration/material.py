"""The material of the demonstration network: who takes part, and what they write, from files."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Hub:
    """An organisation with its two people: the legal contact, who speaks, and the director."""

    code: str
    name: str
    country: str
    city: str
    legal_form: str
    seat: str
    register_number: str
    contact: str
    director: str
    capacity: str


@dataclass(frozen=True)
class Cast:
    """Everybody there is."""

    network: str
    noun: str
    operator: tuple[str, str]
    hubs: tuple[Hub, ...]
    observers: tuple[Hub, ...]


@dataclass(frozen=True)
class Remark:
    """A comment: who says it, on what, in which words, and what becomes of it.

    `on` is a clause key, "amendment:" and the name of one, or empty for the whole agreement;
    `quote` are words of the clause; `replies` are (sign, words), the facilitator's without sign.
    `reactions` are the signs of those who react, by kind. What `is_inside` is for its hub alone:
    its director answers it.
    `day` counts from the opening of the round; 0: its place in the file decides.
    An empty `outcome` leaves it without an answer.
    """

    hub: str
    text: str
    on: str = ""
    quote: str = ""
    kind: str = "concern"
    id: str = ""
    day: float = 0
    outcome: str = "noted"
    answer: str = ""
    repeats: str = ""
    resolved: bool = False
    replies: tuple[tuple[str, str], ...] = ()
    reactions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_inside: bool = False


@dataclass(frozen=True)
class Stand:
    """Where organisations stand on a clause: `says` is the stance of each by its sign."""

    on: str
    says: Mapping[str, int]
    why: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """An amendment: who proposes what, and why; `changes` as in amending.py.

    `amends` names the primary of a secondary one; `withdrawn` is the day on which it is taken
    back, `favours` the amendment in favour of which, `replaces` an older one of its own hub.
    A draft stays one; `asks` is what a colleague is asked to look at. Without `outcome`, `repeats`
    and a ballot that decides it, it is left without an answer.
    """

    id: str
    hub: str
    day: float
    why: str
    changes: tuple[Mapping[str, Any], ...]
    amends: str = ""
    replaces: str = ""
    supports: tuple[str, ...] = ()
    withdrawn: float = 0
    favours: str = ""
    outcome: str = ""
    answer: str = ""
    repeats: str = ""
    is_draft: bool = False
    asks: str = ""


@dataclass(frozen=True)
class Question:
    """A ballot: on which amendments, under which rule, and who votes how.

    `votes` gives the signs behind each choice (yes, no, abstain, none, absent or the name of an
    amendment); all others choose `rest`. `changed` voted otherwise first.
    """

    question: str
    rule: Mapping[str, Any]
    opens: float
    closes: float
    amendments: tuple[str, ...] = ()
    votes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rest: str = "yes"
    changed: tuple[str, ...] = ()
    is_straw: bool = False
    is_confidential: bool = False


@dataclass(frozen=True)
class Settlement:
    """How one conflict is settled: a side by the name of an amendment, an order, or own words."""

    clause: str
    choice: str
    why: str
    side: str = ""
    order: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Correction:
    """A change of the facilitator's own hand during consolidation, with the reason."""

    why: str
    changes: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class KeptAnswer:
    """An answer the facilitator keeps for use again."""

    title: str
    text: str


@dataclass(frozen=True)
class Excluding:
    """Amendments of which one at most is adopted."""

    amendments: tuple[str, ...]


@dataclass(frozen=True)
class Bundling:
    """Amendments proposed to be accepted together; `day` and `closes` count from today."""

    amendments: tuple[str, ...]
    reason: str
    day: float
    closes: float


@dataclass(frozen=True)
class RoundMaterial:
    """All that is said, proposed, asked and settled in one round."""

    remarks: tuple[Remark, ...] = ()
    stands: tuple[Stand, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    questions: tuple[Question, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    corrections: tuple[Correction, ...] = ()
    kept_answers: tuple[KeptAnswer, ...] = ()
    alternatives: tuple[Excluding, ...] = ()
    bundles: tuple[Bundling, ...] = ()


def cast() -> Cast:
    """Everybody, from cast.toml."""
    data = _read(FOLDER / "cast.toml")
    name, email = data["operator"]
    return Cast(
        network=data["network"],
        noun=data["noun"],
        operator=(name, email),
        hubs=tuple(Hub(*row) for row in data["hubs"]),
        observers=tuple(Hub(*row) for row in data["observers"]),
    )


def answers(story: str) -> Mapping[str, Any]:
    """What was answered in the interview of an agreement: choices, answers, parties."""
    return _read(FOLDER / story / "agreement.toml")


def round_material(story: str) -> RoundMaterial:
    """The round of an agreement, from all files of its folder."""
    held: dict[str, list[Any]] = {}
    for file in sorted((FOLDER / story).glob("*.toml")):
        if file.name != "agreement.toml":
            for name, rows in _read(file).items():
                held.setdefault(name, []).extend(rows)
    return RoundMaterial(
        remarks=tuple(_remark(row) for row in held.pop("comment", ())),
        stands=tuple(Stand(**row) for row in held.pop("stance", ())),
        proposals=tuple(Proposal(**_frozen(row)) for row in held.pop("amendment", ())),
        questions=tuple(Question(**_frozen(row)) for row in held.pop("ballot", ())),
        settlements=tuple(Settlement(**_frozen(row)) for row in held.pop("settlement", ())),
        corrections=tuple(Correction(**_frozen(row)) for row in held.pop("correction", ())),
        kept_answers=tuple(KeptAnswer(**row) for row in held.pop("saved_answer", ())),
        alternatives=tuple(Excluding(**_frozen(row)) for row in held.pop("alternatives", ())),
        bundles=tuple(Bundling(**_frozen(row)) for row in held.pop("bundle", ())),
        **held,
    )


def _remark(row: Mapping[str, Any]) -> Remark:
    replies = tuple((sign, words) for sign, words in row.get("replies", ()))
    return Remark(**{**row, "replies": replies})


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


def _read(file: Path) -> dict[str, Any]:
    with file.open("rb") as opened:
        return tomllib.load(opened)
