from app.domain.numbering import Label
from app.formats.docx.ooxml import By, Ids
from app.formats.docx.targets import Target
from app.formats.docx.words import RUN_IN, Track, Words, run_in_end, term_spans

BY = By("Ana", "2026-05-01T09:00:07Z")


def speaker():
    labels = {"force": Label("3.1", "Article 3.1"), "note": Label("", "Article 3.1")}
    aims = {"force": Target("Article ", "3.1"), "note": Target("Article 3.1", "")}
    return Words(Ids(), labels, aims, {"days": "working days"})


def test_marks_become_properties_in_words_order():
    assert "<w:b/><w:bCs/><w:i/><w:iCs/></w:rPr>" in speaker().runs("***both***")


def test_a_reference_is_a_field_with_its_lead_before_it():
    runs = speaker().runs("see [[force]]")
    assert runs.index("ReferenceLead") < runs.index(" REF _cl_force \\w \\h ")
    assert ">3.1</w:t>" in runs


def test_a_reference_to_what_has_no_number_is_a_link():
    assert '<w:hyperlink w:anchor="_cl_note" w:history="1">' in speaker().runs("[[note]]")


def test_a_reference_to_nothing_says_so():
    assert "[missing clause]" in speaker().runs("[[gone]]")


def test_deleted_references_and_words_have_the_names_of_deleted_ones():
    runs = speaker().runs("see [[force]]", "", Track("del", BY))
    assert "<w:t " not in runs and "<w:instrText" not in runs
    assert runs.count("<w:del ") == 1 and "<w:delInstrText" in runs


def test_moved_words_keep_the_names_of_words():
    assert "<w:t " in speaker().runs("see", "", Track("moveFrom", BY))


def test_a_link_stands_around_its_change_and_is_declared_once():
    words = speaker()
    runs = words.runs("[a](https://a.eu) and [b](https://a.eu)", "", Track("ins", BY))
    assert runs.startswith('<w:hyperlink r:id="rIdL1" w:history="1"><w:ins ')
    assert [link.target for link in words.links] == ["https://a.eu"]


def test_a_blank_is_highlighted_under_its_label():
    runs = speaker().runs("{{days}} {{other_name}}")
    assert "[working days]" in runs and "[other name]" in runs
    assert runs.count('<w:highlight w:val="yellow"/>') == 2


def test_plain_words_are_what_a_reader_sees():
    assert speaker().shown("**see** [[force]] in {{days}}") == "see Article 3.1 in [working days]"


def test_a_run_in_heading_ends_once():
    assert [run_in_end(h) for h in ("Form", "Form.", "Why?", "**Form:**")] == [". ", " ", " ", " "]


def test_a_look_is_carried_and_a_term_is_not_bold_twice():
    assert f"<w:rPr>{RUN_IN}</w:rPr>" in speaker().runs("Form", RUN_IN)
    assert not any(span.strong for span in term_spans("**Client**"))
