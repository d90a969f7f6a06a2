"""News: what came into the record since a reader's page was made, told by kind and by clause.

Only what is named here is news. An event that nobody thought of is none, so nothing can leak.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "comment",
    "amendment",
    "vote",
    "answer",
    "ballot",
    "deadline",
    "version",
    "step",
    "signing",
    "change",
    "desk",
    "inside",
]

KINDS: Mapping[str, Kind] = {
    "comment:made": "comment",
    "comment:replied": "comment",
    "amendment:proposed": "amendment",
    "vote:cast": "vote",
    "disposition:given": "answer",
    "disposition:answered": "answer",
    "ballot:opened": "ballot",
    "ballot:counted": "ballot",
    "ballot:voided": "ballot",
    "ballot:extended": "deadline",
    "round:extended": "deadline",
    "version:published": "version",
    "version:adopted": "version",
    "round:opened": "step",
    "agreement:voting": "step",
    "agreement:consolidation": "step",
    "agreement:in_force": "step",
    "agreement:terminated": "step",
    "agreement:abandoned": "step",
    "signing:opened": "step",
    "comment:edited": "change",
    "comment:retracted": "change",
    "comment:resolved": "change",
    "comment:reopened": "change",
    "amendment:supported": "change",
    "amendment:unsupported": "change",
    "amendment:withdrawn": "change",
    "amendment:decided": "change",
    "amendment:rebased": "change",
    "disposition:undone": "change",
    "disposition:unanswered": "change",
    "alternatives:declared": "change",
    "bundle:proposed": "change",
    "bundle:pulled": "change",
    "bundle:accepted": "change",
    "copy:received": "signing",
    "copy:judged": "signing",
    "signature:declined": "signing",
    "party:confirmed": "signing",
    "inside:noted": "inside",
    "inside:replied": "inside",
    "draft:check_asked": "inside",
    "draft:checked": "inside",
    "draft:sent_back": "inside",
    "desk:assigned": "desk",
    "desk:grouped": "desk",
    "desk:separated": "desk",
    "conflict:resolved": "desk",
    "conflict:reopened": "desk",
    "text:edited": "desk",
    "text:unedited": "desk",
}
"""What an event is to a reader, by its tag; `desk` is news to facilitators alone, `inside` to those
of one organisation."""

_CARRIED = frozenset({"amendment:rebased", "amendment:decided"})


@dataclass(frozen=True)
class Deed:
    """One thing that happened: its place in the record, what it is about, where in the text.

    `noun` and `name` find its page ("thread", 12), `on` is what a thread stands on ("A7", "B3",
    or ""), `clauses` the clauses it stands beside, `note` what its note in the margin is called.
    """

    seq: int
    tag: str
    noun: str
    name: str
    on: str = ""
    clauses: tuple[str, ...] = ()
    note: str = ""

    @property
    def kind(self) -> Kind:
        """What it is to a reader."""
        return KINDS[self.tag]


@dataclass(frozen=True)
class News:
    """What is new to one reader, the oldest first. `last` is the entry it was told up to."""

    deeds: tuple[Deed, ...]
    last: int

    @property
    def total(self) -> int:
        """How much is new."""
        return len(self.deeds)

    @property
    def by_kind(self) -> Mapping[Kind, int]:
        """How much is new of each kind, in the order of `Kind`."""
        many = Counter(deed.kind for deed in self.deeds)
        return {kind: many[kind] for kind in get_args(Kind) if kind in many}

    @property
    def by_clause(self) -> Mapping[str, int]:
        """How many notes are new or changed beside each clause."""
        return Counter(
            key for deed in self.deeds if deed.kind != "desk" for key in dict.fromkeys(deed.clauses)
        )

    @property
    def turns_the_page(self) -> bool:
        """Whether the text or its phase is another one now, so that the page is opened anew."""
        return any(deed.kind in {"version", "step"} for deed in self.deeds)


def news_of(deeds: Iterable[Deed], *, since: int, about: str = "") -> News:
    """The news among these deeds; `about` narrows it to what concerns A7, B3 or C12.

    What a publication did to single amendments is told by the version alone.
    """
    held = [deed for deed in deeds if not about or about in (called(deed), deed.on)]
    if any(deed.kind == "version" for deed in held):
        held = [deed for deed in held if deed.tag not in _CARRIED]
    return News(tuple(held), max((deed.seq for deed in held), default=since))


def called(deed: Deed) -> str:
    """The short name of what a deed is about: C12, A7, B3; "" where it has none."""
    letters = {"thread": "C", "ballot": "B", "amendment": ""}
    return f"{letters[deed.noun]}{deed.name}" if deed.noun in letters else ""
