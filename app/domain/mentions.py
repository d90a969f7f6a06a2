"""Mentions: an @ and the name of a person or an organisation, found in what somebody wrote."""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.events_of_drafting import Mentioned
from app.kernel.said import said

_BEFORE = r"(?<![\w@/.])@"
"""An @ inside an address of mail or the web mentions nobody."""


@dataclass(frozen=True)
class Target:
    """Whom one may mention: a person, or an organisation.

    An organisation is also found by its `code`. `of` is the organisation of a person, "" for a
    facilitator.
    """

    kind: Literal["person", "organisation"]
    id: uuid.UUID
    name: str
    code: str = ""
    of: str = ""

    @property
    def organisation(self) -> str:
        """The organisation that is spoken to."""
        return self.name if self.kind == "organisation" else self.of or said("the facilitator")


@dataclass(frozen=True)
class Mention:
    """The words of a mention as they were written, @ included, and whom they mean."""

    words: str
    target: Target


def mentions_in(text: str, targets: Sequence[Target]) -> tuple[Mention, ...]:
    """Whom a text mentions, each once, in the order of the text.

    The longest name counts, capitals don't. A first name will do where only one person has it;
    two people of one name are both meant.
    """
    if "@" not in text:
        return ()
    known = _by_name(targets)
    if not known:
        return ()
    longest_first = sorted(known, key=len, reverse=True)
    names = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
    found: dict[Target, str] = {}
    for match in re.finditer(f"{_BEFORE}({names})(?!\\w)", text, re.IGNORECASE):
        for target in known.get(_plain(match[1]), ()):
            found.setdefault(target, match[0])
    return tuple(Mention(words, target) for target, words in found.items())


def as_json(mentions: Iterable[Mention]) -> list[dict[str, str]]:
    """Mentions as they are kept with a comment."""
    return [
        {"words": one.words, "kind": one.target.kind, "id": str(one.target.id)} for one in mentions
    ]


def told(thread: int, targets: Iterable[Target]) -> tuple[Mentioned, ...]:
    """The event that tells those who are mentioned in a thread; none for nobody."""
    held = tuple(targets)
    if not held:
        return ()
    return (
        Mentioned(
            thread=thread,
            mentioned=tuple(dict.fromkeys(one.organisation for one in held)),
            codes=tuple(one.code for one in held if one.kind == "organisation"),
            people=tuple(str(one.id) for one in held if one.kind == "person"),
        ),
    )


def _by_name(targets: Iterable[Target]) -> Mapping[str, Sequence[Target]]:
    """Every way to write a target; a first name only where nothing else is called so."""
    found: dict[str, list[Target]] = {}
    first: dict[str, list[Target]] = {}
    for target in targets:
        for name in {_plain(name) for name in (target.name, target.code) if name.strip()}:
            found.setdefault(name, []).append(target)
        if target.kind == "person" and target.name.strip():
            first.setdefault(_plain(target.name.split()[0]), []).append(target)
    for name, held in first.items():
        if len(held) == 1:
            found.setdefault(name, held)
    return found


def _plain(name: str) -> str:
    return " ".join(name.lower().split())
