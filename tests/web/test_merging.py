"""What the pages of consolidation are told: the way on, what follows, the numbers in words."""

from app.actions import consolidation
from app.domain import operations as ops
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.queries.publication import publication_of
from app.queries.settling import settling_of
from app.web import merging
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import AFTER, consolidate, decide, propose, reword


def test_one_goes_on_to_the_next_conflict_then_to_the_next_clause(session, app):
    case = make_case()
    rows = [
        reword(case, "Tartu", "cooperate", "work together", key="scope-aim"),
        reword(case, "Tartu", "one Hub the agent", "a Hub the agent", key="scope-limit"),
        reword(case, "Lille", "15", "20"),
        reword(case, "Porto", "15", "10"),
        reword(case, "Tartu", "three", "six", key="ending"),
    ]
    consolidate(case)
    decide(case, Outcome.ACCEPTED, *rows)
    settled = settling_of(session, case.round)
    with app.test_request_context():
        onward = {
            key: merging.about("x", settled, key).onward
            for key in ("scope-aim", "answer-time", "ending")
        }
    assert onward["scope-aim"].label == "2.1" and onward["scope-aim"].bad
    assert onward["answer-time"].label == "3"
    assert onward["ending"] is None


def test_what_blocks_leads_to_where_it_is_put_right(session, app):
    case = make_case()
    gone = propose(case, "Lille", ops.delete_clause(TREE, "scope"))
    consolidate(case)
    decide(case, Outcome.ACCEPTED, gone)
    settled = settling_of(session, case.round)
    coming = publication_of(session, case.round)
    with app.test_request_context():
        blockers = [str(item.html) for item in merging.blockers("x", coming.blockers)]
    assert [(one.severity, str(one)) for one in settled.standing.consequences] == [
        ("blocks", "Article 1.2 refers to Article 1, which is no longer in the text."),
        ("know", "Article 2 to Article 3 become Article 1 to Article 2."),
    ]
    assert blockers == [
        (
            "Article 1.2 refers to Article 1, which is no longer in the text. "
            '<a href="/agreements/x/desk/consolidate/answer-form">Put it right</a>'
        )
    ]


def test_the_numbers_tell_only_what_happens(session):
    case = make_case()
    rows = reword(case, "Lille", "15", "20"), reword(case, "Porto", "15", "10")
    consolidate(case)
    decide(case, Outcome.ACCEPTED, *rows)
    with clock.at(AFTER):
        met = settling_of(session, case.round).open[0].found
        facilitator = case.actor("facilitator")
        consolidation.resolve_conflict(facilitator, case.round, conflict=met.id, choice="base")
        text = settling_of(session, case.round).standing.preview
        consolidation.edit_text(
            facilitator,
            case.round,
            operations=[ops.set_heading(text, "ending", "Leaving")],
            why="One word.",
        )
    coming = publication_of(session, case.round)
    assert [(line.number, line.words) for line in merging.publication_lines(coming)] == [
        (2, "amendments go into the text"),
        (1, "clause changes"),
        (1, "conflict was settled"),
        (1, "edit by hand"),
    ]
    assert merging.fates_told(coming) == "2 amendments in."
