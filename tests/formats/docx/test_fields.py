from app.formats.docx.fields import page_of_pages, reference


def test_a_field_opens_separates_and_ends():
    xml = reference("answer-time", "2.1")
    kinds = [piece.split('"')[0] for piece in xml.split('fldCharType="')[1:]]
    assert kinds == ["begin", "separate", "end"]
    assert " REF _cl_answer_time \\w \\h " in xml and ">2.1</w:t>" in xml


def test_a_deleted_field_has_the_names_of_deleted_ones():
    xml = reference("a", "1", deleted=True)
    assert "<w:delInstrText" in xml and "<w:delText" in xml and "<w:t " not in xml


def test_pages_are_counted():
    assert " PAGE " in page_of_pages() and " NUMPAGES " in page_of_pages()
