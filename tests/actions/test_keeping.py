from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.access.actor import SYSTEM
from app.actions import keeping, presence
from app.kernel.errors import Invalid, NotAllowed
from app.models.audit import AuditEntry
from app.models.keeping import KeptWords
from app.models.presence import Presence
from app.models.workspace import Workspace
from tests.factories.agreements import make_case
from tests.factories.people import make_workspace


def keep(case, name: str = "Lille", place: str = "comment:ending", words: str = "Too long."):
    return keeping.keep_words(
        case.actor(name),
        case.people[name],
        agreement=case.agreement,
        place=place,
        content={"words": {"text": words}, "choices": {"kind": "concern"}},
        base="v1",
    )


def kept(session) -> list[tuple[str, str]]:
    rows = session.scalars(select(KeptWords).order_by(KeptWords.place))
    return [(row.place, row.content["words"]["text"]) for row in rows]


def test_a_form_has_one_set_of_words_for_each_person_and_none_on_the_record(session, clock):
    case = make_case()
    keep(case, words="Too")
    keep(case, words="Too long.")
    keep(case, "Porto", words="Mine.")
    assert sorted(words for _, words in kept(session)) == ["Mine.", "Too long."]
    keeping.let_go(
        case.actor("Lille"), case.people["Lille"], agreement=case.agreement, place="comment:ending"
    )
    assert kept(session) == [("comment:ending", "Mine.")]
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_too_much_is_refused_and_what_was_kept_stays(session):
    case = make_case()
    keep(case)
    with pytest.raises(Invalid, match="too long to be kept"):
        keep(case, words="é" * (keeping.LARGEST // 2))
    assert kept(session) == [("comment:ending", "Too long.")]


def test_the_oldest_go_first(session, clock):
    case = make_case()
    own = {"user_id": case.people["Lille"].id, "agreement_id": case.agreement.id}
    for at in range(keeping.MOST):
        saved = clock.now + timedelta(seconds=at)
        words = {"words": {"text": "x"}, "choices": {}}
        session.add(KeptWords(**own, place=f"old:{at}", content=words, saved_at=saved))
    session.commit()
    clock.go_on(hours=1)
    keep(case)
    places = {place for place, _ in kept(session)}
    assert len(places) == keeping.MOST
    assert "old:0" not in places and {"old:1", "comment:ending"} <= places


def test_the_system_sweeps_out_what_is_old_and_nobody_else_does(session, clock):
    make_workspace()
    case = make_case()
    keep(case, place="comment:old")
    presence.be_at(
        case.actor("Lille"),
        case.people["Lille"],
        agreement=case.agreement,
        place="clause:ending",
        doing="reading",
    )
    clock.go_on(days=2)
    keep(case, place="comment:new")
    workspace = session.scalars(select(Workspace)).one()
    past = clock.now - timedelta(days=1)
    with pytest.raises(NotAllowed):
        keeping.sweep_out(case.actor("facilitator"), workspace, kept=past, seen=past)
    keeping.sweep_out(SYSTEM, workspace, kept=past, seen=past)
    assert [place for place, _ in kept(session)] == ["comment:new"]
    assert session.scalars(select(Presence)).all() == []
