"""The reactions below a comment as buttons: how many pressed each, who, and whether one did."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from app.domain.reactions import WORDS
from app.http import auth
from app.queries.comments import Remark
from app.queries.reactions import Reacted, reactions_to
from app.queries.reading import session
from app.web.rendering import can


@dataclass(frozen=True)
class Nod:
    """One kind of reaction as a button; pressed says that the reader gave it.

    `value` is what the button sends: the kind, or with a minus before it to take it back.
    """

    words: str
    names: tuple[str, ...]
    is_mine: bool
    value: str


@dataclass(frozen=True)
class Nods:
    """What stands below a comment; `address` is "" where the reader may not react."""

    id: str
    address: str
    given: tuple[Nod, ...]
    others: tuple[Nod, ...]


def nods_of(slug: str, number: int, remarks: Iterable[Remark]) -> Mapping[uuid.UUID, Nods]:
    """What stands below each comment of a thread, in one statement; nothing if taken back."""
    standing = [one.row for one in remarks if not one.is_retracted]
    found = reactions_to(session(), [row.id for row in standing], auth.current_actor().user_id)
    return {
        row.id: nods(slug, number, row.id, found[row.id], may=can("comment:react", row))
        for row in standing
    }


def nods(
    slug: str, number: int, comment_id: uuid.UUID, found: Iterable[Reacted], *, may: bool
) -> Nods:
    """The reactions to one comment as buttons; `may`: the reader may press them."""
    all_kinds = [
        Nod(WORDS[one.kind], one.names, one.is_mine, f"-{one.kind}" if one.is_mine else one.kind)
        for one in found
    ]
    address = url_for("reactions.react", slug=slug, number=number, comment_id=comment_id)
    return Nods(
        id=str(comment_id),
        address=address if may else "",
        given=tuple(one for one in all_kinds if one.names),
        others=tuple(one for one in all_kinds if not one.names) if may else (),
    )
