"""Made-up pages: what the templates need, without an application or a database."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import wtforms
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from wtforms import validators
from wtforms.fields.choices import SelectChoice

from app.web import rendering
from app.web.forms.base import Form

ROOT = Path(__file__).parents[2]
MOMENT = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)


class Parts(Form):
    """One field of each kind."""

    name = wtforms.StringField("Name of the party", [validators.InputRequired()])
    months = wtforms.StringField("Months after the end")
    vote = wtforms.RadioField(
        "How does Lille vote?",
        choices=[SelectChoice(name, name.capitalize()) for name in ("yes", "no", "abstain")],
        validators=[validators.InputRequired("Choose yes, no or abstain.")],
    )
    agree = wtforms.BooleanField("I have read the text")


def templates(static: str = "/static/") -> Environment:
    """The templates with stand-ins for what the application gives them."""
    made = Environment(
        loader=FileSystemLoader(ROOT / "app/web/templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        asset=lambda name: static + name,
        can=lambda *_: True,
        csrf_token=lambda: "token",
        day=lambda moment, year=False: Markup("<time>Fri 4 Dec{}</time>").format(
            " 2026" if year else ""
        ),
        get_flashed_messages=lambda **_: [("good", "Cast: Lille votes yes.")],
        left=lambda _: "8 days left",
        me={"name": "Claire Dumont", "organisations": []},
        sheets=rendering.SHEETS.copy,
        signed_in=True,
        unread=lambda: 4,
        url_for=lambda name, **_: "/" + name,
        when=lambda *_, **__: Markup("<time>Fri 4 Dec, 18:00</time>"),
        zone=lambda: "Brussels time",
    )
    return made


def parts_context() -> dict[str, Any]:
    """What dev/parts.html asks for."""
    form = Parts()
    form.validate()
    form.name.errors = ["Write the name as it stands in the register."]
    form.months.errors = ["Give a number of months. A ban without an end can’t be enforced."]
    return {"moment": MOMENT, "form": form, "ballot": Parts(prefix="b-")}


def org(name: str, colour: int) -> dict[str, Any]:
    return {"name": name, "code": name[:3].upper(), "colour": colour}


def node(key: str, kind: str, label: str = "", **more: Any) -> dict[str, Any]:
    marks = {"heading_html": "", "text_html": "", "children": [], "notes": [], "change": ""}
    html = {
        name: Markup(value) if name.endswith("_html") and isinstance(value, str) else value
        for name, value in more.items()
    }
    return {"key": key, "kind": kind, "label": label, "name": label, **marks, **html}
