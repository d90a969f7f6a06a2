"""Where to read on: the address of what a sentence of the record is about."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

_IN_AN_AGREEMENT: Mapping[str, tuple[str, str]] = {
    "thread": ("comments.show", "number"),
    "amendment": ("amendments.show", "label"),
    "ballot": ("ballots.show", "number"),
    "version": ("versions.show", "number"),
    "round": ("rounds.index", ""),
    "signing": ("signing.board", ""),
    "conflict": ("consolidation.show", ""),
    "amendments": ("amendments.index", ""),
    "bundle": ("bundles.index", ""),
    "answers": ("reports.mine", "number"),
    "desk": ("desk.answers", ""),
    "inside": ("inside.show", "note_id"),
    "draft": ("checking.show", "draft_id"),
}
"""The page of each noun, and the name under which its number or label goes into the address."""


def address_of(slug: str | None, noun: str, value: Any) -> str:
    """The address of a noun in an agreement; the agreement's own where it has no page."""
    if slug is None:
        return url_for("network.index")
    endpoint, name = _IN_AN_AGREEMENT.get(noun, ("agreements.read", ""))
    if name and value:
        return url_for(endpoint, slug=slug, **{name: value})
    return url_for(endpoint if not name else "agreements.read", slug=slug)
