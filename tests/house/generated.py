"""The parts of docs/ that are written from the code: `python3 dev.py docs` writes them anew."""

from collections.abc import Callable, Mapping

from pydantic_core import PydanticUndefined

from app.access.permissions import Permission
from app.access.policy import RULES
from app.settings import Settings
from tests.house.source import ROOT


def settings() -> str:
    """The table of settings."""
    lines = [
        "# Settings",
        "",
        "All settings come from the environment, or from a file `.env` beside the program. This",
        "page is written from `app/settings.py` by `python3 dev.py docs`.",
        "",
        "| Setting | Without it | What it does |",
        "| --- | --- | --- |",
    ]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is PydanticUndefined else field.default
        without = f"`{default}`" if default not in {"", None, ()} else ""
        lines.append(f"| `CONCORDAT_{name.upper()}` | {without} | {field.description} |")
    return "\n".join(lines) + "\n"


def permissions() -> str:
    """The table of rights."""
    lines = [
        "# Who may do what, and when",
        "",
        "Each row is a permission, asked by the gate, by queries and by pages. A person refused",
        "reads the second column (403), one who comes at the wrong moment the third (409).",
        "This page is written from `app/access/policy.py` by `python3 dev.py docs`.",
        "",
        "| Permission | The wrong person reads | At the wrong moment one reads |",
        "| --- | --- | --- |",
    ]
    for permission in Permission:
        rule = RULES[permission]
        told = (" ".join(question.reason for question in part) for part in (rule.who, rule.when))
        lines.append(f"| `{permission}` | {' | '.join(told)} |")
    return "\n".join(lines) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "docs/permissions.md": permissions,
    "docs/settings.md": settings,
}
"""Path, and what writes it."""


def main() -> None:
    """Write every page."""
    for path, write in PAGES.items():
        (ROOT / path).write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
