"""The text of one template file → TemplateDocument."""

from app.formats.template_blocks import read_blocks
from app.formats.template_check import check_document, unused
from app.formats.template_document import TemplateDocument, TemplateError
from app.formats.template_front import Front, read_front
from app.formats.template_tree import Beside, build


def read(text: str, name: str = "") -> TemplateDocument:
    """Read a template; `name` is the file's name in refusals.

    Raises TemplateError for the first line that does not fit: an unknown attribute or marker, an
    id used twice, an unknown option or variable, a reference that leads nowhere under some choice.
    """
    text = text.replace("\r\n", "\n")
    front = read_front(text, name)
    beside = build(
        read_blocks(text.split("\n")[front.body_line - 1 :], front.body_line, name),
        name,
        front.body_line,
        language=front.texts["language"],
        numbering=front.texts["numbering"],
    )
    if beside.tree.title != front.texts["title"]:
        raise TemplateError(
            name, front.body_line, "The title differs from the one in the front matter."
        )
    document = _document(front, beside, name)
    check_document(document)
    if (found := unused(document)) is not None:
        line = text[: text.index(f'"{found[0]}"')].count("\n") + 1
        raise TemplateError(name, line, found[1], name=found[0])
    return document


def _document(front: Front, beside: Beside, name: str) -> TemplateDocument:
    texts = front.texts
    return TemplateDocument(
        slug=texts["slug"],
        version=texts["version"],
        title=texts["title"],
        scenario=texts["scenario"],
        language=texts["language"],
        numbering=texts["numbering"],
        summary=texts["summary"],
        changelog=front.changelog,
        roles=front.roles,
        variables=front.variables,
        options=front.options,
        tree=beside.tree,
        guidance=beside.guidance,
        conditions=beside.conditions,
        mandatory=beside.mandatory,
        rules=beside.rules,
        keys=beside.keys,
        lines=beside.lines,
        file=name,
    )
