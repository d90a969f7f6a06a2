"""How often something comes back by one pass within a day, by the site and by mail together.

Whoever has a pass can send as much as they like; what it costs the installation and its person,
a process for each file and a letter about each, has an end. Counted on disk: each letter that comes
in is a process of its own.
"""

import fcntl
import time
from contextlib import suppress
from pathlib import Path

from flask import current_app

from app.kernel.errors import WrongMoment
from app.kernel.ids import hash_of_token
from app.kernel.said import said

MOST_A_DAY = 12
DAY = 24 * 3600

_TOO_OFTEN = said(
    "{count} files came back by this link within a day, and that is as many as it takes. Go on "
    "tomorrow, or sign in and bring the file back there."
)


def count(token: str) -> None:
    """Count one more use of a pass. Raises WrongMoment where a day has had as many as it may."""
    folder = Path(current_app.instance_path) / "passes"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = time.time()
    _sweep(folder, now - DAY)
    with (folder / hash_of_token(token.lower())).open("a+", encoding="ascii") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        held.seek(0)
        uses = [line for line in held.read().split() if float(line) > now - DAY]
        if len(uses) >= MOST_A_DAY:
            raise WrongMoment(_TOO_OFTEN, count=MOST_A_DAY)
        held.truncate(0)
        held.write("\n".join([*uses, f"{now:.0f}\n"]))


def _sweep(folder: Path, oldest: float) -> None:
    """Forget the passes that were not used for a day."""
    for held in folder.iterdir():
        with suppress(FileNotFoundError):  # another process sweeps, too
            if held.stat().st_mtime < oldest:
                held.unlink()
