"""A text ready for its page: numbers, words, contents, notes in their places."""

from dataclasses import replace
from datetime import timedelta

import pytest
from markupsafe import Markup

from app.actions import amendments, comments, stances
from app.domain import operations as ops
from app.domain.anchors import anchor
from app.domain.clauses import Clause, ClauseTree, Kind
from app.queries.reading_room import reading_of
from app.web.clauses import Margin, Node, margin_of, nodes_of, outline_of
from tests.factories.agreements import TREE, Case, make_case
from tests.factories.people import START

DURING = START + timedelta(days=2)
LONG = ClauseTree(
    "T",
    (
        Clause(
            "terms",
            Kind.DIVISION,
            "Agreed terms",
            children=(
                Clause(
                    "words",
                    Kind.CLAUSE,
                    "Words",
                    children=(
                        Clause("d-hub", Kind.DEFINITION, "Hub; Hubs", "means a party."),
                        Clause(
                            "duty", Kind.CLAUSE, text="Each of the Hubs answers at once and well."
                        ),
                    ),
                ),
            ),
        ),
        Clause(
            "annex",
            Kind.ANNEX,
            "Fees",
            children=(
                Clause("sums", Kind.TABLE, children=(Clause("sums-1", Kind.ROW, text="A | B"),)),
            ),
        ),
    ),
)


@pytest.fixture
def page(session, clock, app):
    clock.set(DURING)

    def shown(case: Case, view: str = "stands", opened: str = "") -> tuple:
        session.commit()
        reading = reading_of(case.actor("Porto"), case.agreement, view)
        with app.test_request_context():
            margin = margin_of(reading, case.agreement.slug, opened=opened)
        return reading, nodes_of(reading, margin, guided=True)

    return shown


def by_key(nodes: tuple[Node, ...]) -> dict[str, Node]:
    found = {}
    for node in nodes:
        found[node.key] = node
        found.update(by_key(node.children))
    return found


def test_kinds_numbers_and_words_are_ready(session, page):
    _, nodes = page(make_case(tree=LONG))
    found = by_key(nodes)
    assert (found["words"].label, found["annex"].label) == ("Article 1", "Annex A")
    assert found["d-hub"].heading_html == "Hub"
    assert 'class="term" href="#c-d-hub"' in found["duty"].text_html
    assert found["sums-1"].cells_html == ("A", "B")


def test_the_contents_lead_to_articles_and_annexes_with_first_words(session, page):
    reading, nodes = page(make_case(tree=LONG))
    words, annex = outline_of(reading, nodes)
    assert (words.label, words.title, words.key) == ("1", "Words", "words")
    assert [child.title for child in words.children] == ["Each of the Hubs answers at …"]
    assert (annex.label, annex.heat, annex.contested) == ("A", 0, False)


def test_heat_counts_what_waits_and_contested_words_are_marked(session, page):
    case = make_case()
    session.commit()
    comments.start_thread(
        case.actor("Lille"),
        case.round,
        text="Why?",
        kind="concern",
        anchor=anchor(TREE, "1", "answer-time", "text", 0, 5),
    )
    for days in ("20", "10"):
        text = TREE.find("answer-time").text.replace("15", days)
        step = ops.replace_text(TREE, "answer-time", text)
        draft = amendments.draft_amendment(case.actor("Lille"), case.round, operations=[step])
        amendments.propose_amendment(case.actor("Lille"), draft)
    reading, nodes = page(case, "all", opened="1")
    scope, answers, _ = outline_of(reading, nodes)
    assert (scope.heat, scope.contested) == (0, False)
    assert (answers.heat, answers.contested) == (3, True)
    notes = by_key(nodes)["answer-time"].notes
    assert [(note.id, note.words, note.open) for note in notes] == [
        ("t1", "q-t1", False),
        ("1", "c-answer-time", True),
        ("2", "c-answer-time", False),
    ]


def test_a_clause_that_would_move_keeps_its_notes_where_it_stands(session, page):
    case = make_case()
    session.commit()
    step = ops.move_clause(TREE, "scope-limit", "answers", None)
    draft = amendments.draft_amendment(case.actor("Lille"), case.round, operations=[step])
    amendments.propose_amendment(case.actor("Lille"), draft)
    reading, nodes = page(case, "all")
    found = by_key(nodes)
    assert "moved to" in found["scope-limit"].moved_html
    assert [note.id for note in found["scope-limit"].notes] == ["1"]
    assert found["scope-limit-to-1"].is_new
    assert not found["scope-limit-to-1"].notes
    titles = [child.title for entry in outline_of(reading, nodes) for child in entry.children]
    assert len(titles) == len(set(titles))


def test_guidance_stands_beside_its_clause_where_it_is_asked_for(session, page):
    reading, nodes = page(make_case())
    guided = replace(reading, guidance={"scope": Markup("<p>Keep it short.</p>")})
    nodes = nodes_of(guided, Margin({}, {}), guided=True)
    assert "Keep it short." in by_key(nodes)["scope"].guidance_html
    assert not by_key(nodes_of(guided, Margin({}, {})))["scope"].guidance_html


def test_ones_own_red_line_is_marked_on_its_clause_and_counted_in_the_contents(session, page):
    case = make_case()
    session.commit()
    stances.take_stance(case.actor("Porto"), case.round, clause="answer-time", value=-2)
    stances.take_stance(case.actor("Lille"), case.round, clause="answer-form", value=-2)
    reading, nodes = page(case)
    found = by_key(nodes)
    assert (found["answer-time"].change, found["answer-time"].stance.own) == ("is-red-line", "−2")
    assert (found["answer-form"].change, found["answer-form"].stance) == ("", None)
    assert [entry.red_lines for entry in outline_of(reading, nodes)] == [0, 1, 0]
