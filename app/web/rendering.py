"""What every template may use: can(), when(), label(), asset() and who is there."""

from collections.abc import MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, get_template_attribute, render_template, request
from flask.templating import Environment
from markupsafe import Markup

from app.access import policy
from app.access.permissions import Permission
from app.domain.words import named
from app.http import assets, auth, languages
from app.kernel import clock
from app.queries import notices
from app.web import moments

_PARTS = (
    *("organisations", "masthead", "head", "reading", "redline", "notes", "amend", "page", "home"),
    *("discussion", "desk", "consolidation", "ballot", "signing", "library", "drafting", "forms"),
    *("brief", "search", "deviations", "keeping", "waiting", "returned", "report", "news"),
    *("stances", "narrow", "inside"),
)
SHEETS = [
    "src/css/tokens.css",
    "src/css/base.css",
    *(f"src/css/parts/{part}.css" for part in _PARTS),
    "src/css/print.css",
]
"""The style sheets of every page, in the order in which they apply."""


class Templates(Environment):
    """Templates that share one table of words, so that importing a macro compares no copies."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The words of a template: those of all, unless it has some of its own."""
        return super().make_globals(d) if d else self.globals


def init_app(app: Flask) -> None:
    """Give the templates their words."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset=assets.address,
        can=can,
        day=moments.day,
        day_and_month=moments.day_and_month,
        hour=moments.hour,
        is_over=moments.is_over,
        is_soon=moments.is_soon,
        label=named,
        left=moments.left,
        files=_files,
        modules=_modules,
        number=languages.number,
        sheets=SHEETS.copy,
        spoken=languages.current,
        unread=unread,
        when=moments.when,
        zone=moments.zone,
    )
    app.context_processor(_who_is_there)


def page(template: str, **context: Any) -> str:
    """Render a page; `context` is all it knows beyond the globals.

    A page with the head of an agreement shows all its times in that agreement's zone.
    """
    if (head := context.get("head")) is not None:
        g.zone = head.timezone
    return render_template(template, **context)


def part(template: str, macro: str, *values: Any) -> Markup:
    """Set one macro's HTML, for what is made once and put into many pages."""
    return Markup(get_template_attribute(template, macro)(*values))  # noqa: S704 (our template)


def can(permission: str, subject: Any) -> bool:
    """Whether the person looking may do this now: what a button asks before it is shown."""
    return policy.can(auth.current_actor(), Permission(permission), subject, clock.utcnow())


def unread() -> int:
    """How many notices the person looking has not read."""
    if "unread" not in g:
        g.unread = notices.unread_of(auth.current_actor())
    return int(g.unread)


def _files() -> Markup:
    return _files_at(assets.state(), request.script_root, languages.current())


@cache
def _files_at(_state: str, _root: str, _language: str) -> Markup:
    return part("_ui/files.html", "files")


def _modules() -> tuple[str, ...]:
    return assets.modules(Path(current_app.static_folder or ""))


def _who_is_there() -> dict[str, Any]:
    return {
        "me": auth.current_person(),
        "signed_in": auth.is_signed_in(),
        "held_pass": auth.held_pass,
        "pass_holder": auth.holder,
        "demonstration": current_app.config["DEMONSTRATION"],
    }
