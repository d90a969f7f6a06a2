"""The command `concordat`: finds the module for a word, and loads only what that needs.

Commands that work on files load neither Flask nor a database; the others run inside the
application.
"""

import importlib
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.kernel.errors import AppError

ON_FILES: Mapping[str, str] = {
    "import": "files",
    "outline": "files",
    "diff": "files",
    "merge": "merging",
    "redline": "redline",
    "templates": "templates",
    "word compare": "word",
    "word lint": "word",
    "word read": "word_reading",
}
"""Word or two, and the module of app/cli that answers to it, where files are all it needs."""

IN_THE_APP: Mapping[str, str] = {
    "init": "database",
    "backup": "database",
    "run": "server",
    "worker": "server",
    "demo": "demo",
    "audit": "audit",
    "ballots": "ballots",
    "notices": "notices",
    "word export": "word_export",
    "mail receive": "mail",
}
"""The same for commands that need the database."""

_GROUPS = frozenset(name.split()[0] for name in (*ON_FILES, *IN_THE_APP) if " " in name)
"""First words that say nothing without a second."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 when it did what was asked, 1 when the answer is no, 2 on wrong use."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    name = words[0] if words else "--help"
    if name in {"-h", "--help", "help"}:
        print(_usage())
        return 0
    if name in _GROUPS:
        name = " ".join(words[:2])
    rest = words[len(name.split()) :]
    try:
        if name in ON_FILES:
            return _command(ON_FILES[name], name)(rest)
        if name in IN_THE_APP:
            factory = importlib.import_module("app.factory")
            # Its people have no passwords, so the demonstration is served with its open door.
            settings = factory.Settings(demonstration=True) if name == "demo" else None
            with factory.create_app(settings).app_context():
                return _command(IN_THE_APP[name], name)(rest)
    except (AppError, OSError) as error:
        print(f"concordat {name}: {error}", file=sys.stderr)
        return 1
    except ValueError as error:
        if type(error).__name__ != "ValidationError":
            raise
        print(f"concordat: {_wrong_settings(error)}", file=sys.stderr)
        return 2
    print(f"concordat: there is no command {name!r}; see concordat --help", file=sys.stderr)
    return 2


def _command(module: str, name: str) -> Callable[[list[str]], int]:
    commands: Mapping[str, Callable[[list[str]], int]] = importlib.import_module(
        f"app.cli.{module}"
    ).COMMANDS
    return commands[name]


def _wrong_settings(error: Any) -> str:
    """What is wrong with which setting, without its value: it may be a secret."""
    found = error.errors(include_input=False, include_url=False)
    told = [
        f"{'_'.join(('CONCORDAT', *map(str, one['loc']))).upper()}: {one['msg']}" for one in found
    ]
    return "a setting can't be used. " + "; ".join(told)


def _usage() -> str:
    lines = ["usage: concordat COMMAND [ARGUMENTS]; concordat COMMAND --help tells more", ""]
    for title, table in (("on files", ON_FILES), ("on the database", IN_THE_APP)):
        lines.append(f"  {title}: {', '.join(table)}")
    return "\n".join(lines)
