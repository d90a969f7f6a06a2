"""What the reading process hands over is taken in as if a stranger had sent it."""

import json
from dataclasses import replace

import pytest

from app.formats import returned_json
from app.formats.docx import revisions_reader
from app.formats.docx.comments import Note
from app.kernel.errors import Invalid
from tests.formats.docx import deals
from tests.formats.docx.samples import HAND

NAMED = replace(HAND, label="A1", digest="f0")


def read():
    old = deals.deal(4)
    note = Note("Ana", "Why?", "2026-05-01T09:00:00Z", resolved=True)
    data = deals.redlined(
        old, deals.amended(old, 9), hands={1: NAMED}, notes={"definitions": (note,)}
    )
    return revisions_reader.read(data)


def test_it_comes_back_whole():
    document = read()
    told = json.loads(json.dumps(returned_json.to_json(document)))
    assert returned_json.from_json(told) == document


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop("rows"),
        lambda data: data["revisions"].append(["swap", "A", ""]),
        lambda data: data["paragraphs"][0].__setitem__(1, [999]),
        lambda data: data["paragraphs"][0].__setitem__(7, 999),
        lambda data: data["paragraphs"].append("words"),
        lambda data: data["rows"].append([1, [999], []]),
    ],
)
def test_what_does_not_fit_is_refused(spoil):
    data = returned_json.to_json(read())
    spoil(data)
    with pytest.raises(Invalid, match="too large or too tangled"):
        returned_json.from_json(data)


def test_what_is_too_much_is_refused():
    data = returned_json.to_json(read())
    data["paragraphs"] *= 1 + returned_json.MOST_PARAGRAPHS // len(data["paragraphs"])
    with pytest.raises(Invalid, match="Cut it in parts"):
        returned_json.from_json(data)
    data = returned_json.to_json(read())
    data["paragraphs"][0][0] = [["x" * 50_001, [], False, False, "", "", ""]]
    with pytest.raises(Invalid, match="50001 characters"):
        returned_json.from_json(data)
