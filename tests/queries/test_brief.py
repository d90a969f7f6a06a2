"""The brief: what a director reads before signing."""

from app.queries import templates
from app.queries.brief import brief_of
from tests.actions.test_ballots import DURING, open_on, propose
from tests.factories.agreements import make_case
from tests.factories.contributions import comment, reword
from tests.factories.versions import publish


def test_it_names_the_articles_the_parties_and_what_is_talked_about(session, clock):
    case = make_case()
    comment(case, "Tartu", "Too short.", "answer-time")
    session.commit()
    brief = brief_of(case.actor("Lille"), case.agreement)
    assert brief.version == 1 and brief.hash == case.version.hash
    assert set(brief.parties) == set(case.organisations)
    assert brief.articles and all(place.key for place in brief.articles)
    ((place, many),) = brief.debated
    assert place.key == "answer-time" and many == 1
    assert brief.since == 0 and brief.changes == () and brief.stakes == {}


def test_only_what_the_reader_owes_this_agreement_is_owed(session, clock):
    case, other = make_case(), make_case("Gdańsk", "Vigo")
    clock.set(DURING)
    open_on(case, propose(case, "Lille", "20"))
    (due,) = brief_of(case.actor("Porto"), case.agreement).owed
    assert due.verb == "Vote" and due.slug == case.agreement.slug
    assert brief_of(other.actor("Vigo"), other.agreement).owed == ()


def test_it_names_what_changed_since_the_version_before(session, clock):
    case = make_case()
    publish(case, reword(case, "Lille", "15", "20"))
    session.commit()
    brief = brief_of(case.actor("Porto"), case.agreement)
    assert (brief.version, brief.since) == (2, 1)
    (change,) = brief.changes
    assert (change.what, change.place.key) == ("reworded", "answer-time")
    assert "20 working days" in change.place.words and brief.more_changes == 0


def test_it_says_what_the_template_sees_even_where_the_clause_is_gone(session):
    case = make_case()
    family = templates.get_family("framework-cooperation").newest
    case.agreement.template_slug, case.agreement.template_version = family.slug, family.version
    session.commit()
    brief = brief_of(case.actor("Porto"), case.agreement)
    assert brief.summary == family.summary
    assert set(brief.stakes) == {"gain", "cost", "risk"}
    assert all(stake.answers == () for held in brief.stakes.values() for stake in held)
