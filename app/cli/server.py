"""`concordat run` and `concordat worker`: what runs for as long as the installation does."""

import argparse
import logging
import sys
import threading
from collections.abc import Callable, Mapping

from flask import Flask, current_app

from app.actions import upkeep
from app.cli import serving, sweeping

SWEEP_SECONDS = 60


def run(arguments: list[str]) -> int:
    """Serve Concordat, with the worker beside it: `concordat run [--host H] [--port N]`."""
    parser = argparse.ArgumentParser(prog="concordat run", description=run.__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (127.0.0.1)")
    parser.add_argument("--port", type=int, default=5000, help="at which port (5000)")
    parser.add_argument("--no-worker", action="store_true", help="a worker runs elsewhere")
    asked = parser.parse_args(arguments)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's own way
    for warning in upkeep.bring_up_to_date():
        print(warning, file=sys.stderr)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    stop = threading.Event()
    if not asked.no_worker:
        threading.Thread(target=_work, args=(app, stop), daemon=True).start()
    print(f"Concordat is at http://{asked.host}:{asked.port} (stop with Ctrl-C)", flush=True)
    try:
        serving.serve(
            app,
            host=asked.host,
            port=asked.port,
            threads=app.config["THREADS"],
            clear_untrusted_proxy_headers=False,
            max_request_body_size=app.config["MAX_CONTENT_LENGTH"] + 1024 * 1024,
        )
    finally:
        stop.set()
    return 0


def worker(arguments: list[str]) -> int:
    """Count due ballots and send notices, minute by minute: `concordat worker [--once]`."""
    parser = argparse.ArgumentParser(prog="concordat worker", description=worker.__doc__)
    parser.add_argument("--once", action="store_true", help="sweep once and end")
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's own way
    if parser.parse_args(arguments).once:
        sweeping.sweep()
        return 0
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    _work(app, threading.Event())
    return 0


def _work(app: Flask, stop: threading.Event) -> None:
    """Sweep until told to stop. One failed sweep is told and does not end the next."""
    while True:
        with app.app_context():
            try:
                sweeping.sweep()
            except Exception:
                logging.getLogger("concordat.worker").exception("This sweep failed.")
        if stop.wait(SWEEP_SECONDS):
            return


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {"run": run, "worker": worker}
