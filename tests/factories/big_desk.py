"""A desk as full as it may get: written at once, looking as actions leave it."""

import random
from datetime import timedelta

from app.domain import operations
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.lifecycle import AgreementState
from app.models.amendments import AmendmentRow
from app.models.base import db
from app.models.comments import Comment, Thread
from tests.factories.agreements import Case, make_case
from tests.factories.people import START

DURING = START + timedelta(days=5)
KINDS = ("question", "concern", "editorial", "support")
_DUTIES = (
    "The Receiving Hub shall answer each request within fifteen working days",
    "The Steering Committee decides by two thirds of the votes cast",
    "Results belong to the Hub whose staff produced them",
    "Each Hub bears its own costs unless a Specific Agreement says otherwise",
    "Liability is limited to three times the fees of the service concerned",
    "A Hub may leave with three months of notice at the end of a quarter",
)
_WISHES = (
    "Fifteen days is too short for us: our board meets once a month.",
    "Our board meets every month, so fifteen days are too short.",
    "Does a proxy count towards the majority, and for how long is it given?",
    "As a public body we can’t accept a liability above what our insurer covers.",
    "Say “no fewer than” to be safe; the present words can be read both ways.",
    "Agreed, with thanks. This is how our own statutes put it.",
    "Who pays the travel to a meeting in another country?",
    "The word “result” is used before it is defined.",
)


def big_tree(clauses: int) -> ClauseTree:
    """Articles of ten clauses each."""
    articles = []
    for start in range(0, clauses, 10):
        held = tuple(
            Clause(
                f"c{at}",
                Kind.CLAUSE,
                text=f"{_DUTIES[at % len(_DUTIES)]}, item {at} of the annual plan included. "
                "The back office keeps a list and sends it to every Hub.",
            )
            for at in range(start, min(start + 10, clauses))
        )
        articles.append(
            Clause(f"a{start}", Kind.CLAUSE, f"Matter {start // 10 + 1}", children=held)
        )
    return ClauseTree("Framework Cooperation Agreement", tuple(articles))


def make_big_desk(
    *names: str, clauses: int = 300, comments: int = 1000, amendments: int = 500, on_one: int = 50
) -> Case:
    """Comments and amendments of a round that is over; so many of the latter on one clause."""
    tree = big_tree(clauses)
    hubs = names or tuple(f"Hub {number}" for number in range(1, 31))
    case = make_case(*hubs, tree=tree, state=AgreementState.CONSOLIDATION)
    rng = random.Random(clauses + comments)
    _comments(case, rng, clauses, comments)
    _amendments(case, rng, tree, clauses, amendments, on_one)
    db.session.commit()
    return case


def _comments(case: Case, rng: random.Random, clauses: int, many: int) -> None:
    hubs = list(case.organisations)
    for number in range(1, many + 1):
        hub, at = rng.choice(hubs), DURING + timedelta(minutes=number)
        thread = Thread(
            agreement_id=case.agreement.id,
            round_id=case.round.id,
            number=number,
            subject="clause",
            kind=rng.choice(KINDS),
            version_id=case.version.id,
            clause_key=f"c{rng.randrange(clauses)}",
            organisation_id=case.organisations[hub].id,
            started_by=case.people[hub].id,
            started_at=at,
        )
        thread.comments.append(
            Comment(
                organisation_id=thread.organisation_id,
                author_id=thread.started_by,
                text=rng.choice(_WISHES) + f" We said so in paper {rng.randrange(400)}.",
                salt="s",
                created_at=at,
            )
        )
        db.session.add(thread)


def _amendments(
    case: Case, rng: random.Random, tree: ClauseTree, clauses: int, many: int, on_one: int
) -> None:
    hubs = list(case.organisations)
    for number in range(1, many + 1):
        key = "c0" if number <= on_one else f"c{rng.randrange(1, clauses)}"
        words = tree.find(key).text.split(" ")
        words[rng.randrange(2, len(words))] = rng.choice(("twenty", "promptly", "jointly"))
        hub = rng.choice(hubs)
        steps = (operations.replace_text(tree, key, " ".join(words)),)
        db.session.add(
            AmendmentRow(
                agreement_id=case.agreement.id,
                round_id=case.round.id,
                version_id=case.version.id,
                number=number,
                label=f"A{number}",
                organisation_id=case.organisations[hub].id,
                author_id=case.people[hub].id,
                rationale=rng.choice(_WISHES),
                operations=operations.to_json(steps),
                operations_hash=operations.operations_hash(steps),
                clauses=[key],
                state="proposed",
                created_at=DURING,
                proposed_at=DURING,
            )
        )
