"""The files in static/ under addresses that name their state, so that a browser keeps them all.

The state stands in the path, not behind a question mark: what a script or a style sheet names
beside itself (another script, a font) is then kept as well, without a word to each of them.
"""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

_A_YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Serve the files under these addresses too."""
    app.add_url_rule("/static/-/<named>/<path:name>", endpoint="static_kept", view_func=_kept)


def address(name: str) -> str:
    """The address of a file in static/."""
    return _address(state(), name, request.script_root)


@cache
def modules(folder: Path) -> tuple[str, ...]:
    """The scripts that every page loads after its text, by name."""
    found = sorted((folder / "src" / "js").glob("*.js"))
    return tuple(f"src/js/{file.name}" for file in found if file.name != "early.js")


def state_of(folder: Path) -> str:
    """What stands for all files of a folder, as they are now."""
    digest = hashlib.sha256()
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        digest.update(f"{file.relative_to(folder)}:{file.stat().st_size}:".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def state() -> str:
    """What stands for all files of the application; looked at once, while debugging each time."""
    folder = current_app.static_folder or ""
    return state_of(Path(folder)) if current_app.debug else _state_at_start(folder)


@cache
def _state_at_start(folder: str) -> str:
    return state_of(Path(folder))


@cache
def _address(named: str, name: str, _root: str) -> str:
    return url_for("static_kept", named=named, name=name)


def _kept(named: str, name: str) -> Response:
    response = current_app.send_static_file(name)
    # A page of yesterday may ask for a file of today: it gets it, but not for ever.
    if named == state():
        response.headers["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
    return response
