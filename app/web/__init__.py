"""Pages: HTML for people. `DOORS` lists the blueprints in the order in which they are hung."""

from collections.abc import Sequence

from flask import Blueprint

from app.web import accounts, health

DOORS: Sequence[Blueprint] = (health.door, accounts.door)
"""Open in every installation."""

DEMONSTRATION_DOORS: Sequence[Blueprint] = ()
"""Open in demonstration mode only."""
