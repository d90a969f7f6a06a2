"""Changes that were made in a returned file within an amendment that is tracked there."""

from datetime import UTC, datetime

from app.domain import operations as ops
from app.domain import returned_halves, returned_within, roundtrip
from app.domain.amendments import Amendment
from app.domain.clauses import Clause, Kind
from app.domain.redline import Author, build
from app.domain.returned_within import Copy
from app.formats.docx import redline_writer, revisions_reader
from app.formats.docx.redline_writer import Hand
from tests.domain.returned_files import KEYS, TEXT
from tests.formats.docx import settling

NEW = Clause("thanks", Kind.CLAUSE, "", "Nobody owes anything else to anybody here.")
PRIMARY = Amendment(
    3,
    (
        ops.replace_text(TEXT, "duty", "The Hub shall answer within thirty days of each request."),
        ops.insert_clause(TEXT, "search", "cost", NEW),
        ops.set_heading(TEXT, "end", "Ending and what stays"),
    ),
    author="A3",
)
DATE = "2026-05-03T09:00:00Z"
ANA = 'w:author="Ana" w:date="2026-05-09T10:00:00Z"'
RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'


def copy_of():
    made = build(TEXT, ops.apply(TEXT, PRIMARY.operations), (3,), {3: Author(3, "Hub 3", "HUB", 1)})
    hand = Hand("Hub 3", datetime(2026, 5, 3, 9, tzinfo=UTC), "A3", "digest")
    return redline_writer.write(
        made, otherwise=Hand("Us", datetime(2026, 4, 1, tzinfo=UTC)), hands={3: hand}
    )


def typed(data, old, new):
    """Ana writes `new` behind `old` (or crosses `old` out) in a run of somebody's insertion."""

    def change(body):
        text = body.decode()
        at = text.index(old, text.index("<w:body>"))
        start, end = text.rindex("<w:ins ", 0, at), text.index("</w:ins>", at)
        opening = text[start : text.index(">", start) + 1]
        run = text[text.index(">", start) + 1 : end]
        words = run[run.index(">", run.index("<w:t")) + 1 : run.index("</w:t>")]
        look = run[: run.index("<w:t")]
        first, last = words.split(old, 1)

        def held(inner, tag="w:t"):
            return f'{look}<{tag} xml:space="preserve">{inner}</{tag}></w:r>'

        if new:
            pieces = (
                f"{opening}{held(first + old)}</w:ins>"
                f'<w:ins w:id="901" {ANA}>{RUN.format(new)}</w:ins>'
                f"{opening}{held(last)}</w:ins>"
            )
        else:
            gone = f'<w:del w:id="902" {ANA}>{held(old, "w:delText")}</w:del>'
            pieces = f"{opening}{held(first)}{gone}{held(last)}</w:ins>"
        return (text[:start] + pieces + text[end + len("</w:ins>") :]).encode()

    return settling.changed_body(data, change)


def seen(data):
    document = revisions_reader.read(data)
    held = dict.fromkeys(document.origin.amendments, PRIMARY)
    known = {(one.author, one.date) for one in held}
    said = returned_halves.sayings(document, TEXT, held, {})
    halves = returned_halves.halves(TEXT, held, said)
    copy = Copy(document, TEXT, held, (), KEYS, {}, known)
    main = roundtrip.compare(document, TEXT, KEYS, known=known)
    found = list(returned_within.within(copy, halves, said))
    return found, returned_within.outside(main, found, halves)


def amended(found):
    """The text with the amendment, and then with what was changed in it."""
    (one,) = found
    with_primary = ops.apply(TEXT, PRIMARY.operations)
    steps = one.returned.operations([item.number for item in one.items])
    return ops.apply(with_primary, steps)


def test_a_copy_that_nobody_touched_brings_nothing():
    found, main = seen(copy_of())
    assert (found, main.items) == ([], ())


def test_words_typed_into_a_pending_insertion_amend_the_amendment():
    found, main = seen(typed(copy_of(), " of each", " written"))
    assert amended(found).find("duty").text == (
        "The Hub shall answer within thirty days of each written request."
    )
    (item,) = found[0].items
    assert (item.authors, item.clause) == (("Ana",), "duty")
    assert main.items == ()


def test_words_crossed_out_in_a_pending_insertion_amend_the_amendment():
    found, main = seen(typed(copy_of(), " each", ""))
    assert amended(found).find("duty").text == "The Hub shall answer within thirty days of request."
    assert main.items == ()


def test_a_new_clause_that_waits_is_changed_within():
    found, main = seen(typed(copy_of(), "anything", " more"))
    assert amended(found).find("thanks").text == ("Nobody owes anything more else to anybody here.")
    assert main.items == ()


def test_a_new_clause_that_waits_is_changed_within_without_tracking():
    data = settling.changed_body(copy_of(), lambda body: body.replace(b"anybody here", b"us"))
    found, main = seen(data)
    assert amended(found).find("thanks").text == "Nobody owes anything else to us."
    assert [item.tracked for item in found[0].items] == [False]
    assert main.items == ()


def test_what_stands_beside_a_pending_change_stays_on_the_text():
    data = settling.changed_body(
        copy_of(), lambda body: body.replace(b"A request states", b"A demand states")
    )
    found, main = seen(data)
    assert found == []
    assert [item.clause for item in main.items] == ["form"]


def test_what_was_left_of_an_amendment_becomes_an_amendment_to_it():
    data = settling.settled(
        copy_of(), rejected=[DATE], which=lambda node: "what stays" in "".join(node.itertext())
    )
    data = settling.settled(
        data, accepted=[DATE], which=lambda node: "of each" in "".join(node.itertext())
    )
    found, main = seen(data)
    tree = amended(found)
    assert tree.find("end").heading == "Ending"
    assert tree.find("duty").text.endswith("of each request.")
    assert "thanks" in tree.nodes
    assert main.items == ()
