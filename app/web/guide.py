"""Help: the short pages of docs/help in the reader's language, shown as they are written.

English stands in docs/help itself, every other language in a folder below it.
"""

import re
from functools import cache
from pathlib import Path

from flask import Blueprint
from markupsafe import Markup

from app.formats.markdown import to_html
from app.formats.redline_html import in_language
from app.http.languages import ENGLISH, current
from app.kernel.errors import NotFound
from app.web.rendering import page

door = Blueprint("guide", __name__, url_prefix="/help")

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "help"


@door.get("/<slug:slug>")
def show(slug: str) -> str:
    """Show one page of help. Raises NotFound."""
    spoken = current()
    language = spoken if (FOLDER / spoken / f"{slug}.md").is_file() else ENGLISH
    title, body = _read(language, slug)
    return page("guide/show.html", slug=slug, title=title, body=in_language(body, language, spoken))


@cache
def _read(language: str, slug: str) -> tuple[str, Markup]:
    file = (FOLDER if language == ENGLISH else FOLDER / language) / f"{slug}.md"
    if not file.is_file():
        raise NotFound("There is no such page of help.")
    first, _, rest = file.read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("# "), _as_page(to_html(rest))


def _as_page(body: Markup) -> Markup:
    """Headings begin at the second level here, and a line's end in the file is none on the page."""
    lines = re.sub(r"<br ?/?>\n", "\n", str(body))
    return Markup(re.sub(r"(</?h)4", r"\g<1>2", lines))  # noqa: S704  cleaned before
