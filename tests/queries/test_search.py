"""Search finds by the beginnings of words, on both databases, and only what one may read."""

import pytest
from sqlalchemy import select, text

from app.actions import amendments, comments
from app.domain import operations as ops
from app.kernel import clock as kernel_clock
from app.kernel.errors import NotFound
from app.models.comments import Comment
from app.models.people import Membership
from app.queries.search import FEW, HELD, search
from tests.factories.agreements import TREE, Case, make_case
from tests.factories.amendments import make_draft
from tests.factories.contributions import DURING, comment, reword
from tests.factories.people import make_user


@pytest.fixture
def case(session) -> Case:
    return make_case()


def sorts(found) -> dict[str, int]:
    return {group.sort: group.total for group in found.groups if group.sort != "templates"}


def test_nothing_asked_nothing_found(case):
    for question in ("", "  ", "?!", "§"):
        found = search(case.actor("Lille"), question)
        assert found.words == () and found.groups == ()


def test_clauses_comments_and_amendments_are_found_by_how_their_words_begin(case, session):
    comment(case, "Tartu", "Our **négociation** needs an unmistakable zebra.", "answer-time")
    reword(case, "Lille", "15", "unmistakably 20")
    session.commit()
    found = search(case.actor("Porto"), "UNMISTAK")
    assert sorts(found) == {"comments": 1, "amendments": 1}
    (said,) = next(group for group in found.groups if group.sort == "comments").hits
    assert said.name == "Comment 1 of Tartu" and (said.noun, said.value) == ("thread", "1")
    assert [one.text for one in said.excerpt if one.is_hit] == ["unmistakable"]
    (put,) = next(group for group in found.groups if group.sort == "amendments").hits
    assert put.name == "Amendment A1 of Lille"
    assert any(one.is_hit and one.text == "unmistakably" for one in put.excerpt)
    assert sorts(search(case.actor("Porto"), "negociation zebra")) == {"comments": 1}
    assert sorts(search(case.actor("Porto"), "zebra quagga")) == {}


def test_a_clause_is_found_under_its_number_in_the_newest_version_only(case):
    text = TREE.find("answer-time").text
    found = search(case.actor("Tartu"), text.split()[2], sort="clauses")
    hits = {hit.value: hit for group in found.groups for hit in group.hits}
    assert "answer-time" in hits and hits["answer-time"].name


def test_the_language_of_a_database_cannot_be_spoken(case):
    for question in ('" OR 1=1', "a* NEAR b", "x:*|y", "words MATCH 'a'", "%_", "💥 ' \\ ; --"):
        found = search(case.actor("Lille"), f"xyzzy {question}")
        assert not any(group.hits for group in found.groups), question


def test_strangers_find_nothing_and_may_not_ask(case, session):
    comment(case, "Tartu", "A zebra.", "answer-time")
    stranger = make_user("Nobody")
    session.commit()
    actor = case.actor("Lille").__class__(stranger.id, "Nobody")
    assert sorts(search(actor, "zebra")) == {}
    assert sorts(search(actor, case.agreement.title)) == {}
    with pytest.raises(NotFound):
        search(actor, "zebra", slug=case.agreement.slug)
    assert session.query(Membership).filter_by(user_id=stranger.id).count() == 0


def test_drafts_and_retracted_words_are_not_found(case, session):
    make_draft(case, "Lille")
    thread = comment(case, "Tartu", "A zebra came.", "answer-time")
    session.commit()
    said = session.scalars(select(Comment).where(Comment.thread_id == thread.id)).one()
    assert "amendments" not in sorts(search(case.actor("Lille"), "because"))
    with kernel_clock.at(DURING):
        comments.edit_comment(case.actor("Tartu"), said, text="A quagga came.")
    assert sorts(search(case.actor("Lille"), "zebra")) == {}
    assert sorts(search(case.actor("Lille"), "quagga")) == {"comments": 1}
    with kernel_clock.at(DURING):
        comments.retract_comment(case.actor("Tartu"), said)
    assert sorts(search(case.actor("Lille"), "quagga")) == {}


def test_a_template_is_found_by_heading_and_text_which_are_shown_apart(case):
    found = search(case.actor("Lille"), "best efforts decline region", sort="templates")
    (hit,) = found.groups[0].hits
    assert hit.name.startswith("Matchmaking Agreement Article")
    assert hit.name.endswith("Best efforts")
    assert "".join(one.text for one in hit.excerpt).startswith("A Receiving Hub")


def test_templates_are_searched_too_but_not_within_an_agreement(case):
    found = search(case.actor("Lille"), "confidential")
    assert any(group.sort == "templates" for group in found.groups)
    within = search(case.actor("Lille"), "confidential", slug=case.agreement.slug)
    assert all(group.sort != "templates" for group in within.groups)


def test_many_hits_take_pages_and_no_more_statements(case, session, count_statements):
    comment(case, "Tartu", "zebra 0", "answer-time")
    reword(case, "Lille", "15", "20")
    session.commit()
    actor = case.actor("Porto")
    search(actor, "zebra")
    with count_statements() as few:
        search(actor, "zebra")
    for number in range(1, FEW + 3):
        comment(case, "Tartu", f"zebra {number}", "answer-time")
    session.commit()
    with count_statements() as many:
        found = search(actor, "zebra")
    assert len(many) == len(few) <= 8
    (group,) = (one for one in found.groups if one.sort == "comments")
    assert (len(group.hits), group.total) == (FEW, FEW + 3)
    alone = search(actor, "zebra", sort="comments", skip=2)
    assert len(alone.groups[0].hits) == FEW + 1


def test_an_amendment_to_several_clauses_shows_the_words_that_were_looked_for(case, session):
    with kernel_clock.at(DURING):
        row = amendments.draft_amendment(
            case.actor("Lille"),
            case.round,
            operations=(
                ops.insert_clause(TREE, None, None, _node("c-new-clause", "A zebra crosses.")),
            ),
            rationale="Because.",
        )
        amendments.propose_amendment(case.actor("Lille"), row)
    found = search(case.actor("Porto"), "zebra")
    assert sorts(found) == {"amendments": 1}


def _node(key: str, text: str):
    return TREE.find("answer-time").__class__(
        key=key, kind=TREE.find("answer-time").kind, heading="", text=text, children=(), number=None
    )


@pytest.mark.parametrize("table", ["clause", "comment", "amendment"])
def test_words_are_found_by_an_index(case, session, table):
    """PostgreSQL uses it only where the question says what the migration says, word for word."""
    if session.get_bind().dialect.name == "sqlite":
        question, index = "select ref from found_words where found_words match 'a*'", "VIRTUAL"
        plan = session.execute(text(f"explain query plan {question}")).all()
    else:
        session.execute(text("set local enable_seqscan = off"))
        question = f"concordat_words({HELD[table]}) @@ to_tsquery('simple', 'a:*')"
        plan = session.execute(text(f"explain select id from {table} where {question}")).all()
        index = f"ix_{table}_found_words"
    assert index in str(plan)
