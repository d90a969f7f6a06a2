"""Spans for an editor say everything that the prose says."""

import json

from hypothesis import given

from app.domain import prose
from app.domain.numbering import Label
from app.formats import prose_spans
from tests.domain import strategies

LABELS = {"answer-form": Label("4.2", "Article 4.2")}


def spans(text: str) -> list[dict]:
    return json.loads(prose_spans.to_json(text, LABELS, {"days": "number of days"}))


def test_words_marks_references_and_blanks_are_told_as_they_are_shown():
    text = "*Em* and **[words](https://example.org)** of [[answer-form]] in {{days}} days"
    told = spans(text)
    assert told[0] == {"text": "Em", "marks": 1, "link": ""}
    assert {"text": "words", "marks": 2, "link": "https://example.org"} in told
    assert {"ref": "answer-form", "shown": "Article 4.2", "marks": 0} in told
    (blank,) = [one for one in told if "blank" in one]
    assert blank["blank"] == "days" and "number of days" in blank["shown"]


def test_the_cells_of_a_row_are_told_apart():
    assert spans("a | b")[1] == {"cell": True}


@given(strategies.odd_proses)
def test_every_word_is_told(text):
    told = spans(text)
    plain = "".join(one.get("text", "|" if "cell" in one else prose.HOLE) for one in told)
    assert plain == prose.plain(text)
