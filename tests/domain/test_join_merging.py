"""Edits of a clause that is joined to another follow its words."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import consolidation, join_merging, provenance
from app.domain.amendments import Amendment
from app.domain.conflicts import Resolution
from app.domain.provenance import ProvenanceSpan, Source
from tests.domain import golden

BASE = golden.read_tree(("keep: The hub keeps records.", "show: It shows them on **demand**."))


def merged(*lines: str) -> consolidation.Consolidation:
    return consolidation.consolidate(BASE, golden.read_amendments(BASE, lines))


def test_the_ground_is_both_texts_with_a_space_of_the_joiner() -> None:
    nodes = list(BASE.walk())
    origins = provenance.initial(BASE, Source("template"))
    ground = join_merging.ground_of_join(nodes, origins, Source("amendment", "1"))
    assert ground.text == "The hub keeps records. It shows them on **demand**."
    assert ground.spans == (
        ProvenanceSpan(22, Source("template")),
        ProvenanceSpan(1, Source("amendment", "1")),
        ProvenanceSpan(24, Source("template")),
    )


def test_words_that_are_moved_along_keep_their_source_and_new_ones_name_their_author() -> None:
    result = merged(
        "1: join show into keep: The hub keeps records. It shows them on **demand**.",
        "2: replace show: It shows them at once on **demand**.",
    )
    assert result.tree is not None
    assert result.tree.find("keep").text == (
        "The hub keeps records. It shows them at once on **demand**."
    )
    assert {span.source.ref for span in result.provenance["keep"].text} == {"", "1", "2"}
    provenance.check(result.tree, result.provenance)


def test_two_who_join_alike_are_one_and_everybody_is_applied() -> None:
    result = merged(
        "1: join show into keep: The hub keeps records. It shows them on **demand**.",
        "2: join show into keep: The hub keeps records. It shows them on **demand**.",
        "3: replace show: It shows them on written **demand**.",
    )
    assert result.tree is not None
    assert result.tree.find("keep").text.endswith("on written **demand**.")
    assert {one.state for one in result.outcomes} == {"applied"}


def test_a_join_that_does_not_put_the_words_anywhere_is_a_deletion() -> None:
    (join,) = golden.read_amendments(
        BASE, ("1: join show into keep: The hub keeps records. It shows them on **demand**.",)
    )
    bare = Amendment(1, join.operations[1:])
    edit = golden.read_amendments(BASE, ("2: replace show: It shows them at once.",))
    (conflict,) = consolidation.consolidate(BASE, [bare, *edit]).conflicts
    assert (conflict.kind, conflict.clause) == ("structure", "show")


WORDS = "It shows them on **demand**."


@given(
    st.lists(st.sampled_from(["keep", "end", "last"]), min_size=2, max_size=4),
    st.booleans(),
    st.data(),
)
@settings(max_examples=40, deadline=None)
def test_words_joined_to_different_clauses_stand_in_one_only(
    targets: list[str], edited: bool, data: st.DataObject
) -> None:
    base = golden.read_tree((
        "keep: The hub keeps records.", f"show: {WORDS}", "end: It ends.", "last: It lasts.",
    ))  # fmt: skip
    lines = [
        f"{number}: join show into {key}: {base.find(key).text} {WORDS}"
        for number, key in enumerate(targets, start=1)
    ]
    wanted = WORDS.replace("them", "these") if edited else WORDS
    if edited:
        lines.append(f"9: replace show: {wanted}")
    proposed = golden.read_amendments(base, tuple(lines))
    result = consolidation.consolidate(base, proposed)
    kinds = [one.kind for one in result.conflicts]
    assert kinds == (["structure"] if len(set(targets)) > 1 else [])
    if result.conflicts:
        (conflict,) = result.conflicts
        chosen = data.draw(st.sampled_from(range(1, len(targets) + 1)))
        settled = {conflict.id: Resolution(conflict.id, "side", chosen)}
        result = consolidation.consolidate(base, proposed, settled)
    assert result.tree is not None
    assert [node.text.count(wanted) for node in result.tree.walk()].count(1) == 1
    assert "show" not in result.tree.nodes


def test_a_clause_is_found_where_its_words_stand_now() -> None:
    joined = BASE.remove("show").replace(
        "keep", text="The hub keeps all. " + BASE.nodes["show"].text
    )
    assert join_merging.joins_between(BASE, joined) == {"show": "keep"}
    assert join_merging.joins_between(BASE, BASE.remove("show")) == {}
    assert join_merging.joins_between(BASE, BASE) == {}


def test_words_of_an_amendment_to_an_amendment_keep_their_author() -> None:
    result = merged(
        f"1: join show into keep: The hub keeps records. {WORDS}",
        "2: replace show: It shows them at once on **demand**.",
        "3 to 2: replace show: It shows them at once and free of charge on **demand**.",
    )
    assert result.tree is not None
    node, position = result.tree.find("keep"), 0
    plain = provenance.plain_part(node, "text")
    words: dict[str, str] = {}
    for length, source in result.provenance["keep"].text:
        words[source.ref] = words.get(source.ref, "") + plain[position : position + length]
        position += length
    assert (words["2"].strip(), words["3"].strip()) == ("at once", "and free of charge")
