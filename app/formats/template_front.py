"""The front matter of a template: TOML between two lines of +++, read strictly."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.clauses import Numbering
from app.formats.template_document import Option, Role, TemplateError, Variable, VariableType

FENCE = "+++"
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_AT_LINE = re.compile(r" ?\(at line (\d+), column \d+\)")
_TEXTS = ("slug", "version", "title", "scenario", "language", "numbering", "summary")
_LISTS = ("changelog", "roles", "variables", "options")
_SWITCH = {"off": "No", "on": "Yes"}


@dataclass(frozen=True)
class Front:
    """The front matter as values, and the number of the line after it."""

    texts: Mapping[str, str]
    changelog: tuple[str, ...]
    roles: tuple[Role, ...]
    variables: tuple[Variable, ...]
    options: tuple[Option, ...]
    body_line: int


class _Reader:
    """Reads one front matter; knows file and lines, so that a refusal can name them."""

    def __init__(self, lines: list[str], file: str) -> None:
        self.lines = lines
        self.file = file

    def refusal(self, near: str, reason: str, **params: object) -> TemplateError:
        """A refusal on the first line of the front matter that holds `near`."""
        found = (i for i, line in enumerate(self.lines, 2) if near and near in line)
        return TemplateError(self.file, next(found, 1), reason, **params)

    def data(self) -> dict[str, Any]:
        """The TOML as it is."""
        try:
            return tomllib.loads("\n".join(self.lines))
        except tomllib.TOMLDecodeError as error:
            where = _AT_LINE.search(str(error))
            line = int(where.group(1)) + 1 if where else 1
            why = _AT_LINE.sub("", str(error))
            raise TemplateError(
                self.file, line, "The front matter is not TOML: {why}.", why=why
            ) from error

    def entries(self, data: dict[str, Any], name: str, allowed: frozenset[str]) -> list[Any]:
        """The tables of one list, each with `name` and `label` and nothing unknown."""
        held = data.get(name, [])
        if not isinstance(held, list) or not all(isinstance(entry, dict) for entry in held):
            raise self.refusal(name, "{name} is a list of tables.", name=name)
        for entry in held:
            own = entry.get("name")
            if not isinstance(own, str) or not _NAME.fullmatch(own):
                raise self.refusal(name, "Each of {name} needs a name in small letters.", name=name)
            near = f'"{own}"'
            for key in entry:
                if key not in allowed:
                    raise self.refusal(near, "{own}: {key} is not known.", own=own, key=key)
            if not isinstance(entry.get("label"), str) or not entry["label"].strip():
                raise self.refusal(near, "{own} needs a label that people can read.", own=own)
        return held

    def roles(self, data: dict[str, Any]) -> tuple[Role, ...]:
        """Who takes part."""
        found = []
        for entry in self.entries(data, "roles", frozenset({"name", "label", "min", "max"})):
            low, high = entry.get("min", 1), entry.get("max")
            good = isinstance(low, int) and (high is None or isinstance(high, int))
            if not good or low < 0 or (high is not None and high < max(low, 1)):
                raise self.refusal(
                    f'"{entry["name"]}"',
                    "{name}: min and max are whole numbers, max not below min.",
                    name=entry["name"],
                )
            found.append(Role(entry["name"], entry["label"], low, high))
        return tuple(found)

    def variables(self, data: dict[str, Any]) -> tuple[Variable, ...]:
        """The blanks of the text."""
        allowed = frozenset({"name", "label", "type", "help", "default", "required", "choices"})
        return tuple(self.variable(entry) for entry in self.entries(data, "variables", allowed))

    def variable(self, entry: dict[str, Any]) -> Variable:
        """One blank; its default is kept as the words it would put into the text."""
        near, name = f'"{entry["name"]}"', entry["name"]
        try:
            kind = VariableType(entry.get("type", "text"))
        except ValueError:
            raise self.refusal(
                near,
                "{name}: the type is one of {types}.",
                name=name,
                types=", ".join(VariableType),
            ) from None
        choices = tuple(str(choice) for choice in entry.get("choices", ()))
        if (kind is VariableType.CHOICE) != bool(choices):
            raise self.refusal(
                near, "{name}: a variable has choices if its type is choice.", name=name
            )
        default = str(entry.get("default", ""))
        if kind is VariableType.NUMBER and default and not default.isdigit():
            raise self.refusal(near, "{name}: the default is a whole number.", name=name)
        if choices and default and default not in choices:
            raise self.refusal(near, "{name}: the default is one of the choices.", name=name)
        required = entry.get("required", False) is True
        help_text = str(entry.get("help", ""))
        return Variable(name, entry["label"], kind, help_text, default, required, choices)

    def options(self, data: dict[str, Any]) -> tuple[Option, ...]:
        """The questions that decide which clauses stand."""
        allowed = frozenset({"name", "label", "help", "choices", "default"})
        return tuple(self.option(entry) for entry in self.entries(data, "options", allowed))

    def option(self, entry: dict[str, Any]) -> Option:
        """One question; without choices it is a switch, off unless its default is "on"."""
        near, name = f'"{entry["name"]}"', entry["name"]
        choices = entry.get("choices", _SWITCH)
        if not isinstance(choices, dict) or len(choices) < 2:
            raise self.refusal(near, "{name}: choices is a table of two or more.", name=name)
        default = entry.get("default", "off" if choices is _SWITCH else None)
        if default not in choices:
            raise self.refusal(
                near,
                "{name}: the default is one of {choices}.",
                name=name,
                choices=", ".join(choices),
            )
        words = {str(choice): str(label) for choice, label in choices.items()}
        return Option(name, entry["label"], words, str(default), str(entry.get("help", "")))

    def texts(self, data: dict[str, Any]) -> dict[str, str]:
        """The single values, each given and each of the right form."""
        for name in data:
            if name not in {*_TEXTS, *_LISTS}:
                raise self.refusal(name, "{name} is not known here.", name=name)
        for name in _TEXTS:
            if not isinstance(data.get(name), str) or not data[name].strip():
                raise self.refusal(name, "The front matter needs {name}, in words.", name=name)
        if not _VERSION.fullmatch(data["version"]):
            raise self.refusal("version", "A version is three numbers, such as 1.0.0.")
        if not _SLUG.fullmatch(data["slug"]):
            raise self.refusal("slug", "A slug is small letters and hyphens.")
        if data["numbering"] not in {str(style) for style in Numbering}:
            raise self.refusal("numbering", "numbering is one of {all}.", all=", ".join(Numbering))
        return {name: data[name] for name in _TEXTS}

    def no_doubles(self, front: Front) -> None:
        """Refuse a name that two roles, variables or options share."""
        seen: set[str] = set()
        named: tuple[Role | Variable | Option, ...] = (
            *front.roles,
            *front.variables,
            *front.options,
        )
        for name in (entry.name for entry in named):
            if name in seen:
                raise self.refusal(f'"{name}"', "{name} is named twice.", name=name)
            seen.add(name)


def read_front(text: str, file: str) -> Front:
    """Read the front matter of a template. Raises TemplateError with the line that does not fit."""
    lines = text.split("\n")
    if lines[0].strip() != FENCE:
        raise TemplateError(file, 1, "A template begins with a line of +++.")
    end = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == FENCE), None)
    if end is None:
        raise TemplateError(file, 1, "The front matter has no second line of +++.")
    reader = _Reader(lines[1:end], file)
    data = reader.data()
    texts = reader.texts(data)
    changelog = data.get("changelog", [])
    if not changelog or not all(isinstance(line, str) for line in changelog):
        raise reader.refusal("changelog", "changelog is a list with a sentence for each change.")
    front = Front(
        texts=texts,
        changelog=tuple(changelog),
        roles=reader.roles(data),
        variables=reader.variables(data),
        options=reader.options(data),
        body_line=end + 2,
    )
    reader.no_doubles(front)
    return front
