"""What is written as a template is read back as the same tree."""

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import prose
from app.domain.clauses import Clause, ClauseTree, Kind, Numbering
from app.formats.template_instance import instantiate
from app.formats.template_library import SHIPPED
from app.formats.template_reading import read
from app.formats.template_writer import to_source
from app.kernel.errors import Invalid
from tests.formats.template_texts import MATCHMAKING

KINDS = {
    Kind.CLAUSE: (Kind.CLAUSE, Kind.PARA, Kind.BULLET, Kind.DEFINITION, Kind.TABLE, Kind.VERBATIM),
    Kind.BULLET: (Kind.BULLET, Kind.CLAUSE, Kind.PARA),
    Kind.RECITAL: (Kind.BULLET, Kind.PARA),
    Kind.DEFINITION: (Kind.CLAUSE, Kind.BULLET, Kind.PARA),
}
BODY = (Kind.CLAUSE, Kind.RECITAL, Kind.PARA, Kind.BULLET, Kind.DEFINITION, Kind.TABLE)
WORDS = st.lists(
    st.sampled_from(["the", "Hub", "1.", "A.", "-", ":", ">", "|", "#", "{#x}", "shall", "```"]),
    min_size=1,
    max_size=4,
).map(lambda parts: prose.canonical(prose.escape(" ".join(parts))))


def written(tree: ClauseTree) -> str:
    return to_source(tree, slug="kept", version="1.0.0", summary="An agreement, kept.")


@st.composite
def nodes(draw: st.DrawFn, kinds: tuple[Kind, ...], numbers: count, depth: int = 0) -> Clause:
    kind = draw(st.sampled_from(kinds))
    key = f"k{next(numbers)}"
    if kind is Kind.TABLE:
        rows = [Clause(f"{key}-{n}", Kind.ROW, text=f"a | {draw(WORDS)}") for n in (1, 2)]
        return Clause(key, kind, draw(WORDS), children=tuple(rows))
    if kind is Kind.VERBATIM:
        return Clause(key, kind, text=draw(st.sampled_from(["x", "  a\n\n b  ", "\n{#k} y"])))
    heading = draw(WORDS) if kind in (Kind.DEFINITION, Kind.DIVISION, Kind.ANNEX) else ""
    if kind is Kind.CLAUSE:
        heading = draw(st.one_of(st.just(""), WORDS))
    bare = kind in (Kind.DIVISION, Kind.ANNEX) or (heading and kind is Kind.CLAUSE)
    text = "" if bare and draw(st.booleans()) else draw(WORDS)
    text = "" if kind in (Kind.DIVISION, Kind.ANNEX) else text
    inner = BODY if kind in (Kind.DIVISION, Kind.ANNEX) else KINDS.get(kind, ())
    most = 3 if inner and depth < 4 else 0
    below = [draw(nodes(inner, numbers, depth + 1)) for _ in range(draw(st.integers(0, most)))]
    return Clause(key, kind, heading, text, tuple(below))


@st.composite
def trees(draw: st.DrawFn) -> ClauseTree:
    numbers = count()
    body = [draw(nodes(BODY, numbers)) for _ in range(draw(st.integers(0, 3)))]
    parts = (Kind.DIVISION, Kind.ANNEX)
    body += [draw(nodes(parts, numbers)) for _ in range(draw(st.integers(0, 2)))]
    return ClauseTree("A *title*", tuple(body), numbering=draw(st.sampled_from(Numbering)))


@settings(max_examples=150, deadline=None)
@given(trees())
def test_every_tree_a_template_can_say_comes_back(tree: ClauseTree) -> None:
    assert read(written(tree)).tree == tree


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
def test_the_framework_agreement_comes_back(version: str) -> None:
    text = (SHIPPED / "framework-cooperation" / f"{version}.md").read_text()
    tree = instantiate(read(text), choices={"non_compete": "on"}).tree
    assert read(written(tree)).tree == tree


def test_blanks_of_roles_and_variables_are_declared() -> None:
    tree = ClauseTree("T", (Clause("a", Kind.CLAUSE, text="{{client.seat}} and {{days}}"),))
    document = read(written(tree))
    assert document.tree == tree
    assert [role.name for role in document.roles] == ["client"]
    assert [variable.name for variable in document.variables] == ["days"]


@pytest.mark.parametrize(
    ("clauses", "reason"),
    [
        ([Clause("a", Kind.CLAUSE, text="x", number="§ 3a")], "given label"),
        ([Clause("a", Kind.PARA, text="one\ntwo")], "line break"),
        ([Clause("a", Kind.CLAUSE, "*Odd*", "x")], "marks in the heading"),
        ([Clause("a", Kind.CLAUSE, text="**Note.** x")], "read as a heading"),
        ([Clause("p", Kind.GENERATED, text="parties")], "key of its own"),
        ([Clause("a", Kind.VERBATIM, text="```")], "fence within"),
        ([Clause("t", Kind.TABLE, "T", children=(Clause("r", Kind.ROW, text="x"),))], "the row r"),
        ([Clause("d", Kind.DIVISION, "D"), Clause("a", Kind.PARA, text="x")], "follows the parts"),
    ],
)
def test_what_a_template_cannot_say_is_refused(clauses: list[Clause], reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        written(ClauseTree("T", tuple(clauses)))


def test_rows_of_a_generated_table_are_made_anew() -> None:
    tree = instantiate(read(MATCHMAKING)).tree
    filled = tree.replace("parties", children=(Clause("parties-head", Kind.ROW, text="Party"),))
    assert written(filled) == written(tree)
    assert read(written(filled)).tree == tree
