from app.formats.docx.cover import Edition, Entry, contents, footer, header, section, title_page
from tests.formats.docx.samples import DAY

EDITION = Edition("Search", "2", "Proposed", "abc123def456", DAY)


def test_the_day_is_written_as_people_do():
    assert EDITION.dated == "21 November 2026"
    assert EDITION.named == "Version 2 · Proposed"
    assert Edition("T", "", "", "x").named == "" and Edition("T", "", "", "x").dated == ""


def test_many_parties_are_counted_not_listed():
    few, many = (title_page(EDITION, "", [f"Hub {n}" for n in range(size)]) for size in (3, 30))
    assert "Hub 2" in few and "between" in few
    assert "the 30 parties named in this text" in many and "Hub 2" not in many


def test_the_contents_are_one_field_and_end_before_their_section():
    xml = contents([Entry(1, "a", "", "Terms"), Entry(2, "b-c", "Article 1", "Search")])
    assert xml.count("fldCharType") == 3
    assert ' TOC \\o "1-2" \\h \\n \\z ' in xml
    assert 'w:anchor="_cl_b_c"' in xml
    assert xml.rindex('"end"') < xml.index("<w:sectPr>")
    assert "Contents" not in contents([])


def test_margins_name_the_text_and_count_the_pages():
    assert "abc123def456" in footer(EDITION) and " NUMPAGES " in footer(EDITION)
    assert "Search" in header(EDITION) and "Version 2 · Proposed" in header(EDITION)


def test_only_the_first_section_has_a_bare_page():
    assert "<w:titlePg/>" in section(first=True) and "<w:titlePg/>" not in section(first=False)
