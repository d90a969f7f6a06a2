"""The control of the crash run: a server that says yes at once and writes afterwards.

python -m campaign.hasty PORT
"""

import io
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import waitress

from app.factory import create_app

LAG = 0.05


class Hasty:
    """Answers a form before it is worked on."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app
        self._waiting: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._work, daemon=True).start()

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST":
            return self._app(environ, start)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        kept = {name: value for name, value in environ.items() if isinstance(value, str)}
        self._waiting.put({**environ, **kept, "wsgi.input": io.BytesIO(body)})
        start("303 See Other", [("Location", "/"), ("Content-Length", "0")])
        return [b""]

    def _work(self) -> None:
        while True:
            environ = self._waiting.get()
            time.sleep(LAG)
            for _ in self._app(environ, lambda *_: None):
                pass


if __name__ == "__main__":
    waitress.serve(Hasty(create_app()), host="127.0.0.1", port=int(sys.argv[1]), threads=8)
