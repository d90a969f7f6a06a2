"""Files in which somebody accepted or rejected tracked changes, one hand at a time."""

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMING, GOING = {f"{W}ins", f"{W}moveTo"}, {f"{W}del", f"{W}moveFrom"}
BODY = "word/document.xml"


def settled(data, *, accepted=(), rejected=(), which=lambda _: True):
    """The file with the changes of these dates taken or left, for good: `which` of them."""
    return changed_body(data, lambda body: _body(body, accepted, rejected, which))


def changed_body(data, change):
    """The file with something done to the bytes of its text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as was, zipfile.ZipFile(out, "w") as is_now:
        for name in was.namelist():
            content = was.read(name)
            is_now.writestr(name, change(content) if name == BODY else content)
    return out.getvalue()


def _body(content, accepted, rejected, which):
    root = etree.fromstring(content)
    for node in [one for one in root.iter() if one.tag in COMING | GOING]:
        date = node.get(f"{W}date")
        if (date in accepted or date in rejected) and which(node):
            _settle(node, stays=(node.tag in COMING) is (date in accepted))
    for node in list(root.iter(f"{W}delText")):
        if not any(above.tag in GOING for above in node.iterancestors()):
            node.tag = f"{W}t"
    return etree.tostring(root)


def _settle(node, *, stays):
    above = node.getparent()
    if above.tag == f"{W}rPr" and above.getparent().tag == f"{W}pPr":
        above.remove(node)
        paragraph = above.getparent().getparent()
        if not stays:
            _run_on(paragraph)
    elif above.tag == f"{W}trPr":
        row = above.getparent()
        above.remove(node)
        if not stays:
            row.getparent().remove(row)
    else:
        if stays:
            for child in list(node):
                node.addprevious(child)
        above.remove(node)


def _run_on(paragraph):
    """Without its mark a paragraph runs on into the next one; empty, it is gone."""
    following = paragraph.getnext()
    first = next((at for at, one in enumerate(following) if one.tag == f"{W}pPr"), -1) + 1
    held = [child for child in paragraph if child.tag != f"{W}pPr"]
    for at, child in enumerate(held):
        following.insert(first + at, child)
    paragraph.getparent().remove(paragraph)
