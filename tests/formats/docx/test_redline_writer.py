import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import redline
from app.domain.changes import Author, Change, Either
from app.domain.clauses import Place
from app.formats.docx import lint, redline_writer
from app.formats.docx.comments import Note
from app.formats.docx.readback import views
from app.formats.docx.redline_writer import Hand, Unfaithful
from tests.domain.strategies import edited_trees, trees
from tests.formats.docx.samples import HAND, agreement, clause, part, text_of

LATER = Hand("Kraków Park", HAND.at)


def edited():
    tree = agreement().replace("answer", text="answer within 15 days under [[fee-sum]]; and")
    tree = tree.remove("after").remove("r-one").replace("given", number="§ 3b")
    tree = tree.insert(Place("search", "form"), clause("new", "New", "Is **new**."))
    tree = tree.move("costs", Place("relief", None)).replace("row-1", text="M2 | 1 March")
    return tree.replace("d-client", heading="Client")


def write(old, new, **more):
    return redline_writer.write(redline.build(old, new), otherwise=HAND, **more)


def test_a_redline_gives_both_texts_and_keeps_our_rules():
    data = write(agreement(), edited(), version="2")
    assert lint.check(data) == ()
    found = views(text_of(data).encode())
    assert "New. Is new." in found.accepted and "New. Is new." not in found.rejected
    assert "Counting goes on." in found.rejected and "Counting goes on." not in found.accepted


@pytest.mark.parametrize(
    ("key", "around"), [("after", "del"), ("new", "ins"), ("costs", "moveTo"), ("answer", "")]
)
def test_a_comment_stays_with_its_clause_whatever_happens_to_it(key, around):
    notes = {key: (Note("Ana", "Why?", replies=(Note("Bo", "So."),)),)}
    data = write(agreement(), edited(), notes=notes, guidance={"form": "Short is good."})
    assert lint.check(data) == ()
    marks = [
        mark
        for mark in part(data).iter("{*}commentReference")
        if mark.get(f"{{{mark.nsmap['w']}}}id") in {"1", "2"}  # guidance is 0
    ]
    tags = {mark.getparent().getparent().tag.rpartition("}")[2] for mark in marks}
    assert tags == {around or "p"}


def test_a_redline_has_the_contents_of_the_new_text():
    document = text_of(write(agreement(), edited()))
    assert "TOC \\o" in document
    assert 'w:anchor="_cl_search"' in document


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_edits_make_a_faithful_and_clean_file(data):
    old = data.draw(trees())
    new = data.draw(edited_trees(old))
    made = write(old, new)
    assert lint.check(made) == ()
    assert made == write(old, new)


@pytest.mark.parametrize("lost", ["It owes no result.", "travel;", "answer_days", "_cl_fee_sum"])
def test_an_unfaithful_redline_is_not_handed_out(lost):
    blanks = {"answer_days": "answer_days"}
    document = text_of(write(agreement(), edited(), blanks=blanks))
    redline_writer._check([document.encode()], edited(), agreement(), blanks)
    with pytest.raises(Unfaithful, match="all changes gives"):
        other = document.replace(lost, "lost").encode()
        redline_writer._check([other], edited(), agreement(), blanks)


def test_authors_and_dates_tell_amendments_apart():
    old = agreement()
    change = old.replace("answer", text="answer soon.")
    built = redline.build(old, change, (7,), {7: Author(7, "Kraków Park", "KRK", 3)})
    data = redline_writer.write(built, otherwise=HAND, hands={7: LATER, 9: LATER})
    marks = {
        (node.get(f"{{{node.nsmap['w']}}}author"), node.get(f"{{{node.nsmap['w']}}}date"))
        for node in part(data).iter("{*}ins", "{*}del")
    }
    assert marks == {("Kraków Park", "2026-05-01T09:00:07Z")}


def test_two_amendments_never_share_name_and_second():
    hands = redline_writer._Hands({1: HAND, 2: HAND, 3: Hand(HAND.name, HAND.at)}, HAND)
    dates = [hands((number,)).date for number in (1, 2, 3)]
    start = datetime(2026, 5, 1, 9, 0, 7, tzinfo=UTC)
    assert dates == [
        (start + timedelta(seconds=n)).strftime("%Y-%m-%dT%H:%M:%SZ") for n in (1, 2, 3)
    ]


def test_contested_words_are_tracked_once_and_told_in_a_comment():
    old = agreement()
    built = redline.build(old, old.replace("no-result", text="It owes a result."))
    node = next(n for n in _walk(built.nodes) if n.key == "no-result")
    sides = tuple(
        (Change("-", "It owes no result.", by=(n,)), Change("+", words, by=(n,)))
        for n, words in ((1, "It owes a result."), (2, "It owes all."))
    )
    object.__setattr__(node, "text", (Either(sides),))
    data = redline_writer.write(built, otherwise=HAND)
    assert lint.check(data) == ()
    assert "would write here instead: It owes all." in text_of(data, "word/comments.xml")
    assert "It owes all." not in text_of(data)


def _walk(nodes):
    for node in nodes:
        yield node
        yield from _walk(node.children)


def test_a_move_has_both_ends_under_one_name():
    root = part(write(agreement(), agreement().move("costs", Place("relief", None))))
    names = [
        [node.get(f"{{{node.nsmap['w']}}}name") for node in root.iter(f"{{*}}{side}RangeStart")]
        for side in ("moveFrom", "moveTo")
    ]
    assert names[0] == names[1] == ["mv_costs", "mv_own_costs", "mv_travel"]


@pytest.mark.parametrize(("how", "tree"), [("accept", edited()), ("reject", agreement())])
def test_pandoc_reads_the_same_two_texts(tmp_path, how, tree):
    if not shutil.which("pandoc"):
        pytest.skip("pandoc is not installed: the second reader of our redlines is missing")
    file = tmp_path / "redline.docx"
    file.write_bytes(write(agreement(), edited()))
    command = ["pandoc", f"--track-changes={how}", "-t", "plain", "--wrap=none", str(file)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    words = " ".join(said.split())
    for sentence in ("It owes no result.", "This came with its number."):
        assert sentence in words
    assert ("Is new." in words) == ("new" in tree.nodes)
    assert ("Counting goes on." in words) == ("after" in tree.nodes)
    assert ("within 15 days" in words) == (how == "accept")
