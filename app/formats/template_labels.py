"""The numbers of a template's clauses, for pages that show every alternative at once."""

from collections.abc import Mapping

from app.domain.numbering import Label, labels
from app.formats.template_document import Conditions, TemplateDocument
from app.formats.template_instance import instantiate


def template_labels(document: TemplateDocument) -> Mapping[str, Label]:
    """The label of every clause by its id, and by the key references name it with.

    What stands by default has the number it has then, any other clause the one it has once it is
    chosen: two alternatives of one clause show the same number.
    """
    found: dict[str, Label] = {}
    for conditions in _wanted(document):
        chosen = {condition.option: condition.choice for condition in conditions}
        instance = instantiate(document, choices={**document.defaults(), **chosen})
        for key, label in labels(instance.tree).items():
            found.setdefault(instance.template_ids[key], label)
            found.setdefault(key, label)
    return found


def _wanted(document: TemplateDocument) -> tuple[Conditions, ...]:
    """No condition at all, then each set of conditions of the template once."""
    return (frozenset(), *sorted(set(document.conditions.values()), key=sorted))
