"""A returned file, item by item: what kind of change it is, whose, and what taking it comes to."""

import pytest

from app.domain import operations, roundtrip
from app.domain.operations import DeleteClause, InsertClause, MoveClause
from tests.domain.returned_files import ANA, BO, DEL, INS, KEYS, TEXT, File


def compared(file, **more):
    return roundtrip.compare(file.read(), TEXT, KEYS, **more)


def told(found):
    return [(item.kind, item.clause, item.authors) for item in found.items]


def taken(found, *numbers):
    chosen = numbers or [item.number for item in found.items]
    return operations.apply(TEXT, found.operations(chosen))


def test_a_file_without_changes_brings_nothing():
    assert told(compared(File().keep("search", "form", "duty", "cost", "end"))) == []


def test_words_by_two_authors_are_two_items_and_each_can_be_taken_alone():
    file = File().keep("search", "form")
    file.add(
        ("The Hub", (DEL, ANA)), ("Each Hub", (INS, ANA)), " shall answer within ",
        ("thirty", (DEL, BO)), ("ten", (INS, BO)), " days.", key="duty",
    ).keep("cost", "end")  # fmt: skip
    found = compared(file)
    assert told(found) == [("words", "duty", (ANA,)), ("words", "duty", (BO,))]
    first, second = (item.number for item in found.items)
    assert taken(found, first).find("duty").text == "Each Hub shall answer within thirty days."
    assert taken(found, second).find("duty").text == "The Hub shall answer within ten days."
    assert taken(found).find("duty").text == "Each Hub shall answer within ten days."
    assert found.operations([]) == ()


def test_who_changes_anothers_insertion_stands_with_them():
    file = File().keep("search", "form").add(
        "The Hub shall answer ", ("soon and ", (INS, ANA), (DEL, BO)), ("well ", (INS, ANA)),
        "within thirty days.", key="duty",
    ).keep("cost", "end")  # fmt: skip
    assert told(compared(file)) == [("words", "duty", (ANA, BO))]


def test_what_was_not_tracked_is_an_item_of_its_own_beside_what_was():
    file = File().keep("search", "form").add(
        "Every Hub shall answer within ", ("thirty", (DEL, ANA)), ("ten", (INS, ANA)), " days.",
        key="duty",
    ).keep("cost", "end")  # fmt: skip
    found = compared(file)
    assert told(found) == [("words", "duty", ()), ("words", "duty", (ANA,))]
    silent, tracked = (item.number for item in found.items)
    assert taken(found, silent).find("duty").text == "Every Hub shall answer within thirty days."
    assert taken(found, tracked).find("duty").text == "The Hub shall answer within ten days."
    assert taken(found).find("duty").text == "Every Hub shall answer within ten days."


def test_typography_is_no_change():
    file = (
        File()
        .keep("search", "form")
        .add("The Hub\u00a0shall answer within thirty days.", key="duty")
    )
    assert told(compared(file.keep("cost", "end"))) == []


def test_headings_apart_from_text():
    file = (
        File()
        .keep("search")
        .add(
            "Form",
            (" and way", (INS, ANA)),
            ". A request states the need and the date.",
            key="form",
        )
    )
    found = compared(file.keep("duty", "cost", "end"))
    assert taken(found).find("form").heading == "Form and way"
    assert taken(found).find("form").text == TEXT.find("form").text


def test_split_join_insert_and_delete():
    split = (
        File().keep("search", "form").add("The Hub shall answer", key="duty", mark=((INS, ANA),))
    )
    found = compared(split.add(" within thirty days.").keep("cost", "end"))
    assert told(found) == [("split", "duty", (ANA,))]
    (new,) = [step for step in found.operations([found.items[0].number])
              if isinstance(step, InsertClause)]  # fmt: skip
    assert (new.split_from, new.node.text) == ("duty", "within thirty days.")

    join = (
        File()
        .keep("search", "form")
        .add("The Hub shall answer within thirty days. ", key="duty", mark=((DEL, ANA),))
    )
    found = compared(
        join.add("Each party bears its own costs of the search.", key="cost").keep("end")
    )
    assert told(found) == [("join", "duty", (ANA,))]
    (gone,) = [step for step in found.operations([found.items[0].number])
               if isinstance(step, DeleteClause)]  # fmt: skip
    assert (gone.clause, gone.into) == ("cost", "duty")

    both = (
        File()
        .keep("search", "form")
        .add(("The Hub shall answer within thirty days.", (DEL, BO)), key="duty", mark=((DEL, BO),))
    )
    both.keep("cost").add(("No Hub owes a result.", (INS, ANA)), mark=((INS, ANA),))
    found = compared(both.keep("end"))
    assert told(found) == [("delete", "duty", (BO,)), ("insert", "cost", (ANA,))]
    tree = taken(found)
    assert [node.text for node in tree.find("search").children][2] == "No Hub owes a result."


def test_a_clause_typed_at_the_end_of_a_line_leaves_the_line_alone():
    file = (
        File()
        .keep("search", "form")
        .add("The Hub shall answer within thirty days.", key="duty", mark=((INS, ANA),))
    )
    found = compared(file.add(("It answers in writing.", (INS, ANA))).keep("cost", "end"))
    assert told(found) == [("insert", "duty", (ANA,))]


def test_what_went_here_and_came_there_was_moved():
    file = (
        File()
        .keep("search")
        .add(
            ("Form. A request states the need and the date.", (DEL, ANA)),
            key="form",
            mark=((DEL, ANA),),
        )
    )
    file.keep("duty", "cost").add(
        ("Form. A request states the need and the date.", (INS, ANA)), mark=((INS, ANA),)
    )
    found = compared(file.keep("end"))
    assert told(found) == [("move", "form", (ANA,))]
    assert found.operations([found.items[0].number]) == (MoveClause("form", "search", "cost"),)


def test_the_same_without_any_tracking_and_without_bookmarks():
    file = File().add("Search", style="heading 1", level=0)
    file.add("The Hub shall answer within ten days.")
    file.add("Each party bears its own costs of the search.")
    file.add("Nobody owes anything else.").add("Ending", style="heading 1", level=0)
    found = compared(file)
    assert told(found) == [
        ("delete", "form", ()),
        ("words", "duty", ()),
        ("insert", "cost", ()),
    ]
    assert [node.text for node in taken(found).find("search").children] == [
        "The Hub shall answer within ten days.",
        "Each party bears its own costs of the search.",
        "Nobody owes anything else.",
    ]


def test_a_new_clause_behind_one_that_is_left_stands_behind_its_neighbour():
    file = File().keep("search", "form", "duty")
    for author in (ANA, BO):
        file.add((f"Added by {author} alone.", (INS, author)), mark=((INS, author),))
    found = compared(file.keep("cost", "end"))
    second = found.items[1]
    assert second.authors == (BO,)
    assert taken(found, second.number).place_of("new-4").after == "duty"


def test_changes_that_are_amendments_already_are_left_alone():
    file = File().keep("search", "form").add(
        "The Hub shall answer within ", ("thirty", (DEL, ANA)), ("ten", (INS, ANA)),
        (" working", (INS, BO)), " days.", key="duty",
    ).keep("cost", "end")  # fmt: skip
    found = compared(file, known=[(ANA, "2026-05-01T09:00:00Z")])
    assert told(found) == [("words", "duty", (BO,))]
    assert taken(found).find("duty").text == "The Hub shall answer within thirty working days."


def test_levels_that_drifted_are_told():
    file = File().keep("search", "form", "duty")
    file.add("Each party bears its own costs of the search.", key="cost", level=2)
    assert compared(file.keep("end")).drifted == ("cost",)


@pytest.mark.parametrize("style", ["Title", "toc 1", "Cover facts", "Part title", "Not yet filled"])
def test_what_we_put_around_the_text_is_passed_over(style):
    file = File().keep("search", "form").add("Ours", style=style, level=-1)
    assert told(compared(file.keep("duty", "cost", "end"))) == []
