"""Comments, reasons, guidance and our own pages of help: Markdown in, safe HTML out.

Raw HTML is shown as the characters it is, a link leads to https, http or mailto, and what is
left goes through a list of allowed tags. Clause text is not Markdown: that is prose_html.
"""

import re
import textwrap
import threading
from functools import lru_cache

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markupsafe import Markup

TAGS = frozenset(
    {
        *("p", "br", "hr", "blockquote", "pre", "code", "em", "strong", "a"),
        *("ul", "ol", "li", "h2", "h3", "h4"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
)
_SCHEMES = {"https", "http", "mailto"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_LINK = re.compile(r"(https?://|mailto:)[^/\s]|/(?![/\\])|#")
_LED_NOWHERE = re.compile(r'<a rel="[^"]*"(?: title="[^"]*")?>(.*?)</a>', re.DOTALL)
_HEADINGS = re.compile(r"<(/?)h([1-6])>")
_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d{1,9}[.)]) +\S")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_TAB = 4
_MOST_BRACKETS = 300
"""The library looks for the end of every link through the whole text: more of them, no links."""


@lru_cache(maxsize=8_192)
def to_html(text: str) -> Markup:
    """Show what a person wrote, as HTML that may stand on any page. Never raises.

    Headings begin at h3, since the page's own come before them.
    """
    held = _CONTROLS.sub("", text)
    if held.count("[") > _MOST_BRACKETS:
        return _as_typed(held)
    lines = textwrap.dedent(held).expandtabs(_TAB).splitlines()
    try:
        html = _READERS.own.reset().convert("\n".join(_canonical(lines)))
    except RecursionError:
        _READERS.begin_anew()
        return _as_typed(held)
    cleaned = nh3.clean(
        _HEADINGS.sub(_lower, html),
        tags=set(TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_only_good_links,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener noreferrer",
    )
    return Markup(_LED_NOWHERE.sub(r"\1", cleaned))  # noqa: S704 (cleaned just above)


@lru_cache(maxsize=8_192)
def to_plain(text: str, length: int = 160) -> str:
    """The first words of what a person wrote, without marks: for a folded note or a subject."""
    bare = nh3.clean(str(to_html(text)).replace("</p>", " ").replace("<br>", " "), tags=set())
    words = " ".join(str(Markup(bare).unescape()).split())  # noqa: S704 (it has no tags left)
    return textwrap.shorten(words, length, placeholder=" …") if words else ""


def first_words(text: str) -> str:
    """The first paragraph of what a person wrote, without marks; its first words if it has none."""
    first, ends, _ = to_html(text).partition("</p>")
    if not ends or not first.startswith("<p>"):
        return to_plain(text, 300)
    return " ".join(Markup(first).striptags().split())  # noqa: S704 (cleaned by to_html)


def _as_typed(text: str) -> Markup:
    """A text that no reader of Markdown can take, line by line as it stands."""
    return Markup("<p>{}</p>").format(Markup("<br>\n").join(text.strip().splitlines()))


class _OurDialect(Extension):
    """Without raw HTML, pictures and headings by underlining; underscores are letters."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        md.preprocessors.deregister("html_block")
        for name in ("html", "image_link", "image_reference", "short_image_ref", "automail"):
            md.inlinePatterns.deregister(name)
        for name in ("setextheader", "code"):
            md.parser.blockprocessors.deregister(name)
        if md.delimiters is not None:
            md.delimiters.remove("_")


class _Readers(threading.local):
    """One reader for each thread: a reader remembers the text it is in."""

    def __init__(self) -> None:
        self.begin_anew()

    def begin_anew(self) -> None:
        """Take a new reader; one that broke off in a text still believes to be in it."""
        self.own = Markdown(
            extensions=["sane_lists", "tables", "fenced_code", "nl2br", _OurDialect()]
        )


_READERS = _Readers()


def _only_good_links(_tag: str, name: str, value: str) -> str | None:
    return None if name == "href" and not _LINK.match(value) else value


def _lower(found: re.Match[str]) -> str:
    return f"<{found[1]}h{min(4, int(found[2]) + 2)}>"


def _canonical(lines: list[str]) -> list[str]:
    """Lists as people write them, written as the library reads them.

    A list may follow a line of text directly, and is nested by as much as stands under the words
    of the item above it; here it gets a blank line before it and four spaces a level.
    """
    out: list[str] = []
    levels: list[tuple[int, int]] = []  # of each open item: where its mark and its words stand
    fence = ""
    for line in lines:
        opening = _FENCE.match(line)
        if fence or opening:
            fence = _fence_after(fence, opening)
            out.append(line)
            continue
        item = _ITEM.match(line)
        if item is None:
            out.append(_continued(line, levels))
            continue
        goes_on = bool(levels) and bool(out) and bool(_ITEM.match(out[-1]))
        at = len(item["indent"])
        while levels and at < levels[-1][1]:
            levels.pop()
        if not goes_on and out and out[-1].strip():
            out.append("")
        out.append(" " * (_TAB * len(levels)) + line.strip())
        levels.append((at, at + len(item["mark"]) + 1))
    return out


def _fence_after(fence: str, line: re.Match[str] | None) -> str:
    if line is None:
        return fence
    if not fence:
        return line[1]
    return "" if line[1] == fence else fence


def _continued(line: str, levels: list[tuple[int, int]]) -> str:
    """A line that begins no item: it belongs to the item under whose words it stands."""
    if not line.strip():
        return ""
    indent = len(line) - len(line.lstrip())
    while levels and indent < levels[-1][1] and indent <= levels[-1][0]:
        levels.pop()
    return " " * (_TAB * len(levels)) + line.strip() if levels else line
