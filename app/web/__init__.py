"""Pages: HTML for people. `DOORS` lists the blueprints in the order in which they are hung."""

from collections.abc import Sequence

from flask import Blueprint

from app.web import (
    accounts,
    agreements,
    amendment_drafts,
    ballots,
    comments,
    demo,
    files,
    guide,
    health,
    home,
    network,
    notices,
    people,
    rounds,
    versions,
)

DOORS: Sequence[Blueprint] = (
    health.door,
    guide.door,
    accounts.door,
    agreements.door,
    amendment_drafts.door,
    ballots.door,
    comments.door,
    files.door,
    home.door,
    network.door,
    notices.door,
    people.door,
    rounds.door,
    versions.door,
)
"""Open in every installation."""

DEMONSTRATION_DOORS: Sequence[Blueprint] = (demo.door,)
"""Open in demonstration mode only."""
