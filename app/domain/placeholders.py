"""Blanks: `{{name}}` in a text, shown as [its label] until an answer takes its place."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.domain import prose
from app.domain.clauses import Clause, ClauseTree, Kind


@dataclass(frozen=True, slots=True)
class Blank:
    """A value that the text waits for. `type` is text, number, date, money, choice or party."""

    name: str
    label: str
    type: str = "text"
    required: bool = True


def listed(tree: ClauseTree) -> tuple[str, ...]:
    """The names of all blanks that still stand in the text, each once, in reading order."""
    found: dict[str, None] = {}
    for node in tree.nodes.values():
        # One sign is looked for twenty times as fast as two.
        if ("{" in node.text or "{" in node.heading) and node.kind is not Kind.VERBATIM:
            found.update(dict.fromkeys(prose.blanks_in(node.heading)))
            found.update(dict.fromkeys(prose.blanks_in(node.text)))
    return tuple(found)


def fill(tree: ClauseTree, values: Mapping[str, str]) -> ClauseTree:
    """The tree with answers (plain words) in the place of their blanks, under the same marks.

    A blank without an answer, or with an empty one, stays a blank.
    """
    answers = {name: words for name, value in values.items() if (words := _words(value))}
    return replace(tree, clauses=_filled(tree.clauses, answers)) if answers else tree


def shown(name: str, labels: Mapping[str, str]) -> str:
    """What is read where a blank stands: its label in square brackets, else its name."""
    return f"[{labels.get(name) or name.replace('_', ' ').replace('.', ' ')}]"


def answers_in(tree: ClauseTree, filled: ClauseTree) -> dict[str, str]:
    """The plain words that took the place of blanks: what `fill` was once given.

    Clauses are compared by key; one that was reworded besides tells nothing. The first that tells
    of a blank counts, and a blank that still stands has no answer.
    """
    found: dict[str, str] = {}
    for node in tree.walk():
        later = filled.nodes.get(node.key)
        if node.kind is Kind.VERBATIM or later is None:
            continue
        for old, new in ((node.heading, later.heading), (node.text, later.text)):
            if old != new and (names := prose.blanks_in(old)):
                for name, words in _told(old, new, names):
                    found.setdefault(name, words)
    return found


def _told(old: str, new: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The words in a text that stand where another one has blanks; none where more differs."""
    groups = {name: f"b{at}" for at, name in enumerate(dict.fromkeys(names))}
    seen: set[str] = set()
    pattern = ""
    for part in re.split(r"(\{\{[^{}]*\}\})", prose.canonical(old)):
        group = groups.get(part[2:-2]) if part.startswith("{{") else None
        if group is None:
            pattern += re.escape(part)
        else:
            pattern += f"(?P={group})" if group in seen else f"(?P<{group}>.+?)"
            seen.add(group)
    match = re.fullmatch(pattern, new)
    for name, group in groups.items():
        if match is not None and group in seen and match[group] != f"{{{{{name}}}}}":
            yield name, prose.plain(match[group])


def _words(value: str) -> str:
    return prose.plain(prose.canonical(prose.escape(value)))


def _filled(nodes: Iterable[Clause], answers: Mapping[str, str]) -> tuple[Clause, ...]:
    return tuple(
        node
        if node.kind is Kind.VERBATIM
        else replace(
            node,
            heading=_answered(node.heading, answers),
            text=_answered(node.text, answers),
            children=_filled(node.children, answers),
        )
        for node in nodes
    )


def _answered(text: str, answers: Mapping[str, str]) -> str:
    if not any(name in answers for name in prose.blanks_in(text)):
        return text
    spans = (
        prose.Span(answer, *span.marks) if (answer := answers.get(span.blank or "")) else span
        for span in prose.parse(text)
    )
    return prose.canonical(prose.write(spans))
