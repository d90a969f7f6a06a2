"""The pieces of our addresses: what doesn't fit is no page of ours."""

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter


class SlugConverter(BaseConverter):
    """A name in an address: small letters, figures, hyphens; at most 80 characters."""

    regex = r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?"


class ClauseKeyConverter(BaseConverter):
    """The key of a clause."""

    regex = r"[a-z](?=[a-z0-9-]{0,27}(?:[^a-z0-9-]|$))[a-z0-9]*(?:-[a-z0-9]+)*"


class NumberConverter(IntegerConverter):
    """A number as it is shown: from 1, and small enough for any database."""

    regex = r"[1-9]\d{0,9}"

    def __init__(self, url_map: object) -> None:
        super().__init__(url_map, min=1, max=2**31 - 1)  # type: ignore[arg-type]


def init_app(app: Flask) -> None:
    """Let addresses use slug, key and number."""
    app.url_map.converters.update(
        slug=SlugConverter, key=ClauseKeyConverter, number=NumberConverter
    )
