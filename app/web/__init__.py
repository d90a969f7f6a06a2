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
    drafting,
    facilitation,
    files,
    guide,
    health,
    home,
    imports,
    network,
    notices,
    participants,
    people,
    rounds,
    search,
    signing,
    start,
    templates,
    versions,
    word,
    word_pass,
)

DOORS: Sequence[Blueprint] = (
    health.door,
    accounts.door,
    activity.door,
    agreements.door,
    amendment_drafts.door,
    ballots.door,
    brief.door,
    comments.door,
    consolidation.door,
    desk.door,
    drafting.door,
    facilitation.door,
    files.door,
    guide.door,
    home.door,
    imports.door,
    network.door,
    notices.door,
    participants.door,
    people.door,
    rounds.door,
    search.door,
    signing.door,
    start.door,
    templates.door,
    versions.door,
    word.door,
    word_pass.door,
)
"""Open in every installation."""

DEMONSTRATION_DOORS: Sequence[Blueprint] = (demo.door,)
"""Open in demonstration mode only."""
