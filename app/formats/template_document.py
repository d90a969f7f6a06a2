"""What a template is once it has been read: questions, text and what stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.clauses import ClauseTree
from app.kernel.errors import Invalid

ROLE_FIELDS = ("name", "seat", "number", "representative")
"""What a role with a single party gives the text: `{{client.name}}`, `{{client.seat}}` …"""


class TemplateError(Invalid):
    """A template that does not fit: in which file, on which line, and why."""

    def __init__(self, file: str, line: int, reason: str, /, **params: object) -> None:
        self.file = file
        self.line = line
        self.reason = reason.format(**params) if params else reason
        super().__init__("{file}:{line}: {reason}", file=file, line=line, reason=self.reason)


class VariableType(StrEnum):
    """What an answer to a question of the interview looks like."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    MONEY = "money"
    CHOICE = "choice"
    PARTY = "party"


@dataclass(frozen=True)
class Role:
    """In which capacity organisations take part, and how many may (`maximum` None: any number)."""

    name: str
    label: str
    minimum: int = 1
    maximum: int | None = None


@dataclass(frozen=True)
class Variable:
    """A blank of the text: its name there, the words shown while it is empty, and its default."""

    name: str
    label: str
    type: VariableType = VariableType.TEXT
    help: str = ""
    default: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    """A question whose answer decides which clauses stand in the agreement.

    `choices` maps the name of each choice to its label. A switch has the choices `off` and `on`.
    """

    name: str
    label: str
    choices: Mapping[str, str]
    default: str
    help: str = ""


@dataclass(frozen=True, order=True)
class Condition:
    """The clause stands in the agreement only where this choice was made."""

    option: str
    choice: str


Conditions = frozenset[Condition]
"""All must hold: a clause's own condition and those of the clauses it stands under."""


@dataclass(frozen=True)
class TemplateDocument:
    """One version of a template, with every alternative in its tree; the mappings go by clause id.

    `keys` gives the key a clause has in an agreement (its `as`, else its id); `conditions` holds
    only clauses that depend on a choice; `lines` says where in the file a clause stands.
    """

    slug: str
    version: str
    title: str
    scenario: str
    language: str
    numbering: str
    summary: str
    changelog: tuple[str, ...]
    roles: tuple[Role, ...]
    variables: tuple[Variable, ...]
    options: tuple[Option, ...]
    tree: ClauseTree
    guidance: Mapping[str, str] = field(default_factory=dict)
    conditions: Mapping[str, Conditions] = field(default_factory=dict)
    mandatory: frozenset[str] = frozenset()
    rules: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    file: str = ""

    def option(self, name: str) -> Option | None:
        """The option of that name, if there is one."""
        return next((option for option in self.options if option.name == name), None)

    def defaults(self) -> dict[str, str]:
        """The choice that is made for each option unless somebody chooses otherwise."""
        return {option.name: option.default for option in self.options}

    def blank_names(self) -> frozenset[str]:
        """Every name that may stand in `{{…}}`: variables, and fields of roles with one party."""
        single = (role.name for role in self.roles if role.maximum == 1)
        fields = (f"{role}.{field}" for role in single for field in ROLE_FIELDS)
        return frozenset({*(variable.name for variable in self.variables), *fields})


def holds(conditions: Conditions, choices: Mapping[str, str]) -> bool:
    """Whether a clause with these conditions stands in an agreement made with these choices."""
    return all(choices.get(condition.option) == condition.choice for condition in conditions)
