"""The small language of the golden cases: a text, amendments to it, and what is expected."""

import re
from dataclasses import dataclass
from pathlib import Path

from app.domain import operations
from app.domain.amendments import Amendment
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.operations import InsertClause, MoveClause, Operation

CASES = Path(__file__).parent / "cases"
_NODE = re.compile(
    r"(?P<key>[a-z0-9-]+)(?: \[(?P<kind>[a-z]+)\])?(?: \((?P<heading>[^)]*)\))?: ?(?P<text>.*)"
)
_STEP = re.compile(r"(?P<number>\d+)(?: to (?P<primary>\d+))?: (?P<verb>\w+) (?P<rest>.*)")
_PLACE = re.compile(r"(?: in (?P<parent>[a-z0-9-]+))?(?: after (?P<after>[a-z0-9-]+)| first)?$")


@dataclass(frozen=True)
class Case:
    """One golden file: its sections by name, each a tuple of lines."""

    name: str
    sections: dict[str, tuple[str, ...]]

    @property
    def base(self) -> ClauseTree:
        return read_tree(self.sections["base"])

    @property
    def amendments(self) -> list[Amendment]:
        rejected = set(map(int, self.sections.get("rejected", ())))
        given = read_amendments(self.base, self.sections["amendments"])
        return [one for one in given if one.number not in rejected]


def cases(folder: str) -> list[Case]:
    """All cases of a folder, by name."""
    return [read_case(path) for path in sorted((CASES / folder).glob("*.md"))]


def read_case(path: Path) -> Case:
    sections: dict[str, list[str]] = {}
    held: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            held = sections.setdefault(line[3:], [])
        elif line.strip():
            held.append(line)
    return Case(path.stem, {name: tuple(lines) for name, lines in sections.items()})


def read_tree(lines: tuple[str, ...]) -> ClauseTree:
    def below(depth: int, rest: list[str]) -> tuple[Clause, ...]:
        found: list[Clause] = []
        while rest and len(rest[0]) - len(rest[0].lstrip()) == depth * 2:
            match = _NODE.fullmatch(rest.pop(0).strip())
            assert match
            children = below(depth + 1, rest)
            kind = Kind(match["kind"] or "clause")
            heading = match["heading"] or ""
            found.append(Clause(match["key"], kind, heading, match["text"], children))
        return tuple(found)

    return ClauseTree("Case", below(0, list(lines)))


def shown_tree(tree: ClauseTree) -> tuple[str, ...]:
    def lines(node: Clause, depth: int) -> list[str]:
        heading = f" ({node.heading})" if node.heading else ""
        kind = "" if node.kind is Kind.CLAUSE else f" [{node.kind}]"
        own = f"{'  ' * depth}{node.key}{kind}{heading}: {node.text}".rstrip()
        return [own, *(line for child in node.children for line in lines(child, depth + 1))]

    return tuple(line for node in tree.clauses for line in lines(node, 0))


def read_amendments(base: ClauseTree, lines: tuple[str, ...]) -> list[Amendment]:
    steps: dict[tuple[int, int | None], list[Operation]] = {}
    for line in lines:
        match = _STEP.fullmatch(line)
        assert match, line
        primary = int(match["primary"]) if match["primary"] else None
        tree = base if primary is None else operations.apply(base, steps[primary, None])
        held = steps.setdefault((int(match["number"]), primary), [])
        held.extend(read_steps(tree, match["verb"], match["rest"], held))
    return [Amendment(number, tuple(held), primary) for (number, primary), held in steps.items()]


def read_steps(tree: ClauseTree, verb: str, rest: str, before: list[Operation]) -> list[Operation]:
    name, _, words = rest.partition(":")
    words = words.strip()
    key = name.split()[0]
    match verb:
        case "replace":
            return [operations.replace_text(tree, key, words)]
        case "heading":
            return [operations.set_heading(tree, key, words)]
        case "delete":
            return [operations.delete_clause(tree, key)]
        case "join":
            into = name.split()[-1]
            return [
                operations.replace_text(tree, into, words),
                operations.delete_clause(tree, key, into),
            ]
        case "split":
            first, second = words.split(" // ")
            node = Clause(name.split()[1], Kind.CLAUSE, "", second)
            place = tree.place_of(key)
            return [
                operations.replace_text(tree, key, first),
                InsertClause(place.parent, key, node, key),
            ]
    found = _PLACE.fullmatch(name[len(key) :])
    assert found, rest
    after, parent = found["after"], found["parent"]
    if parent is None and after is not None:
        mine = {s.clause: s.parent for s in before if isinstance(s, InsertClause | MoveClause)}
        parent = mine[after] if after in mine else tree.parents[after]
    if verb == "move":
        return [MoveClause(key, parent, after)]
    siblings = tree.children_of(parent) if parent is None or parent in tree.nodes else ()
    # A new item, row or annex stands among its like.
    kind = next((node.kind for node in siblings if node.key == after), Kind.CLAUSE)
    heading = words if kind is Kind.ANNEX else ""
    return [InsertClause(parent, after, Clause(key, kind, heading, "" if heading else words))]
