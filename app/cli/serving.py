"""How requests are answered: waitress, with many lines, kept open after answers without a body."""

import contextlib
import ctypes
import logging
import sys
from typing import Any

import waitress
from waitress.channel import HTTPChannel
from waitress.task import WSGITask

if sys.platform != "win32":  # which has no such limit
    import resource

_ARENA_MAX = -8
"""M_ARENA_MAX of glibc's malloc.h."""
_MOST_LINES = 10_000
_OTHER_FILES = 200


class Task(WSGITask):  # type: ignore[misc]
    """Answers one request, and hangs up only where somebody asked for it or the answer broke off.

    Waitress hangs up after every answer without a length. A 304 has none and needs none, so with
    it every page that a browser holds would cost a new connection.
    """

    def set_close_on_finish(self) -> None:
        """Hang up after this answer, unless it is one that never has a body."""
        asked = self.request.headers.get("CONNECTION", "").lower()
        if self.has_body or self.version != "1.1" or asked == "close":
            super().set_close_on_finish()


def serve(app: Any, *, host: str, port: int, threads: int, **more: Any) -> None:
    """Serve until stopped; `more` are waitress's own adjustments."""
    HTTPChannel.task_class = Task
    _share_memory()
    # It would say so of every request that waits its turn.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    waitress.serve(
        app,
        host=host,
        port=port,
        threads=threads,
        ident=None,
        connection_limit=lines(),
        asyncore_use_poll=sys.platform != "win32",  # select() sees a thousand lines and no more
        backlog=4_096,
        **more,
    )


def _share_memory() -> None:
    """Have all threads take memory from two places, where the C library is glibc.

    Else each thread gets one of its own, and what one has given back is of no use to the others.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 2)


def lines() -> int:
    """How many browsers may hold a line at once: ten thousand, or as many as files may be open.

    Waitress alone would let in a hundred; browsers keep their lines for minutes, and whoever comes
    next would wait for one of them to go.
    """
    if sys.platform == "win32":
        return 500
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_LINES + _OTHER_FILES
    if soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft = most
    return int(min(_MOST_LINES, max(100, soft - _OTHER_FILES)))
