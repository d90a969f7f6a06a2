"""Tables: columns, constraints, relationships, conversion to domain values.

Importing this knows them all.
"""

from app.models import (
    agreements,
    alternatives,
    amendments,
    audit,
    ballots,
    bundles,
    clauses,
    comments,
    decisions,
    desk,
    files,
    imports,
    keeping,
    notices,
    people,
    presence,
    reactions,
    reading,
    rounds,
    signatures,
    stances,
    workspace,
)

__all__ = [
    "agreements",
    "alternatives",
    "amendments",
    "audit",
    "ballots",
    "bundles",
    "clauses",
    "comments",
    "decisions",
    "desk",
    "files",
    "imports",
    "keeping",
    "notices",
    "people",
    "presence",
    "reactions",
    "reading",
    "rounds",
    "signatures",
    "stances",
    "workspace",
]
