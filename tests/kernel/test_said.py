"""A sentence keeps what it was made of, and reads as English everywhere."""

import json
import pickle

from app.kernel.said import Said, counted, kept, listed, quoted, said, taken


def test_a_sentence_is_plain_english_text():
    told = said("{who} proposed amendment {number}.", who="Lille", number=4)
    assert told == "Lille proposed amendment 4."
    assert json.dumps(told) == '"Lille proposed amendment 4."'


def test_it_still_knows_its_message_and_parameters():
    told = said("{who} agreed.", who="Lille")
    assert (told.message, told.params) == ("{who} agreed.", {"who": "Lille"})


def test_braces_without_parameters_are_left_alone():
    assert said("Type {{name}} for a blank.") == "Type {{name}} for a blank."


def test_a_number_chooses_how_a_sentence_reads():
    assert counted(1, "{n} comment", "{n} comments") == "1 comment"
    assert counted(0, "{n} comment", "{n} comments") == "0 comments"
    assert counted(1, "it in {place}", "them in {place}", place="A") == "it in A"


def test_a_list_reads_with_commas():
    assert said("{names} agreed.", names=["Lille", "Ghent"]) == "Lille, Ghent agreed."


def test_a_copy_through_a_pickle_is_the_same():
    told = pickle.loads(pickle.dumps(counted(2, "one {x}", "{n} {x}", x="y")))
    assert isinstance(told, Said)
    assert (told, told.plural, told.params["n"]) == ("2 y", "{n} {x}", 2)


def test_what_json_kept_is_taken_as_it_was():
    told = counted(2, "{n} by {who}", "{n}, by {who}", who=listed(["Lille", quoted("Oslo")]))
    held = taken(json.loads(json.dumps(kept([told, "plain", 3, None, {"other": 1}]))))
    assert held == ["2, by Lille and “Oslo”", "plain", 3, None, {"other": 1}]
    assert isinstance(held[0], Said)
    assert held[0].params["who"].params["last"].message == "“{words}”"
