"""Which parts of an amendment were taken in Word, and which were left."""

from datetime import UTC, datetime

from app.domain import operations as ops
from app.domain import returned_fates, returned_halves
from app.domain.amendments import Amendment
from app.domain.redline import Author, build
from app.formats.docx import redline_writer, revisions_reader
from app.formats.docx.redline_writer import Hand
from tests.domain.returned_files import TEXT
from tests.domain.test_returned_fates import AMENDMENTS, copy, date
from tests.formats.docx import settling


def told(data):
    document = revisions_reader.read(data)
    by_label = {one.author: one for one in AMENDMENTS}
    held = {one: by_label[one.label] for one in document.origin.amendments}
    said = returned_halves.sayings(document, TEXT, held, {})
    return returned_halves.halves(TEXT, held, said)


def only(*texts):
    """Settle the changes that hold one of these texts alone."""
    return lambda node: any(text in "".join(node.itertext()) for text in texts)


def test_what_is_tracked_accepted_or_rejected_as_a_whole_is_no_half():
    assert told(copy()) == {}
    everything = [date(number) for number in range(1, 6)]
    assert told(settling.settled(copy(), accepted=everything)) == {}
    assert told(settling.settled(copy(), rejected=everything)) == {}


def two():
    """The text with one amendment that changes two places."""
    steps = (
        ops.replace_text(TEXT, "duty", "Any Hub shall answer within sixty days."),
        ops.delete_clause(TEXT, "cost"),
    )
    return Amendment(7, steps, author="A7")


def file_of_two():
    one = two()
    made = build(TEXT, ops.apply(TEXT, one.operations), (7,), {7: Author(7, "Hub 7", "HUB", 1)})
    hand = Hand(
        "Hub 7", datetime(2026, 5, 7, 9, tzinfo=UTC), "A7", ops.operations_hash(one.operations)
    )
    return redline_writer.write(
        made, otherwise=Hand("Us", datetime(2026, 4, 1, tzinfo=UTC)), hands={7: hand}
    )


def half_of_two(data):
    document = revisions_reader.read(data)
    held = dict.fromkeys(document.origin.amendments, two())
    said = returned_halves.sayings(document, TEXT, held, {})
    found = returned_halves.halves(TEXT, held, said)
    became = returned_fates.fates(document, TEXT, held, {})
    return found.get(7), became.by_number[7]


def words(bits):
    return [(bit.clause, bit.comes, bit.text.strip()) for bit in bits]


def test_one_place_taken_and_another_left_are_told_apart():
    data = settling.settled(file_of_two(), accepted=[date(7)], which=only("The", "Any"))
    half, fate = half_of_two(data)
    assert fate == "tracked"
    assert words(half.taken) == [("duty", False, "The"), ("duty", True, "Any")]
    assert half.left == ()
    assert {bit.clause for bit in half.open} == {"duty", "cost"}
    data = settling.settled(data, rejected=[date(7)], which=only("thirty", "sixty"))
    half, fate = half_of_two(data)
    assert fate == "tracked"
    assert words(half.left) == [("duty", False, "thirty"), ("duty", True, "sixty")]
    assert words(half.open) == [("cost", False, "Each party bears its own costs of the search.")]


def test_an_amendment_settled_in_halves_is_told_so():
    data = settling.settled(file_of_two(), rejected=[date(7)], which=only("thirty", "sixty"))
    data = settling.settled(data, accepted=[date(7)])
    half, fate = half_of_two(data)
    assert fate == "changed"
    assert [bit.clause for bit in half.taken] == ["duty", "duty", "cost"]
    assert words(half.left) == [("duty", False, "thirty"), ("duty", True, "sixty")]
    assert half.open == ()


def test_other_words_are_no_half():
    data = settling.settled(file_of_two(), accepted=[date(7)], which=only("The", "Any"))
    data = settling.changed_body(data, lambda body: body.replace(b">Any<", b">Every<"))
    assert half_of_two(data)[0] is None


def test_an_amendment_that_others_share_a_clause_with_is_told_as_a_whole():
    data = settling.settled(copy(), accepted=[date(1)])
    assert told(data) == {}
