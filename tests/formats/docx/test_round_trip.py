"""Agreements with amendments go to Word and come back: the same texts, the same changes."""

import pytest

from app.domain import operations, roundtrip
from app.domain.returned import accepting, rejecting
from app.domain.returned_words import reading
from app.formats.docx import revisions_reader
from tests.formats.docx import deals, office


def case(seed):
    old = deals.deal(seed)
    return old, deals.amended(old, seed + 1000)


def comes_back(data, old, new):
    """Hold a returned file against both texts."""
    document = revisions_reader.read(data)
    keys = [f"came-{number}" for number in range(len(document.paragraphs))]
    found = roundtrip.compare(document, old, keys)
    assert deals.shape(found.target) == deals.shape(new)
    assert [item.number for item in found.items if not item.tracked] == []
    steps = found.operations([item.number for item in found.items])
    assert deals.shape(operations.apply(old, steps)) == deals.shape(new)
    assert found.operations(()) == ()


@pytest.mark.parametrize("seed", range(40))
def test_what_went_out_comes_back(seed):
    old, new = case(seed)
    comes_back(deals.redlined(old, new), old, new)


@pytest.mark.parametrize("seed", range(40, 50))
def test_what_went_out_comes_back_without_any_anchor(seed):
    old, new = case(seed)
    comes_back(office.without_bookmarks(deals.redlined(old, new)), old, new)


def test_through_libreoffice_and_back(tmp_path):
    office.needed()
    cases = {str(seed): case(seed) for seed in range(5)}
    files = {name: deals.redlined(*both) for name, both in cases.items()}
    for name, data in office.saved_again(files, tmp_path).items():
        comes_back(data, *cases[name])
        comes_back(office.without_bookmarks(data), *cases[name])


def test_a_copy_nobody_changed_brings_nothing_whatever_saved_it(tmp_path):
    old = deals.deal(3)
    data = deals.redlined(old, old)
    comes_back(data, old, old)
    document = revisions_reader.read(data)
    words = reading(document, (old,), {})
    before, after = (words.units(view(document)) for view in (rejecting, accepting))
    assert before == after
    office.needed()
    comes_back(office.saved_again({"copy": data}, tmp_path)["copy"], old, old)
