"""The sheet of a text: its contents, its clauses and its notes as HTML, made once for many readers.

A sheet depends on the agreement's stamp, on the view, on what the reader may write, on whom the
reader is there for and on their language, and on nothing else of them: notes stand folded, without
forms. What is personal is said by `opened`, which is made for each reader anew.
"""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import g
from markupsafe import Markup

from app.http import languages
from app.kernel import clock
from app.kernel.keeping import Shelf
from app.kernel.said import said
from app.queries.heads import Head
from app.queries.narrowing import Narrowed
from app.queries.reading_room import Reading
from app.web import blocks, clauses, legends
from app.web.blocks import Block
from app.web.clauses import Margin
from app.web.notes import Note
from app.web.rendering import part

_MOST_SIGNS = 6 * 1024 * 1024
_FIRST_SIGNS = 160
_ALL = Narrowed()
_KEPT: Shelf["Sheet"] = Shelf(_MOST_SIGNS)
"""Sheets of all agreements, up to 6 million signs a process, of blocks that web/blocks keeps."""


@dataclass(frozen=True)
class Places:
    """Where one writes about a clause; "" where nobody may now."""

    comment_address: str
    amend_address: str
    stance_address: str = ""
    stances_address: str = ""
    outline_first: str = ""


@dataclass(frozen=True)
class Sheet:
    """A text ready to be put into its page."""

    outline: Markup
    blocks: tuple[Block, ...]
    whole: Markup
    legend: Markup
    language: str
    question: str
    has_guidance: bool
    is_draft: bool

    @property
    def size(self) -> int:
        """How many signs it has."""
        held = (self.outline, self.whole, self.legend, *(block.html for block in self.blocks))
        return sum(map(len, held))


def sheet_of(
    head: Head,
    places: Places,
    view: str,
    *,
    guided: bool,
    reading: Callable[[], Reading],
    narrowed: Narrowed = _ALL,
) -> Sheet:
    """The sheet of a text; `reading` is asked for it only where it isn't kept.

    `narrowed` is what the view of all amendments is narrowed to.
    """
    year = clock.utcnow().year  # a day of another year is shown with it
    key = (
        *(head.slug, head.stamp, head.audience, places, view, guided, narrowed, year),
        languages.current(),
    )
    kept = _KEPT.get(key)
    if kept is None:
        read = reading()
        kept = _made(head, read, places, narrowed, guided=guided or read.is_draft)
        # A draft is edited without a word to the record.
        if head.stamp and not read.is_draft:
            _KEPT.put(key, kept, kept.size)
    return kept


def _made(
    head: Head, reading: Reading, places: Places, narrowed: Narrowed, *, guided: bool
) -> Sheet:
    margin = folded(clauses.margin_of(reading, head.slug))
    nodes = clauses.nodes_of(reading, margin, guided=guided)
    g.zone = head.timezone
    told = (languages.current(), head.timezone, clock.utcnow().year)
    whole = {"notes": margin.notes.get("", ()), "name": said("the agreement as a whole")}
    return Sheet(
        outline=part(
            "clauses/_outline.html", "contents", clauses.outline_of(reading, nodes), places
        ),
        blocks=tuple(blocks.blocks_of(nodes, places, *told)),
        whole=part("clauses/_notes.html", "notes", whole),
        legend=part(
            "clauses/_legend.html", "legend", legends.legend_of(reading, head.slug, narrowed)
        ),
        language=reading.base.language,
        question=reading.round.question if reading.round else "",
        has_guidance=bool(reading.guidance),
        is_draft=reading.is_draft,
    )


def folded(margin: Margin) -> Margin:
    """The notes without what is personal or long: that comes when one is opened."""
    return Margin(
        {key: tuple(map(_folded, held)) for key, held in margin.notes.items()}, margin.quotes
    )


def _folded(note: Note) -> Note:
    gist = note.gist
    if len(gist) > _FIRST_SIGNS:
        gist = textwrap.shorten(gist, _FIRST_SIGNS, placeholder=" …")
    elif note.folded:
        return note
    return replace(note, folded=True, gist=gist)


def with_note(html: Markup, name: str, opened: Markup) -> Markup:
    """The HTML with one note opened; unchanged where it has no such note."""
    at = html.find(f'id="n-{name}"')
    if at < 0:
        return html
    start, end = html.rindex("<article", 0, at), html.index("</article>", at) + len("</article>")
    return Markup(f"{html[:start]}{opened}{html[end:]}")  # noqa: S704 (both are set already)
