"""Help: the short pages of docs/help, shown as they are written."""

import re
from functools import cache
from pathlib import Path

from flask import Blueprint
from markupsafe import Markup

from app.formats.markdown import to_html
from app.kernel.errors import NotFound
from app.web.rendering import page

door = Blueprint("guide", __name__, url_prefix="/help")

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "help"


@door.get("/<slug:slug>")
def show(slug: str) -> str:
    """Show one page of help. Raises NotFound."""
    title, body = _read(slug)
    return page("guide/show.html", slug=slug, title=title, body=body)


@cache
def _read(slug: str) -> tuple[str, Markup]:
    file = FOLDER / f"{slug}.md"
    if not file.is_file():
        raise NotFound("There is no such page of help.")
    first, _, rest = file.read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("# "), _as_page(to_html(rest))


def _as_page(body: Markup) -> Markup:
    """Headings begin at the second level here, and a line's end in the file is none on the page."""
    lines = re.sub(r"<br ?/?>\n", "\n", str(body))
    return Markup(re.sub(r"(</?h)4", r"\g<1>2", lines))  # noqa: S704  cleaned before
