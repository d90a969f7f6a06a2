"""What people write in comments, reasons and guidance: a little Markdown, as HTML that is safe.

Raw HTML is shown as the words it is; links lead to https, http or mail, anything else stays text.
"""

from html import unescape

import markdown
import nh3
from markupsafe import Markup

TAGS = frozenset(
    {
        *("p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
        *("h4", "h5", "table", "thead", "tbody", "tr", "th", "td"),
    }
)
"""All that a remark may be made of."""

SCHEMES = frozenset({"https", "http", "mailto"})
_LONGEST = 40_000
_HEADINGS = ("h1", "h2", "h3", "h6")


def to_html(text: str) -> Markup:
    """Show what somebody wrote; a single line break stays one, a remark has no large headings."""
    html = _reader().convert(text[:_LONGEST].replace("\x00", ""))
    for name in _HEADINGS:
        html = html.replace(f"<{name}>", "<h4>").replace(f"</{name}>", "</h4>")
    clean = nh3.clean(
        html,
        tags=set(TAGS),
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes=set(SCHEMES),
        link_rel="nofollow noopener noreferrer",
        strip_comments=True,
    )
    return Markup(clean)  # noqa: S704 (cleaned by nh3)


def to_words(text: str) -> str:
    """The same without any mark, in one line: for lists and folded notes."""
    plain = nh3.clean(str(to_html(text)), tags=set())
    return " ".join(unescape(plain).split())


def _reader() -> markdown.Markdown:
    """A new reader for each text: one keeps what it has read, and is not safe across threads."""
    reader = markdown.Markdown(extensions=["sane_lists", "tables", "nl2br"], output_format="html")
    reader.preprocessors.deregister("html_block")
    reader.inlinePatterns.deregister("html")
    reader.inlinePatterns.deregister("entity")
    reader.inlinePatterns.deregister("image_link")
    reader.inlinePatterns.deregister("image_reference")
    reader.inlinePatterns.deregister("short_image_ref")
    return reader
