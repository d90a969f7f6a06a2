"""The words of a paragraph with their changes, looks and aims."""

from lxml import etree

from app.domain.returned import Spot
from app.formats.docx.source_package import Relationship, Styles
from app.formats.docx.tracked_runs import Revisions, TrackedRuns
from tests.formats.docx_texts import R, W, come, gone, r

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
STYLE = '<w:style w:styleId="S"><w:name w:val="Strong One"/><w:rPr><w:b/></w:rPr></w:style>'
LINKS = {"r9": Relationship("hyperlink", "https://a.eu", external=True)}


def read(*paragraphs):
    styles = Styles(etree.fromstring(f'<w:styles xmlns:w="{W}">{STYLE}</w:styles>'))
    revisions, ignored = Revisions(), []
    runs = TrackedRuns(styles, LINKS, revisions, ignored.append)
    spaces = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="{M}"'
    nodes = [etree.fromstring(f"<w:p {spaces}>{inner}</w:p>") for inner in paragraphs]
    return [runs.read(node) for node in nodes], revisions, ignored


def field(code, result, name="instrText"):
    def char(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    told = f"<w:r><w:{name}>{code}</w:{name}></w:r>"
    return char("begin") + told + char("separate") + result + char("end")


def test_words_stand_under_their_changes_the_outer_first():
    inner = f'<w:ins w:author="A" w:date="d">{r("x")}{gone("y")}</w:ins>'
    (line,), revisions, _ = read(r("a") + inner)
    assert [(piece.text, piece.revisions) for piece in line.pieces] == [
        ("a", ()),
        ("x", (0,)),
        ("y", (0, 1)),
    ]
    assert [one.change for one in revisions.held()] == ["ins", "del"]


def test_a_utc_date_goes_before_one_of_no_zone():
    du = "http://schemas.microsoft.com/office/word/2023/wordml/word16du"
    node = f'<w:ins w:author="A" w:date="l" xmlns:d="{du}" d:dateUtc="u">{r("x")}</w:ins>'
    assert read(node)[1].held()[0].date == "u"


def test_looks_by_run_and_by_style_and_changed_looks_are_counted():
    styled = r("s", '<w:rStyle w:val="S"/>') + r("n", '<w:rStyle w:val="S"/><w:b w:val="0"/>')
    changed = r("c", "<w:i/><w:rPrChange><w:rPr/></w:rPrChange>")
    (line,), revisions, _ = read(styled + changed)
    assert [(one.text, one.strong, one.em, one.style) for one in line.pieces] == [
        ("s", True, False, "strong one"),
        ("n", False, False, "strong one"),
        ("c", False, True, ""),
    ]
    assert revisions.formatting == 1


def test_a_reference_keeps_its_aim_and_its_instruction_is_no_text():
    (line,), *_ = read(field(" REF _cl_x \\r \\h ", r("4.2")) + field("DATE", r("today")))
    assert [(one.text, one.target) for one in line.pieces] == [("4.2", "_cl_x"), ("today", "")]


def test_a_field_may_run_over_paragraphs():
    begins = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    )
    shows = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("one")
    lines, *_ = read(begins, shows, r("two") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    assert [[one.text for one in line.pieces] for line in lines] == [[], ["one"], ["two"]]


def test_links_inside_and_outside():
    inside = f'<w:hyperlink w:anchor="_cl_y">{r("there")}</w:hyperlink>'
    outside = f'<w:hyperlink r:id="r9">{r("site")}</w:hyperlink>'
    simple = f'<w:fldSimple w:instr="REF _cl_z">{r("5")}</w:fldSimple>'
    (line,), *_ = read(inside + outside + simple)
    assert [(one.target, one.link) for one in line.pieces] == [
        ("_cl_y", ""),
        ("", "https://a.eu"),
        ("_cl_z", ""),
    ]


def test_signs_formulas_and_what_has_no_words():
    signs = "<w:r><w:tab/><w:noBreakHyphen/><w:softHyphen/><w:br/><w:br w:type='page'/></w:r>"
    symbol = '<w:r><w:sym w:char="2713"/><w:sym w:char="zz"/><w:drawing/></w:r>'
    (line,), _, ignored = read(signs + symbol + "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>")
    assert "".join(one.text for one in line.pieces) == "\t-\n\u2713x"
    assert ignored == ["a drawing"]


def test_bookmarks_and_the_spots_of_comments():
    start = '<w:bookmarkStart w:name="_cl_x"/><w:commentRangeStart w:id="3"/>'
    end = '<w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>'
    (line,), *_ = read(start + r("a") + come("b") + end)
    assert line.bookmarks == ["_cl_x"]
    assert line.spots == [Spot("3", "start", 0), Spot("3", "end", 2), Spot("3", "reference", 2)]
