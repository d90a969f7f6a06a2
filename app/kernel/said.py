"""Sentences that will be translated: an English sentence that keeps its message and parameters.

Below http nobody knows a reader's language. What is said there is English, and a door that shows
it (`app.http.languages.tell`) finds the sentence in the reader's language by its message.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo


class Said(str):
    """The sentence in English, filled; `message`, `plural` and `params` are what it was made of.

    Joined to other text or changed it is plain English, so give it whole as a parameter of
    another sentence instead.
    """

    __slots__ = ("message", "params", "plural")
    message: str
    plural: str
    params: Mapping[str, object]

    def __new__(cls, message: str, plural: str, params: Mapping[str, object]) -> Self:
        chosen = plural if plural and params["n"] != 1 else message
        made = super().__new__(cls, chosen.format(**_spelt(params)) if params else chosen)
        made.message, made.plural, made.params = message, plural, params
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, str, Mapping[str, object]]]:
        return type(self), (self.message, self.plural, self.params)


class Moment(str):
    """A moment within a sentence, in English and in a zone; a door writes it as its reader does."""

    __slots__ = ("local",)
    local: datetime

    def __new__(cls, at: datetime, zone: str) -> Self:
        local = at.astimezone(ZoneInfo(zone))
        made = super().__new__(cls, f"{local:%a} {local.day} {local:%b %Y, %H:%M}")
        made.local = local
        return made


class Day(Moment):
    """A day within a sentence."""

    __slots__ = ()

    def __new__(cls, at: datetime, zone: str) -> Self:
        local = at.astimezone(ZoneInfo(zone))
        made = str.__new__(cls, f"{local.day} {local:%B %Y}")
        made.local = local
        return made


class City(str):
    """The city that a time zone is called by, within a sentence."""

    __slots__ = ("zone",)
    zone: str

    def __new__(cls, zone: str) -> Self:
        made = super().__new__(cls, zone.rpartition("/")[2].replace("_", " "))
        made.zone = zone
        return made


def said(message: str, /, **params: object) -> Said:
    """A sentence for people; its {names} are filled with the parameters, if there are any.

    The message is found by this call for the catalogues, so it stands here as it is written.
    """
    return Said(message, "", params)


def counted(n: int, one: str, many: str, /, **params: object) -> Said:
    """A sentence that reads differently with the number `n`, which it may show as {n}."""
    return Said(one, many, {"n": n, **params})


def _spelt(params: Mapping[str, object]) -> dict[str, object]:
    return {
        name: ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
        for name, value in params.items()
    }


def strung(parts: Iterable[str], between: str = " ") -> Said:
    """Sentences one behind the other; empty ones are left out.

    Only for what stands beside each other in every language: never for the pieces of a sentence.
    """
    held = [part for part in parts if part]
    message = between.join(f"{{p{number}}}" for number in range(len(held)))
    return Said(message, "", {f"p{number}": part for number, part in enumerate(held)})


def quoted(words: str) -> Said:
    """Words as a sentence quotes them, between the marks of its language."""
    return said("“{words}”", words=words)


def listed(names: Iterable[str]) -> Said:
    """Names as a sentence lists them: "Lille, Porto and Tartu"; each once."""
    held = list(dict.fromkeys(names))
    if len(held) < 2:
        return strung(held)
    return said("{names} and {last}", names=held[:-1], last=held[-1])


_KEPT = {"message", "plural", "params"}


def kept(value: Any) -> Any:
    """A value as JSON keeps it: a sentence as its message and parameters, all else as it is."""
    if isinstance(value, Said):
        params = {name: kept(param) for name, param in value.params.items()}
        return {"message": value.message, "plural": value.plural, "params": params}
    if isinstance(value, list | tuple):
        return [kept(one) for one in value]
    return value


def taken(value: Any) -> Any:
    """What `kept` made, as it was; sentences that were kept as English words stay words."""
    if isinstance(value, dict) and value.keys() == _KEPT:
        params = {name: taken(param) for name, param in value["params"].items()}
        return Said(value["message"], value["plural"], params)
    return [taken(one) for one in value] if isinstance(value, list) else value
