"""Many people at once: threads that wait for each other, each with a session of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.kernel.errors import AppError

Result = TypeVar("Result")
SECONDS = 20
"""How long anybody waits for the others."""


def together(
    app: Flask, tasks: Sequence[Callable[[], Result]]
) -> list[Result | AppError | SQLAlchemyError]:
    """Begin all tasks at one moment; what each came to, a refusal included, in their order."""
    barrier = threading.Barrier(len(tasks))

    def run(task: Callable[[], Result]) -> Result | AppError | SQLAlchemyError:
        with app.app_context():
            barrier.wait(SECONDS)
            try:
                return task()
            except (AppError, SQLAlchemyError) as refusal:
                return refusal

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))
