"""How a round goes: which clauses are contested most, and what happened on each day."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.models.agreements import Agreement
from app.models.ballots import Ballot, Vote
from app.queries.desk import Desk, Item
from app.queries.reading import session as this_session

_MOST_DAYS = 400


@dataclass(frozen=True)
class Heat:
    """What is said about one clause of the first level and all below it."""

    key: str
    name: str
    comments: int
    amendments: int

    @property
    def total(self) -> int:
        """All contributions."""
        return self.comments + self.amendments


@dataclass(frozen=True)
class Day:
    """What happened on one day of the round, in the agreement's time zone."""

    day: date
    comments: int
    amendments: int
    votes: int
    is_deadline: bool

    @property
    def total(self) -> int:
        """Everything of that day."""
        return self.comments + self.amendments + self.votes


def heat_of(desk: Desk) -> tuple[Heat, ...]:
    """The clauses something is said about, the most contested first. No statement."""
    tops = {key: name for key, name, _ in desk.places}
    held: defaultdict[str, list[Item]] = defaultdict(list)
    for item in desk.items:
        if item.path:
            held[_article(item, tops)].append(item)
    found = [
        Heat(
            key,
            tops[key],
            sum(not item.is_amendment for item in items),
            sum(item.is_amendment for item in items),
        )
        for key, items in held.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.total, list(tops).index(one.key))))


def _article(item: Item, names: Mapping[str, str]) -> str:
    """The topmost clause of its path that has a number; a division above it has none."""
    numbered = [key for key in item.path if names[key].startswith(("Article", "Annex", "Recital"))]
    return numbered[0] if numbered else item.path[0]


def days_of(agreement: Agreement, desk: Desk, now: datetime) -> Sequence[Day]:
    """Every day from the opening of the round to its deadline or today, whichever is later."""
    zone, held = ZoneInfo(agreement.timezone), desk.round
    comments, amendments = Counter[date](), Counter[date]()
    for item in desk.items:
        if item.said_at is not None:
            kind = amendments if item.is_amendment else comments
            kind[item.said_at.astimezone(zone).date()] += 1
    cast = this_session().scalars(
        select(Vote.cast_at)
        .join(Ballot, Ballot.id == Vote.ballot_id)
        .where(Ballot.round_id == held.id, Vote.is_live, Ballot.is_confidential.is_(False))
    )
    votes = Counter(moment.astimezone(zone).date() for moment in cast)
    first, deadline = (one.astimezone(zone).date() for one in (held.opens_at, held.closes_at))
    last = max([deadline, *votes, *comments, *amendments])
    if held.settled_at is None:
        last = max(deadline, min(last, now.astimezone(zone).date()))
    many = min((last - first).days + 1, _MOST_DAYS)
    days = [first + timedelta(days=at) for at in range(many)]
    return [Day(d, comments[d], amendments[d], votes[d], d == deadline) for d in days]
