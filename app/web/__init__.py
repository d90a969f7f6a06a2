"""Pages: HTML for people. `DOORS` lists the blueprints in the order in which they are hung."""

from collections.abc import Sequence

from flask import Blueprint

from app.web import (
    accounts,
    activity,
    agreements,
    amendment_drafts,
    ballots,
    brief,
    comments,
    consolidation,
    demo,
    desk,
    desk_batches.door,
