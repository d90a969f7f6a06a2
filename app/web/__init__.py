"""Pages: HTML for people. `DOORS` lists the blueprints in the order in which they are hung."""

from collections.abc import Sequence

from flask import Blueprint

from app.web import home, network, notices, people(
    accounts,
    agreements,
    amendment_drafts,
    ballots,
    comments,
    files,
    health,
    rounds,
    versions,
)

DOORS: Sequence[Blueprint] = (
    people.door,
    notices.door,
    network.door,
    home.door,
    health.door,
    accounts.door,
    agreements.door,
    ballots.door,
    amendment_drafts.door,
    comments.door,
    files.door,
    rounds.door,
    versions.door,
)
"""Open in every installation."""

DEMONSTRATION_DOORS: Sequence[Blueprint] = ()
"""Open in demonstration mode only."""
