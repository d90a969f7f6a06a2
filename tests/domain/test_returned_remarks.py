"""Comments of a file: new ones with the words they are about, answers, and what is settled."""

from app.domain import roundtrip
from app.domain.returned import Piece, Remark, Spot
from app.domain.returned_remarks import Known, told
from tests.domain.returned_files import KEYS, TEXT, File

WHEN = "2026-05-01T09:00:00Z"


def found(remarks, *, spots=(), pieces=None, known=()):
    file = File().keep("search", "form", "duty", "cost", "end")
    if pieces:
        file.paragraphs[2] = file.paragraphs[2]._replace(
            pieces=tuple(Piece(one) for one in pieces), spots=spots
        )
    document = file.read(remarks=tuple(remarks))
    returned = roundtrip.compare(document, TEXT, KEYS)
    return told(document, returned, "v1", known)


def test_a_new_comment_is_about_the_words_it_stands_at():
    spots = (Spot("7", "start", 1), Spot("7", "end", 2), Spot("7", "reference", 2))
    pieces = ("The Hub shall answer within ", "thirty days", ".")
    (item,) = found([Remark("7", "Ana", WHEN, "Too long?")], spots=spots, pieces=pieces).items
    anchor = item.anchor
    assert (item.kind, item.clause, item.text) == ("thread", "duty", "Too long?")
    assert (anchor.quote, anchor.start, anchor.part) == ("thirty days", 28, "text")


def test_without_words_it_is_about_the_clause_and_without_a_place_about_the_agreement():
    spots = (Spot("7", "reference", 0),)
    (item,) = found([Remark("7", "Ana", "", "Hm")], spots=spots, pieces=("x",)).items
    assert (item.clause, item.anchor.is_whole) == ("duty", True)
    (item,) = found([Remark("7", "Ana", "", "Hm")]).items
    assert (item.clause, item.anchor) == ("", None)


def test_answers_states_and_what_vanished():
    known = [
        Known("Tartu (Ana)", WHEN, "12"),
        Known("Tartu (Bo)", WHEN, "12", root=False),
        Known("Kraków (Cy)", WHEN, "13"),
    ]
    remarks = [
        Remark("0", "Tartu (Ana)", WHEN, "Why?", resolved=True),
        Remark("1", "Tartu (Bo)", WHEN, "Because.", "0"),
        Remark("2", "Dee", WHEN, "No.", "0"),
        Remark("3", "Guidance", "", "Mind this."),
        Remark("4", "Eve", WHEN, "New one"),
        Remark("5", "Fay", WHEN, "Answer to it", "4"),
    ]
    held = found(remarks, known=known)
    assert [(item.kind, item.on, item.text) for item in held.items] == [
        ("thread", "", "New one"),
        ("reply", "12", "No."),
        ("resolve", "12", ""),
    ]
    assert held.items[0].replies == (("Fay", "Answer to it"),)
    assert held.vanished == ("13",)


def test_a_known_comment_that_reads_otherwise_is_told_and_left():
    known = [Known("Tartu (Ana)", WHEN, "12", text="Why thirty?")]
    same = found([Remark("0", "Tartu (Ana)", WHEN, "Why\nthirty?")], known=known)
    assert (same.items, same.changed) == ((), ())
    other = found([Remark("0", "Tartu (Ana)", WHEN, "Why forty?")], known=known)
    assert (other.items, other.changed) == ((), ("12",))


def test_a_file_without_our_comments_lost_none():
    assert found([], known=[Known("Tartu (Ana)", WHEN, "12")]).vanished == ()
