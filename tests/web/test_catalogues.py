"""The catalogues are complete: every message of the source, in every language, in every form."""

import pytest

from tests.house import catalogues

FOUND = catalogues.messages()


def test_there_are_the_languages_that_were_promised():
    assert {"de", "es", "fr", "it", "pl"} <= set(catalogues.languages())


@pytest.mark.parametrize("language", catalogues.languages())
def test_a_catalogue_is_what_the_source_says_now(language):
    """If not: python3 dev.py translate, then translate what is new."""
    for file, content in catalogues.files(language, catalogues.updated(language, FOUND)).items():
        assert file.read_bytes() == content, file


@pytest.mark.parametrize("language", catalogues.languages())
def test_nothing_is_left_to_translate(language):
    held = catalogues.catalogue(language)
    missing = [one.id for one in held if one.id and not catalogues.is_translated(one)]
    assert not missing
