"""Whether the installation is well, for whoever watches it."""

from flask import Blueprint, Response

from app.queries import health

door = Blueprint("health", __name__)


@door.get("/healthz")
def alive() -> Response:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@door.get("/readyz")
def ready() -> Response:
    """Say whether the database answers and has the tables this program needs."""
    complaint = health.complaint()
    return Response(
        (complaint or "ready") + "\n", status=503 if complaint else 200, mimetype="text/plain"
    )
