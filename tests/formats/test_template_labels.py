"""Every clause of a template has the number it would have."""

from app.formats.template_labels import template_labels
from app.formats.template_reading import read
from tests.formats.template_texts import MATCHMAKING


def test_alternatives_share_their_number_and_what_is_off_has_one_too() -> None:
    document = read(MATCHMAKING)
    found = template_labels(document)
    assert found["search"].full == "Article 2"
    assert found["search-names"].full == "Article 2.2(b)"
    assert found["fee-none"] == found["fee-success"] == found["fee"]
    assert found["fee"].full == "Article 3"
    assert found["annex-fee"].own == "Annex A"
    assert set(found) == {*document.keys, *document.keys.values()}
