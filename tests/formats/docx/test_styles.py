import pytest
from lxml import etree

from app.formats.docx.ooxml import W
from app.formats.docx.styles import TEXT_WIDTH, fonts_part, settings_part, styles_part


def styles(**more):
    facts = {"language": "en", "parted": True, "column": 1134, **more}
    root = etree.fromstring(styles_part(**facts))
    return {node.get(f"{{{W}}}styleId"): node for node in root.iter(f"{{{W}}}style")}


def test_no_style_builds_on_one_that_is_not_there():
    found = styles()
    based = [n.get(f"{{{W}}}val") for s in found.values() for n in s.iter(f"{{{W}}}basedOn")]
    assert set(based) <= set(found)


@pytest.mark.parametrize("parted", [True, False])
def test_headings_have_the_outline_level_of_their_name(parted):
    found = styles(parted=parted)
    levels = [
        found[f"Heading{n}"].find(f"{{{W}}}pPr/{{{W}}}outlineLvl").get(f"{{{W}}}val")
        for n in range(1, 7)
    ]
    assert levels == list("012345")


def test_articles_look_the_same_whichever_heading_they_are():
    def look(found, name):
        return etree.tostring(found[name].find(f"{{{W}}}rPr"))

    assert look(styles(parted=True), "Heading2") == look(styles(parted=False), "Heading1")


def test_headings_stay_with_what_follows():
    found = styles()
    assert all(found[f"Heading{n}"].find(f".//{{{W}}}keepNext") is not None for n in range(1, 7))


def test_the_language_is_that_of_the_text():
    assert 'w:val="en-GB"' in styles_part(language="en", parted=True, column=1134)
    assert 'w:val="fr"' in styles_part(language="fr", parted=True, column=1134)


def test_protection_is_as_asked_and_names_stay():
    assert "trackRevisions" not in settings_part(language="en", protection="readOnly")
    assert "removePersonalInformation" not in settings_part(
        language="en", protection="trackedChanges"
    )


def test_missing_faces_are_replaced_by_their_kin_and_the_page_has_room():
    assert '<w:family w:val="roman"/>' in fonts_part() and 8000 < TEXT_WIDTH < 10000
