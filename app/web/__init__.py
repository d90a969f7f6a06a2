"""Pages: HTML for people. `DOORS` lists the blueprints in the order in which they are hung."""

from collections.abc import Sequence

from flask import Blueprint

from app.web import accounts, agreements, amendment_drafts, ballots, comments, health, rounds

DOORS: Sequence[Blueprint] = (
    health.door,
    accounts.door,
    agreements.door,
    ballots.door,
    amendment_drafts.door,
    comments.door,
    rounds.door,
)
"""Open in every installation."""

DEMONSTRATION_DOORS: Sequence[Blueprint] = ()
"""Open in demonstration mode only."""
