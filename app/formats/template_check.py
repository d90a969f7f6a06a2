"""What must hold inside one template: options, blanks, references and keys under every choice."""

from collections.abc import Iterator, Mapping
from itertools import product

from app.domain import prose
from app.domain.clauses import Kind
from app.formats.template_document import (
    Conditions,
    TemplateDocument,
    TemplateError,
    holds,
)

_Found = Iterator[tuple[str, str, dict[str, object]]]
"""Clause id, reason, parameters of the reason."""


def check_document(document: TemplateDocument) -> None:
    """Raise TemplateError for the first line of a template that does not fit."""
    for finders in ((_options,), (_blanks, _shared_keys, _references)):
        found = [
            (document.lines[id_], reason, params)
            for finder in finders
            for id_, reason, params in finder(document)
        ]
        if found:
            line, reason, params = min(found, key=lambda entry: entry[0])
            raise TemplateError(document.file, line, reason, **params)


def unused(document: TemplateDocument) -> tuple[str, str] | None:
    """The first question whose answer changes nothing: its name and the reason it is refused."""
    blanks = {name for _, words in _words(document) for name in prose.blanks_in(words)}
    for variable in document.variables:
        if variable.name not in blanks:
            return variable.name, "The variable {name} is nowhere in the text."
    asked = {c.option for conditions in document.conditions.values() for c in conditions}
    for option in document.options:
        if option.name not in asked:
            return option.name, "No clause depends on the option {name}."
    return None


def _options(document: TemplateDocument) -> _Found:
    """Conditions that name no choice, or that can't hold with those of the clauses above."""
    for id_, conditions in document.conditions.items():
        chosen: dict[str, str] = {}
        for condition in sorted(conditions):
            option = document.option(condition.option)
            if option is None:
                yield id_, "There is no option {name}.", {"name": condition.option}
            elif condition.choice not in option.choices:
                yield (
                    id_,
                    "The option {name} has no choice {choice}.",
                    {"name": condition.option, "choice": condition.choice},
                )
            if chosen.setdefault(condition.option, condition.choice) != condition.choice:
                yield (
                    id_,
                    "This can never stand: above it another choice of {name} is asked for.",
                    {"name": condition.option},
                )


def _words(document: TemplateDocument) -> Iterator[tuple[str, str]]:
    """Id and prose of every node that has inline text."""
    for node in document.tree.walk():
        if node.kind not in (Kind.VERBATIM, Kind.GENERATED):
            yield node.key, f"{node.heading} {node.text}"


def _blanks(document: TemplateDocument) -> _Found:
    known = document.blank_names()
    for id_, words in _words(document):
        for name in prose.blanks_in(words):
            if name not in known:
                yield id_, "There is no variable {name}.", {"name": name}


def _providers(document: TemplateDocument) -> dict[str, list[tuple[str, Conditions]]]:
    """Which clauses give which key, and when."""
    found: dict[str, list[tuple[str, Conditions]]] = {}
    for id_, key in document.keys.items():
        found.setdefault(key, []).append((id_, document.conditions.get(id_, frozenset())))
    return found


def _shared_keys(document: TemplateDocument) -> _Found:
    """Two clauses of one key that could stand in one agreement."""
    for key, givers in _providers(document).items():
        for at, (id_, conditions) in enumerate(givers):
            for other, others in givers[:at]:
                if _together(conditions, others):
                    yield (
                        id_,
                        "{id} and {other} would both be {key} in one agreement.",
                        {"id": id_, "other": other, "key": key},
                    )


def _together(one: Conditions, other: Conditions) -> bool:
    """Whether some choices let both stand."""
    wanted = {condition.option: condition.choice for condition in one}
    return all(wanted.get(c.option, c.choice) == c.choice for c in other)


def _references(document: TemplateDocument) -> _Found:
    providers = _providers(document)
    for id_, words in _words(document):
        for target in prose.references_in(words):
            if target not in providers:
                yield id_, "[[{target}]] leads nowhere.", {"target": target}
                continue
            when = document.conditions.get(id_, frozenset())
            missing = _missing(document, when, [c for _, c in providers[target]])
            if missing is not None:
                yield (
                    id_,
                    "[[{target}]] leads nowhere where {when}.",
                    {"target": target, "when": _in_words(missing)},
                )


def _missing(
    document: TemplateDocument, source: Conditions, targets: list[Conditions]
) -> Mapping[str, str] | None:
    """Choices under which the source stands and none of the targets does, if there are any."""
    names = sorted({c.option for conditions in (source, *targets) for c in conditions})
    options = [option for name in names if (option := document.option(name))]
    for picked in product(*(option.choices for option in options)):
        choices = dict(zip((option.name for option in options), picked, strict=True))
        if holds(source, choices) and not any(holds(target, choices) for target in targets):
            return choices
    return None


def _in_words(choices: Mapping[str, str]) -> str:
    return " and ".join(f"{name} is {choice}" for name, choice in choices.items()) or "always"
