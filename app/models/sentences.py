"""Columns of sentences that the house says itself, told in the language of each reader.

A sentence is stored as its message and its parameters (see app/kernel/said.py), words of people
as they are. A sentence that was stored as English words stays English.
"""

import json

from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from app.kernel.said import Said, kept, taken
from app.models.base import Json

_MARK = "\x02"
"""Stands before a stored sentence, and never before words that somebody typed."""


class Sentence(TypeDecorator[str]):
    """Words of a person, or one sentence."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Store a sentence behind its mark."""
        if isinstance(value, Said):
            return _MARK + json.dumps(kept(value), ensure_ascii=False)
        return value and value.lstrip(_MARK)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> str | None:
        """Hand back the sentence, or the words."""
        if value and value[0] == _MARK:
            told: str = taken(json.loads(value[1:]))
            return told
        return value


class Sentences(TypeDecorator[list[str]]):
    """Several sentences, as JSON."""

    impl = Json
    cache_ok = True

    def process_bind_param(self, value: list[str] | None, _dialect: Dialect) -> list[str] | None:
        """Store them with their parameters."""
        stored: list[str] | None = kept(value)
        return stored

    def process_result_value(self, value: list[str] | None, _dialect: Dialect) -> list[str] | None:
        """Hand back sentences."""
        told: list[str] | None = taken(value)
        return told
