"""A language in which every message stands in brackets, so that what has none is seen.

What a page shows outside brackets is either somebody's: a name, a word of an agreement, or it is
text that no catalogue knows.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import unescape
from http import HTTPStatus
from pathlib import Path
from typing import Any

from babel.dates import get_month_names
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import get_babel
from lxml import html
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.said import Said
from app.models.base import Base, db
from tests.house import catalogues
from tests.house.source import ROOT

PSEUDO = "eo"
ASKED = {"Accept-Language": PSEUDO}
SHOWN = ("aria-label", "title", "placeholder", "alt", "data-label")
_NOT_WORDS = "//script|//style|//time|//kbd|//code|//textarea"
_LISTS = "|//select[@id='language']|//select[.//option[contains(@value, 'Europe/')]]"
_NOT_PAGES = ("/static/", "/help/", "/logout")
_RECORD = frozenset({"audit_entry", "audit_head", "notice"})
_BREAKS = re.compile(
    r"\b(?:Article|Annex|Chapter|Part|Section)\b(?: [A-Z]\b)?(?: \d[\w.()]*)?"
    r"|[·,;:“”«»…–—()|/]|[.?!] |\[missing clause\]"
    r"|(?:\b[0-9a-f]{4}\b ?){4,}|\b\w*\d[\w.]*|\b[A-Z]{3}\b"
)
"""What stands between words of somebody: places of a text, signs, fingerprints, numbers, codes."""

_MONTHS = {
    name.capitalize()
    for width in ("wide", "abbreviated")
    for name in get_month_names(width, locale=PSEUDO).values()
}
_NAMES = frozenset({"Alt", "Concordat", "PDF", "UTC", "Word", *_MONTHS})


@contextmanager
def spoken(app: Flask, folder: Path) -> Iterator[None]:
    """Let the application know English and the brackets only."""
    catalog = Catalog(locale=PSEUDO)
    for message in catalogues.messages():
        if message.pluralizable:
            catalog.add(message.id, tuple(f"⟦{form}⟧" for form in message.id))
        elif message.id:
            catalog.add(message.id, f"⟦{message.id}⟧")
    file = folder / PSEUDO / "LC_MESSAGES" / "messages.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as opened:
        write_mo(opened, catalog)
    with app.app_context():
        folders = get_babel().translation_directories
    kept, folders[:] = folders[:], [str(folder)]
    try:
        yield
    finally:
        folders[:] = kept


def outside(text: str) -> str:
    """What stands in no brackets; where some stood, a line ends."""
    found, depth = [], 0
    for sign in text:
        depth += (sign == "⟦") - (sign == "⟧")
        if sign == "⟦":
            found.append("\n")
        elif not depth and sign != "⟧":
            found.append(sign)
    return "".join(found)


def plain(text: str) -> str:
    """The words of a text in small letters, without marks between them."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def somebodys(session: Session) -> str:
    """Everything that people wrote, and all templates; not the record, which is the house's."""
    found = {
        words
        for table in Base.metadata.sorted_tables
        if table.name not in _RECORD
        for row in session.execute(select(table))
        for value in row
        for words in _strings(value)
    }
    library = ROOT / "agreement_templates"
    found |= {file.read_text("utf-8") for file in library.rglob("*.*") if file.is_file()}
    return "\n".join(sorted(f" {plain(words)} " for words in found))


def walked(client: FlaskClient, most: int = 2) -> Mapping[str, set[str]]:
    """What is left out on the pages that links lead to from home, by address.

    No kind of page is asked more than `most` times.
    """
    urls = client.application.url_map.bind("localhost")
    known = somebodys(db.session())
    waiting, asked, seen = ["/"], Counter[str](), {"/"}
    found: dict[str, set[str]] = {}
    while waiting:
        address = waiting.pop(0)
        kind = urls.match(address.partition("?")[0])[0]
        asked[kind] += 1
        if asked[kind] > most:
            continue
        answer = client.get(address, headers=ASKED)
        if answer.status_code != HTTPStatus.OK or not answer.content_type.startswith("text/html"):
            continue
        if left := left_out(answer.text, known):
            found[address] = left
        links = re.findall(r'href="(/[^"#]*)', answer.text)
        fresh = [link for link in map(unescape, links) if not link.startswith(_NOT_PAGES)]
        waiting += [link for link in dict.fromkeys(fresh) if link not in seen]
        seen.update(fresh)
    return found


def _strings(value: Any) -> Iterator[str]:
    """The texts in a value of the database; of a sentence only what it was filled with."""
    if isinstance(value, Said):
        yield from _strings(dict(value.params))
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def left_out(page: str, known: str) -> set[str]:
    """The lines of a page that no catalogue knows and nobody wrote."""
    document = html.document_fromstring(page)
    attributes = [element.get(name) or "" for element in document.iter() for name in SHOWN]
    attributes += document.xpath("//title/text()")
    for element in document.xpath(_NOT_WORDS + _LISTS):
        element.drop_tree()
    body = outside("\n".join(document.xpath("//body//text()")))
    lines = [*body.split("\n"), *(line for one in attributes for line in outside(one).split("\n"))]
    return {line.strip() for line in lines if not _is_known(line, known)}


def _is_known(line: str, known: str) -> bool:
    """Whether somebody wrote every part of it, or two words of theirs stand beside each other."""
    return _is_there(plain(line).split(), known) or all(
        not _words(part) or _is_there(plain(part).split(), known) for part in _BREAKS.split(line)
    )


def _is_there(words: Sequence[str], known: str) -> bool:
    halves = ((words[:at], words[at:]) for at in range(len(words)))
    return any(all(f" {' '.join(half)} " in known for half in pair if half) for pair in halves)


def _words(part: str) -> Iterable[str]:
    return [word for word in re.findall(r"[^\W\d_]{3,}", part) if word not in _NAMES]
