"""Small Word files for tests, written by hand so that each shows one thing."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

STYLES = """
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>
<w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="N1"><w:name w:val="Clause"/><w:pPr><w:numPr>
<w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:pStyle w:val="N1"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>
<w:lvlText w:val="-"/><w:pPr><w:ind w:left="900"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
"""
FOOTNOTES = """
<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:t>no</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>The note.</w:t></w:r></w:p></w:footnote>
"""


def p(*content, style="", numbered=None, mark=""):
    """A paragraph of runs and other XML; plain words become a run."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        level, number = numbered
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    if mark:
        properties += f"<w:rPr><w:{mark} w:id='1' w:author='A'/></w:rPr>"
    inner = "".join(part if part.startswith("<") else r(part) for part in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(words, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def gone(words):
    return f'<w:del w:id="1" w:author="A"><w:r><w:delText>{words}</w:delText></w:r></w:del>'


def come(words):
    return f'<w:ins w:id="2" w:author="A">{r(words)}</w:ins>'


def table(*rows):
    held = "".join(
        "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl>{held}</w:tbl>"


def docx(*body, links=(), parts=None, main=MAIN):
    """The bytes of a Word file with this body."""
    part = f'<w:%s xmlns:w="{W}" xmlns:r="{R}">%s</w:%s>'
    kinds = ["styles", "numbering", "footnotes"]
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in kinds
    ) + "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/hyperlink" Target="{target}" '
        'TargetMode="External"/>'
        for name, target in links
    )
    held = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f"{relations}</Relationships>",
        "word/document.xml": part % ("document", f"<w:body>{''.join(body)}</w:body>", "document"),
        "word/styles.xml": part % ("styles", STYLES, "styles"),
        "word/numbering.xml": part % ("numbering", NUMBERING, "numbering"),
        "word/footnotes.xml": part % ("footnotes", FOOTNOTES, "footnotes"),
        **(parts or {}),
    }
    return zipped(held.items())


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()
