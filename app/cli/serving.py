"""How requests are answered: waitress, with the line kept open after an answer without a body."""

from typing import Any

import waitress
from waitress.channel import HTTPChannel
from waitress.task import WSGITask


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
    waitress.serve(app, host=host, port=port, threads=threads, ident=None, **more)
