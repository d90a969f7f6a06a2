"""From a template to the text of an agreement: what the interview asks and the answers make."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain import placeholders, prose
from app.domain.clauses import Clause, ClauseTree
from app.domain.generated import Party
from app.domain.placeholders import Blank
from app.formats.template_document import (
    ROLE_FIELDS,
    Condition,
    Conditions,
    Option,
    Role,
    TemplateDocument,
    Variable,
    VariableType,
    holds,
)
from app.kernel.errors import Invalid

_MONEY = re.compile(r"\d{1,3}([ ,.\u00a0]?\d{3})*")
_ROLE_WORDS = {
    "name": "name",
    "seat": "seat",
    "number": "register number",
    "representative": "representative",
}
_THOUSANDS = re.compile(r"[ ,.\u00a0]")


@dataclass(frozen=True)
class Question:
    """One question of the interview: an option (`choices` are its answers) or a variable.

    `when` lists the conditions under which its answer matters, one of which must hold; empty:
    always.
    """

    name: str
    label: str
    type: str
    help: str = ""
    default: str = ""
    required: bool = False
    choices: Mapping[str, str] | None = None
    when: tuple[Conditions, ...] = ()


@dataclass(frozen=True)
class Instance:
    """The text of a new agreement, and beside it by clause key what the template says.

    `template_ids` gives the clause of the template each clause came from; `blanks` are the names
    still to be filled, in reading order.
    """

    tree: ClauseTree
    guidance: Mapping[str, str]
    mandatory: frozenset[str]
    rules: Mapping[str, str]
    template_ids: Mapping[str, str]
    blanks: tuple[str, ...]


def questions(document: TemplateDocument) -> tuple[Question, ...]:
    """What the interview asks: the options in their order, then the variables."""
    places = _places(document)
    options = tuple(
        Question(
            name=option.name,
            label=option.label,
            type="option",
            help=option.help,
            default=option.default,
            required=True,
            choices=option.choices,
        )
        for option in document.options
    )
    return options + tuple(
        _question(variable, places.get(variable.name, frozenset()))
        for variable in document.variables
    )


def _question(variable: Variable, places: frozenset[Conditions]) -> Question:
    always = not places or frozenset() in places
    return Question(
        name=variable.name,
        label=variable.label,
        type=str(variable.type),
        help=variable.help,
        default=variable.default,
        required=variable.required,
        choices={choice: choice for choice in variable.choices} or None,
        when=() if always else tuple(sorted(places, key=sorted)),
    )


def asked(question: Question, choices: Mapping[str, str]) -> bool:
    """Whether the answer matters under these choices."""
    return not question.when or any(holds(conditions, choices) for conditions in question.when)


def _places(document: TemplateDocument) -> dict[str, frozenset[Conditions]]:
    """Under which conditions each blank stands in the text."""
    found: dict[str, set[Conditions]] = {}
    for node in document.tree.walk():
        for name in prose.blanks_in(f"{node.heading} {node.text}"):
            found.setdefault(name, set()).add(document.conditions.get(node.key, frozenset()))
    return {name: frozenset(conditions) for name, conditions in found.items()}


def instantiate(
    document: TemplateDocument,
    *,
    title: str = "",
    answers: Mapping[str, str] | None = None,
    choices: Mapping[str, str] | None = None,
    parties: Mapping[str, Sequence[Party]] | None = None,
) -> Instance:
    """Make the text of an agreement: choose options, drop alternatives, fill what is answered.

    `parties` go by the name of their role. What has no answer stays as a visible blank; an option
    that nobody chose has its default. Raises Invalid (field: the question) where an answer, a
    choice or a party does not fit the template.
    """
    chosen = _chosen(document, choices or {})
    values = {**_answers(document, answers or {}), **_party_values(document.roles, parties or {})}
    kept = {
        id_: key
        for id_, key in document.keys.items()
        if holds(document.conditions.get(id_, frozenset()), chosen)
    }
    tree = replace(
        document.tree,
        title=prose.canonical(title) or document.title,
        clauses=_kept(document.tree.clauses, kept),
    )
    tree = placeholders.fill(tree, values)
    return Instance(
        tree=tree,
        guidance={kept[id_]: note for id_, note in document.guidance.items() if id_ in kept},
        mandatory=frozenset(kept[id_] for id_ in document.mandatory if id_ in kept),
        rules={kept[id_]: rule for id_, rule in document.rules.items() if id_ in kept},
        template_ids={key: id_ for id_, key in kept.items()},
        blanks=placeholders.listed(tree),
    )


def choices_in(document: TemplateDocument, ids: Collection[str]) -> dict[str, str]:
    """The choices behind an agreement that has clauses of these ids: those that fit them best."""
    found: dict[str, str] = {}
    for option in document.options:

        def fit(choice: str, option: Option = option) -> tuple[int, bool]:
            condition = Condition(option.name, choice)
            bound = [id_ for id_, held in document.conditions.items() if condition in held]
            kept = sum(1 if id_ in ids else -1 for id_ in bound)
            return kept, choice == option.default

        found[option.name] = max(option.choices, key=fit)
    return found


def _kept(clauses: Iterable[Clause], kept: Mapping[str, str]) -> tuple[Clause, ...]:
    """The clauses that stand, under the keys they have in an agreement."""
    return tuple(
        replace(clause, key=kept[clause.key], children=_kept(clause.children, kept))
        for clause in clauses
        if clause.key in kept
    )


def _chosen(document: TemplateDocument, choices: Mapping[str, str]) -> dict[str, str]:
    for name, choice in choices.items():
        option = document.option(name)
        if option is None:
            raise Invalid("There is no option {name}.", field=name, name=name)
        if choice not in option.choices:
            raise Invalid(
                "{label}: {choice} is no choice.", field=name, label=option.label, choice=choice
            )
    return {**document.defaults(), **choices}


def _answers(document: TemplateDocument, answers: Mapping[str, str]) -> dict[str, str]:
    known = {variable.name: variable for variable in document.variables}
    values = {}
    for name, answer in answers.items():
        if name not in known:
            raise Invalid("There is no variable {name}.", field=name, name=name)
        words = prose.plain(prose.canonical(prose.escape(answer)))
        if words:
            values[name] = _value(known[name], words)
    return values


def answer_words(document: TemplateDocument, name: str, answer: str) -> str:
    """The words that an answer puts into the text, "" for none ("2027-05-03": "3 May 2027").

    Raises Invalid (field: the question) where it isn't an answer to this question.
    """
    return _answers(document, {name: answer}).get(name, "")


def _value(variable: Variable, words: str) -> str:
    """An answer as the words that go into the text."""
    label = variable.label
    if variable.type is VariableType.NUMBER:
        if not words.isdecimal():
            raise Invalid("{label}: give a whole number.", field=variable.name, label=label)
        return str(int(words))
    if variable.type is VariableType.MONEY:
        if not _MONEY.fullmatch(words):
            raise Invalid("{label}: give a sum in figures.", field=variable.name, label=label)
        return f"{int(_THOUSANDS.sub('', words)):,}"
    if variable.type is VariableType.DATE:
        return _date(variable, words)
    if variable.type is VariableType.CHOICE and words not in variable.choices:
        raise Invalid(
            "{label}: choose one of {choices}.",
            field=variable.name,
            label=label,
            choices=", ".join(variable.choices),
        )
    return words


def _date(variable: Variable, words: str) -> str:
    try:
        day = date.fromisoformat(words)
    except ValueError:
        raise Invalid(
            "{label}: give a date as year-month-day.", field=variable.name, label=variable.label
        ) from None
    return f"{day.day} {day:%B %Y}"


def _party_values(roles: Sequence[Role], parties: Mapping[str, Sequence[Party]]) -> dict[str, str]:
    """What the parties give to the blanks of roles with one party. Refuses a party too many."""
    known = {role.name: role for role in roles}
    values: dict[str, str] = {}
    for name, held in parties.items():
        role = known.get(name)
        if role is None:
            raise Invalid("There is no role {role}.", field="parties", role=name)
        if role.maximum is not None and len(held) > role.maximum:
            raise Invalid(
                "{label}: {most} at most.", field="parties", label=role.label, most=role.maximum
            )
        if role.maximum == 1 and held:
            one = held[0]
            given = (one.name, one.seat, one.register_number, one.representative)
            fields = zip(ROLE_FIELDS, given, strict=True)
            values.update({f"{name}.{field}": words for field, words in fields})
    return values


def blanks(document: TemplateDocument) -> tuple[Blank, ...]:
    """Every blank the text may have, with the words that stand for it while it is empty."""
    named = (
        Blank(variable.name, variable.label, str(variable.type), variable.required)
        for variable in document.variables
    )
    roles = (
        Blank(f"{role.name}.{field}", f"{role.label}: {_ROLE_WORDS[field]}")
        for role in document.roles
        if role.maximum == 1
        for field in ROLE_FIELDS
    )
    return (*named, *roles)
