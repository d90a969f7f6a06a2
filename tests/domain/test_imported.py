"""The mapping of foreign pieces to clauses: no word lost, whatever the pieces are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clauses import MAY_HOLD
from app.domain.imported import Foreign, Seen, mapped

WORDS = st.sampled_from(
    ["one", "two three", "(a) four", "1.1 five", "**Six.** seven", "Annex B: x"]
)
PIECES = st.builds(
    Foreign,
    st.sampled_from([seen for seen in Seen if seen is not Seen.TITLE]),
    WORDS,
    st.integers(0, 4),
    st.booleans(),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=14))
def test_every_word_is_kept_in_order_and_every_node_may_stand_where_it_stands(pieces):
    document = mapped(pieces, title="T")
    names = ("one", "two", "three", "four", "five", "Six", "seven", "x")
    given_words = [w.strip("*.") for p in pieces for w in p.text.split() if w.strip("*.") in names]
    found = [word.strip("*.") for word in document.text.split() if word.strip("*.") in names]
    if not document.title_is_text:
        assert found == given_words
    else:
        assert sorted(found) == sorted(given_words)
    for node in document.tree.walk():
        parent = document.tree.parents[node.key]
        assert node.kind in MAY_HOLD[None if parent is None else document.tree.find(parent).kind]


def kinds(*pieces):
    return [(str(n.kind), n.heading, n.text) for n in mapped(pieces, title="T").tree.walk()]


def test_a_table_inside_a_bullet_stands_after_it():
    table = (Foreign(Seen.TABLE, level=1), Foreign(Seen.ROW, "a | b", 1))
    assert kinds(Foreign(Seen.ITEM, "x"), *table, Foreign(Seen.PARA, "y", 1)) == [
        ("bullet", "", "x"), ("table", "", ""), ("row", "", "a | b"), ("para", "", "y"),
    ]  # fmt: skip


def test_a_number_alone_takes_the_words_that_follow():
    assert kinds(Foreign(Seen.ITEM, "", 0, ordered=True, label="(1)"), Foreign(Seen.PARA, "y")) == [
        ("clause", "", "y")
    ]


def test_a_heading_numbered_by_its_list_is_no_title():
    document = mapped([Foreign(Seen.HEADING, "Search", 1, ordered=True)], title="T")
    assert (document.tree.title, document.headings) == ("T", 1)
