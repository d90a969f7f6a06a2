"""Reactions as pages show them."""

from datetime import timedelta

from app.actions.comments import start_thread
from app.actions.reactions import react
from app.domain.reactions import Reaction
from app.models.base import db
from app.models.comments import Comment
from app.queries.reactions import reactions_to
from tests.factories.agreements import make_case
from tests.factories.people import START


def test_of_each_kind_who_gave_it_in_one_statement(session, clock, count_statements):
    clock.set(START + timedelta(days=2))
    case = make_case()
    session.commit()
    threads = [
        start_thread(case.actor("Lille"), case.round, text=f"Why {n}?", kind="question")
        for n in range(2)
    ]
    first, second = (
        db.session.query(Comment).filter_by(thread_id=thread.id).one() for thread in threads
    )
    for name in ("Porto", "Tartu"):
        react(case.actor(name), first, kind="agree", wanted=True)
        clock.set(START + timedelta(days=3))
    with count_statements() as sent:
        found = reactions_to(session, [first.id, second.id], case.people["Porto"].id)
    assert len(sent) == 1
    agreed, *others = found[first.id]
    assert (agreed.kind, agreed.names) == (Reaction.AGREE, ("Person Porto", "Person Tartu"))
    assert agreed.is_mine
    assert not any(one.names or one.is_mine for one in (*others, *found[second.id]))
    assert [one.kind for one in found[second.id]] == list(Reaction)
