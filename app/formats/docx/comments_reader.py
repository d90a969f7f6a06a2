"""The comments of a Word file: who said what when, what answers what, and what is settled."""

from collections.abc import Mapping

from app.domain.returned import Remark
from app.formats.docx.guard import Element
from app.formats.docx.source_package import SourcePackage, W

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_CID = "{http://schemas.microsoft.com/office/word/2016/wordml/cid}"
_CEX = "{http://schemas.microsoft.com/office/word/2018/wordml/cex}"
_ON = frozenset({"1", "true", "on"})


def read(package: SourcePackage) -> tuple[Remark, ...]:
    """All comments in the order of the file. An answer to an answer answers the first."""
    root = package.related("comments")
    if root is None:
        return ()
    nodes = [node for node in root if node.tag == f"{W}comment"]
    names = {node.get(f"{W}id", ""): _last_paragraph(node) for node in nodes}
    by_name = {name: number for number, name in names.items() if name}
    states = _rows(package.related("commentsExtended"), f"{_W15}paraId")
    moments = _moments(package)
    parents = {
        number: by_name.get(states[name].get(f"{_W15}paraIdParent", ""), "")
        for number, name in names.items()
        if name in states
    }
    found = []
    for node in nodes:
        number = node.get(f"{W}id", "")
        root_number = _root(number, parents)
        state = states.get(names.get(root_number, ""), {})
        found.append(
            Remark(
                number=number,
                author=node.get(f"{W}author", ""),
                date=moments.get(names[number], "") or node.get(f"{W}date", ""),
                text=_words(node),
                parent="" if root_number == number else root_number,
                resolved=state.get(f"{_W15}done", "0") in _ON,
            )
        )
    return tuple(found)


def _root(number: str, parents: Mapping[str, str]) -> str:
    """The comment that a chain of answers began with; threads have one level."""
    seen = {number}
    while (above := parents.get(number, "")) and above not in seen:
        seen.add(above)
        number = above
    return number


def _last_paragraph(node: Element) -> str:
    """The id of the last paragraph of a comment: what the other parts know it by."""
    found = ""
    for paragraph in node.iter(f"{W}p"):
        found = paragraph.get(f"{_W14}paraId", found)
    return found


def _words(node: Element) -> str:
    """What a comment says, as its author accepts it, a line a paragraph."""
    lines = []
    for paragraph in node.iter(f"{W}p"):
        signs = paragraph.iter(f"{W}t", f"{W}br", f"{W}tab")
        held = (sign.text or "" if sign.tag == f"{W}t" else " " for sign in signs)
        lines.append("".join(held).strip())
    return "\n".join(line for line in lines if line)


def _rows(root: Element | None, name: str) -> dict[str, Mapping[str, str]]:
    """The rows of a part by one of their attributes."""
    found: dict[str, Mapping[str, str]] = {}
    for node in root if root is not None else ():
        if isinstance(node.tag, str) and node.get(name):
            found[node.get(name, "")] = {str(key): str(held) for key, held in node.attrib.items()}
    return found


def _moments(package: SourcePackage) -> dict[str, str]:
    """Moments in UTC by the paragraph id of a comment, where a newer Word wrote them down."""
    ids = _rows(package.related("commentsIds"), f"{_CID}paraId")
    stamps = _rows(package.related("commentsExtensible"), f"{_CEX}durableId")
    return {
        name: stamp
        for name, row in ids.items()
        if (stamp := stamps.get(row.get(f"{_CID}durableId", ""), {}).get(f"{_CEX}dateUtc", ""))
    }
