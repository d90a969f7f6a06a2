"""The words of a Word paragraph."""

from lxml import etree

from app.formats.docx.runs_reader import RunsReader
from app.formats.docx.source_package import Styles
from tests.formats.docx_texts import W, come, gone, r

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
STYLE = '<w:style w:styleId="S"><w:rPr><w:b/></w:rPr></w:style>'


def read(inner):
    styles = Styles(etree.fromstring(f'<w:styles xmlns:w="{W}">{STYLE}</w:styles>'))
    node = etree.fromstring(f'<w:p xmlns:w="{W}" xmlns:mc="{MC}">{inner}</w:p>')
    return RunsReader(styles, {}).read(node)


def marks(inner):
    return [(span.text, span.strong, span.em) for span in read(inner).spans]


def test_bold_by_run_by_style_and_switched_off():
    assert marks(r("a", "<w:b/>") + r("b", '<w:rStyle w:val="S"/>')) == [
        ("a", True, False), ("b", True, False),
    ]  # fmt: skip
    assert marks(r("c", '<w:rStyle w:val="S"/><w:b w:val="0"/>')) == [("c", False, False)]


def test_underlined_words_are_emphasised():
    assert marks(r("a", '<w:u w:val="single"/>')) == [("a", False, True)]


def test_accepted_changes():
    assert marks(gone("x") + come("y")) == [("y", False, False)]


def test_symbols_and_alternative_content():
    choice = f"<mc:Choice>{r('new')}</mc:Choice><mc:Fallback>{r('old')}</mc:Fallback>"
    assert marks(f"<mc:AlternateContent>{choice}</mc:AlternateContent>") == [("old", False, False)]
    assert marks('<w:r><w:sym w:font="S" w:char="F0B7"/></w:r>') == [("•", False, False)]
    assert marks('<w:r><w:sym w:char="xyz"/></w:r>') == [("", False, False)]
