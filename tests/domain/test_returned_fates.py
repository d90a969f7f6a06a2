"""What became in Word of the amendments that a copy held."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from app.domain import operations as ops
from app.domain import returned_fates, roundtrip
from app.domain.amendments import Amendment
from app.domain.attribution import attributed
from app.domain.clauses import Clause, Kind
from app.domain.compatible import compatible
from app.domain.provenance import Source
from app.domain.redline import Author, build
from app.domain.returned import Carried, Revision
from app.formats.docx import redline_writer, revisions_reader
from app.formats.docx.redline_writer import Hand
from tests.domain.returned_files import KEYS, TEXT
from tests.formats.docx import office, settling

WISHES = {
    1: (ops.replace_text(TEXT, "duty", "The Hub shall answer within ten days."),),
    2: (ops.replace_text(TEXT, "duty", "Each Hub shall answer within thirty days."),),
    3: (
        ops.insert_clause(
            TEXT, "search", "cost", Clause("thanks", Kind.CLAUSE, "", "Nobody owes anything else.")
        ),
    ),
    4: (ops.delete_clause(TEXT, "form"),),
    5: (ops.set_heading(TEXT, "end", "Ending and what stays"),),
}  # fmt: skip
AMENDMENTS = [Amendment(number, steps, author=f"A{number}") for number, steps in WISHES.items()]


def date(number):
    return f"2026-05-0{number}T09:00:00Z"


def copy():
    """The text with all amendments tracked, each by its own hand."""
    sources = {one.number: Source("amendment", one.author) for one in AMENDMENTS}
    held = compatible(TEXT, AMENDMENTS, sources=sources)
    assert len(held.taken) == len(AMENDMENTS)

    def owners(source):
        return (int(source.ref[1:]),) if source.origin == "amendment" else ()

    made = attributed(build(TEXT, held.merged.preview), held.merged.provenance, owners)
    hands = {
        one.number: Hand(
            f"Hub {one.number}", datetime(2026, 5, one.number, 9, tzinfo=UTC),
            one.author, ops.operations_hash(one.operations),
        )
        for one in AMENDMENTS
    }  # fmt: skip
    return redline_writer.write(
        made, otherwise=Hand("Us", datetime(2026, 4, 1, tzinfo=UTC)), hands=hands
    )


def told(data):
    document = revisions_reader.read(data)
    by_label = {one.author: one for one in AMENDMENTS}
    held = {one: by_label[one.label] for one in document.origin.amendments}
    return document, returned_fates.fates(document, TEXT, held, {})


def test_a_copy_says_which_amendments_it_holds():
    document, found = told(copy())
    assert document.origin.amendments[0] == Carried(
        "A1", ops.operations_hash(WISHES[1]), "Hub 1", date(1)
    )
    assert set(found.by_number.values()) == {"tracked"}
    assert found.text is TEXT


CHOICES = list(product(("tracked", "accepted", "rejected"), repeat=5))


@pytest.mark.parametrize("at", range(0, len(CHOICES), 6))
def test_accepted_rejected_and_left_are_told_apart(at):
    chosen = dict(zip(WISHES, CHOICES[at], strict=True))
    data = settling.settled(
        copy(),
        accepted=[date(number) for number, fate in chosen.items() if fate == "accepted"],
        rejected=[date(number) for number, fate in chosen.items() if fate == "rejected"],
    )
    for file in (data, unanchored(data)):
        document, found = told(file)
        assert found.by_number == chosen
        known = [(one.author, one.date) for one in document.origin.amendments]
        seen = roundtrip.compare(document, found.text, KEYS, known=known)
        assert seen.items == ()


def unanchored(data):
    """Without a bookmark; the map stays."""
    return settling.changed_body(data, lambda body: office.MARKS.sub(b"", body))


def test_other_words_in_their_place_are_changed_and_stay_to_be_seen():
    data = settling.settled(copy(), accepted=[date(1), date(2), date(4), date(5)])
    data = settling.changed_body(data, lambda body: body.replace(b">ten<", b">twelve<"))
    document, found = told(data)
    assert (found.by_number[1], found.by_number[2]) == ("changed", "changed")
    assert (found.by_number[3], found.by_number[4]) == ("tracked", "accepted")
    known = [(one.author, one.date) for one in document.origin.amendments]
    seen = roundtrip.compare(document, found.text, KEYS, known=known)
    assert [(item.kind, item.clause, item.tracked) for item in seen.items] == [
        ("words", "duty", False)
    ]


def test_an_amendment_to_one_that_is_tracked_is_told_with_it():
    document = revisions_reader.read(copy())
    second = replace(AMENDMENTS[0], number=9, primary=3)
    gone = Carried("A9", "", "Nobody", date(9))
    held = {document.origin.amendments[2]: AMENDMENTS[2], gone: second}
    assert returned_fates.fates(document, TEXT, held, {}).by_number == {3: "tracked", 9: "tracked"}


def test_a_change_of_several_is_each_ones():
    one = Carried("A1", "", "Hub 1", date(1))
    assert returned_fates.is_of(one, Revision("ins", "Hub 1", date(1)))
    assert returned_fates.is_of(one, Revision("ins", "Hub 2, Hub 1", date(2)))
    assert not returned_fates.is_of(one, Revision("ins", "Hub 1", date(2)))


@pytest.mark.parametrize("fate", ["accepted", "rejected"])
def test_all_of_them_settled_in_libreoffice(fate, tmp_path):
    office.needed()
    data = office.settled_all(copy(), tmp_path, accept=fate == "accepted")
    assert set(told(data)[1].by_number.values()) == {fate}


def test_a_clause_of_which_no_word_stayed_is_told_as_well():
    one = Amendment(6, (ops.set_heading(TEXT, "end", "What comes after"),), author="A6")
    made = build(TEXT, ops.apply(TEXT, one.operations), (6,), {6: Author(6, "Hub 6", "HUB", 1)})
    hand = Hand("Hub 6", datetime(2026, 5, 6, 9, tzinfo=UTC), "A6", "digest")
    us = Hand("Us", datetime(2026, 4, 1, tzinfo=UTC))
    data = redline_writer.write(made, otherwise=us, hands={6: hand})
    for fate in ("accepted", "rejected"):
        document = revisions_reader.read(settling.settled(data, **{fate: [date(6)]}))
        held = dict.fromkeys(document.origin.amendments, one)
        assert returned_fates.fates(document, TEXT, held, {}).by_number == {6: fate}
