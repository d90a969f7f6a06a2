"""How an agreement looks in Word: page, typefaces, paragraph and character styles, settings.

Serif is the agreement's voice; what Concordat adds around it (status, version, header, footer) is
sans, small and grey. Text stands in one column right of the margin in which the labels hang.
"""

from dataclasses import dataclass

from app.formats.docx.ooxml import NAMESPACES, quoted

SERIF = "Times New Roman"
SANS = "Arial"
INK = "1A1A1A"
QUIET = "5F5B55"
RULE = "B8B0A4"

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
MARGIN, MARGIN_TOP, MARGIN_FOOT = 1474, 1588, 1474
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN

HEADING_LEVELS = 6
TYPED_LABEL = '<w:rStyle w:val="TypedLabel"/>'
_BODY_SIZE = 23
_CONTENTS_COLUMN = 1134


@dataclass(frozen=True)
class _Style:
    """One row of the style sheet: id, name in Word's list, and the insides of its properties."""

    id: str
    name: str
    layout: str = ""
    look: str = ""
    based: str = "Normal"
    kind: str = "paragraph"
    follows: str = ""
    quick: bool = False

    def xml(self) -> str:
        """The element of styles.xml."""
        base = f'<w:basedOn w:val="{self.based}"/>' if self.based else ""
        after = f'<w:next w:val="{self.follows}"/>' if self.follows else ""
        ours = "" if self.name.islower() or self.kind == "table" else ' w:customStyle="1"'
        return (
            f'<w:style w:type="{self.kind}"{ours} w:styleId="{self.id}">'
            f'<w:name w:val="{self.name}"/>{base}{after}<w:uiPriority w:val="1"/>'
            f"{'<w:qFormat/>' if self.quick else ''}"
            f"{f'<w:pPr>{self.layout}</w:pPr>' if self.layout else ''}"
            f"{f'<w:rPr>{self.look}</w:rPr>' if self.look else ''}</w:style>"
        )


def _space(before: int, after: int, line: int = 0) -> str:
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def _face(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _colour(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


_BOLD = "<w:b/><w:bCs/>"
_PLAIN = '<w:b w:val="0"/><w:bCs w:val="0"/>'
_ITALIC = "<w:i/><w:iCs/>"
_KEEP = "<w:keepNext/><w:keepLines/>"
_SMALL_SANS = _face(SANS) + _colour(QUIET) + _size(16)


def _hairline(side: str, gap: int) -> str:
    return f'<w:pBdr><w:{side} w:val="single" w:sz="4" w:space="{gap}" w:color="{RULE}"/></w:pBdr>'


_PART = (_KEEP + _hairline("bottom", 5) + _space(440, 200), _PLAIN + _size(30))
_ARTICLE = (_KEEP + _space(340, 120), _BOLD + _size(24))
_SECTION = (_KEEP + _space(220, 100), _BOLD + _size(_BODY_SIZE))
_SUB = (_KEEP + _space(180, 80), _PLAIN + _ITALIC + _size(_BODY_SIZE))


def _heading_styles(parted: bool) -> list[_Style]:
    """Heading 1 … 6. Where there are divisions, Heading 1 is theirs and articles are Heading 2."""
    looks = [_PART, _ARTICLE, _SECTION, _SUB] if parted else [_ARTICLE, _SECTION, _SUB]
    looks += [_SUB] * (HEADING_LEVELS - len(looks))
    return [
        _Style(
            f"Heading{level}",
            f"heading {level}",
            f'{layout}<w:outlineLvl w:val="{level - 1}"/>',
            look,
            follows="Normal",
            quick=True,
        )
        for level, (layout, look) in enumerate(looks, 1)
    ]


_COVER = [
    _Style("Title", "title", _space(3600, 280, 252), _size(60), quick=True),
    _Style("CoverFacts", "Cover facts", _space(0, 60), _face(SANS) + _colour(QUIET) + _size(20)),
    _Style("CoverBetween", "Cover between", _space(560, 140), _ITALIC + _size(23)),
    _Style("CoverParty", "Cover party", _space(0, 50), _size(24)),
    _Style("CoverFoot", "Cover foot", _space(0, 0), _SMALL_SANS),
    _Style(
        "ContentsTitle",
        "Contents title",
        "<w:keepNext/><w:pageBreakBefore/>" + _hairline("bottom", 5) + _space(0, 240),
        _size(28),
    ),
]


def _contents_styles(column: int, parted: bool) -> list[_Style]:
    """The two levels of the table of contents; labels hang as they do in the text."""
    hang = f'<w:tabs><w:tab w:val="left" w:pos="{column}"/></w:tabs>'
    place = f'<w:ind w:left="{column}" w:right="567" w:hanging="{column}"/>'
    return [
        _Style("TOC1", "toc 1", hang + _space(160, 40) + place, _BOLD if parted else ""),
        _Style("TOC2", "toc 2", hang + _space(0, 40) + place, ""),
    ]


_TEXT = [
    _Style("PartTitle", "Part title", _KEEP + _space(440, 200), _size(30), follows="Normal"),
    _Style("ClauseText", "Clause text", "", "", quick=True),
    _Style("SubclauseText", "Subclause text", _space(0, 80), "", quick=True),
    _Style("Recital", "Recital", "", "", quick=True),
    _Style("PlainText", "Unnumbered text", "", "", quick=True),
    _Style("Definition", "Definition", _space(0, 100), "", quick=True),
    _Style("BulletText", "Bullet text", _space(0, 80), "", quick=True),
    _Style("TableCaption", "Table caption", "<w:keepNext/>" + _space(160, 100), _BOLD + _size(20)),
    _Style("TableText", "Table text", _space(50, 50, 252), _size(20)),
    _Style("TableHead", "Table head", "<w:keepNext/>" + _space(50, 50, 252), _BOLD + _size(20)),
    _Style("TableEnd", "Table end", _space(0, 60, 200), _size(12)),
    _Style(
        "Verbatim",
        "Verbatim",
        _space(0, 120, 250),
        _face("Courier New") + _size(18),
    ),
    _Style("NotYet", "Not yet filled", _space(0, 120), _ITALIC + _colour(QUIET)),
]
_SIGNING = [
    _Style(
        "SignatureParty",
        "Signature party",
        "<w:keepNext/><w:keepLines/>" + _space(100, 20),
        _BOLD + _size(22),
    ),
    _Style(
        "SignatureFact", "Signature fact", "<w:keepNext/><w:keepLines/>" + _space(0, 20), _size(19)
    ),
    _Style(
        "SignatureLine",
        "Signature line",
        "<w:keepNext/><w:keepLines/>" + _hairline("top", 3) + _space(640, 40),
        _SMALL_SANS,
    ),
    _Style("SignatureEnd", "Signature end", _space(0, 200, 240), _size(12)),
]
_AROUND = [
    _Style(
        "Header",
        "header",
        f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>' + _space(0, 0),
        _SMALL_SANS,
    ),
    _Style(
        "Footer",
        "footer",
        _hairline("top", 6)
        + f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
        + _space(0, 0),
        _SMALL_SANS,
    ),
    _Style("CommentText", "annotation text", _space(0, 0, 240), _face(SANS) + _size(18)),
    _Style(
        "CommentReference",
        "annotation reference",
        look=_size(16),
        based="DefaultParagraphFont",
        kind="character",
    ),
    _Style("TypedLabel", "Typed label", based="DefaultParagraphFont", kind="character"),
    _Style("ReferenceLead", "Reference lead", based="DefaultParagraphFont", kind="character"),
    _Style("Term", "Defined term", look=_BOLD, based="DefaultParagraphFont", kind="character"),
    _Style(
        "RunInHeading", "Run-in heading", look=_BOLD, based="DefaultParagraphFont", kind="character"
    ),
    _Style(
        "Blank",
        "Blank",
        look='<w:shd w:val="clear" w:color="auto" w:fill="FFF2A8"/>',
        based="DefaultParagraphFont",
        kind="character",
    ),
    _Style(
        "Hyperlink",
        "hyperlink",
        look='<w:u w:val="single"/>',
        based="DefaultParagraphFont",
        kind="character",
    ),
]


def styles_part(*, language: str, parted: bool, column: int) -> str:
    """The whole of styles.xml. `column`: where text begins right of hanging labels, in twips."""
    tongue = quoted(_tongue(language))
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_face(SERIF)}{_colour(INK)}{_size(_BODY_SIZE)}"
        f'<w:lang w:val="{tongue}" w:eastAsia="{tongue}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_space(0, 120, 288)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    fixed = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        "<w:semiHidden/></w:style>" + _TABLES
    )
    rows = [
        *_COVER,
        *_contents_styles(max(column, _CONTENTS_COLUMN), parted),
        *_heading_styles(parted),
        *_TEXT,
        *_SIGNING,
        *_AROUND,
    ]
    return (
        f"<w:styles {NAMESPACES}>{defaults}{fixed}{''.join(row.xml() for row in rows)}</w:styles>"
    )


def _cell_margins() -> str:
    return (
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
    )


def _line(side: str, weight: int, colour: str = RULE) -> str:
    return f'<w:{side} w:val="single" w:sz="{weight}" w:space="0" w:color="{colour}"/>'


_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="AgreementTable">'
    '<w:name w:val="Agreement table"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    f"{_line('top', 8, INK)}{_line('bottom', 8, INK)}{_line('insideH', 4)}</w:tblBorders>"
    f"{_cell_margins()}</w:tblPr></w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="SignatureTable">'
    '<w:name w:val="Signature table"/><w:basedOn w:val="TableNormal"/>'
    f"<w:tblPr><w:tblBorders>{_line('top', 8, INK)}</w:tblBorders>{_cell_margins()}</w:tblPr>"
    "</w:style>"
)


def settings_part(*, language: str, protection: str) -> str:
    """Settings.xml. `protection`: "trackedChanges" (a copy to work on) or "readOnly" (to sign)."""
    tracking = "<w:trackRevisions/>" if protection == "trackedChanges" else ""
    tongue = quoted(_tongue(language))
    modern = "http://schemas.microsoft.com/office/word"
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/>{tracking}'
        f'<w:documentProtection w:edit="{protection}" w:enforcement="1"/>'
        '<w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{modern}" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{tongue}"/></w:settings>'
    )


def fonts_part() -> str:
    """Which faces to take where ours are not installed."""
    return (
        f"<w:fonts {NAMESPACES}>"
        f'<w:font w:name="{SERIF}"><w:altName w:val="Liberation Serif"/>'
        '<w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
        f'<w:font w:name="{SANS}"><w:altName w:val="Helvetica"/>'
        '<w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _tongue(language: str) -> str:
    """Word asks for a region; English agreements of a European network are in British English."""
    return "en-GB" if language == "en" else language
