"""Word's fields: cross-references, contents, page numbers; each with its result filled in."""

from app.formats.docx.ooxml import clause_bookmark, run


def field(code: str, result: str, *, deleted: bool = False) -> str:
    """A complex field around runs that show its result."""
    name = "w:delInstrText" if deleted else "w:instrText"
    instruction = f'<{name} xml:space="preserve"> {code} </{name}>'
    return f"{begin(instruction)}{result}{END}"


def begin(instruction: str) -> str:
    """Open a field: its instruction, then what separates it from its result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r>{instruction}</w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def reference(key: str, label: str, look: str = "", *, deleted: bool = False) -> str:
    """A cross-reference to a clause, showing its number in full context."""
    code = f"REF {clause_bookmark(key)} \\w \\h"
    return field(code, run(label, look, deleted=deleted), deleted=deleted)


def page_of_pages() -> str:
    """Page 3 of 12."""
    return run("Page ") + field("PAGE", run("1")) + run(" of ") + field("NUMPAGES", run("1"))


CONTENTS = '<w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\n \\z </w:instrText>'
"""Levels 1 and 2, linked, without page numbers: nothing in it can become stale."""
