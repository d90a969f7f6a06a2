"""A file held against one text."""

from app.domain import returned
from app.domain.returned_look import Look
from app.domain.returned_words import reading
from tests.domain.returned_files import ANA, DEL, INS, KEYS, TEXT, File


def looked(file):
    document = file.read()
    return Look(document, TEXT, KEYS, reading(document, (TEXT,), {}), frozenset())


def test_views_keys_and_the_text_with_everything_taken():
    file = File().keep("search", "form").add(
        "The Hub shall answer within ", ("thirty", (DEL, ANA)), ("ten", (INS, ANA)), " days.",
        key="duty",
    ).keep("cost", "end")  # fmt: skip
    found = looked(file)
    assert list(found.keys.values()) == list(TEXT.nodes)
    assert found.said_before[2] == TEXT.find("duty").text
    assert found.target.find("duty").text == "The Hub shall answer within ten days."
    assert (found.reworded, found.steps) == (["duty"], ())
    assert found.words_with("duty", frozenset()) == ("", TEXT.find("duty").text)
    assert found.reject.shows((0,)) is True
    assert returned.authors(found.document, (0,)) == (ANA,)
