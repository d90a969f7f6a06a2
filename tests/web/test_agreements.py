"""The reading room: the text, what stands beside it, and how little it asks the database."""

import html
import re
from datetime import timedelta

import pytest

from app.actions import amendments, comments
from app.actions.stances import take_stance
from app.domain import operations as ops
from app.domain.anchors import anchor
from app.domain.clauses import Clause, ClauseTree, Kind
from app.models.agreements import Agreement, Draft, Seat
from tests.factories.agreements import TREE, Case, make_case
from tests.factories.people import START, make_organisation, make_user, make_workspace

DURING = START + timedelta(days=2)


@pytest.fixture
def case(session, clock) -> Case:
    clock.set(DURING)
    make_workspace()
    made = make_case()
    session.commit()
    return made


def address(case: Case, rest: str = "") -> str:
    return f"/agreements/{case.agreement.slug}{rest}"


def comment(case: Case, by: str = "Lille", words: str = "Why?", key: str = "answer-time"):
    found = anchor(TREE, "1", key, "text", 2, 5)
    return comments.start_thread(
        case.actor(by), case.round, text=words, kind="concern", anchor=found
    )


def propose(case: Case, by: str, old: str, new: str, why: str = ""):
    text = TREE.find("answer-time").text.replace(old, new)
    step = ops.replace_text(TREE, "answer-time", text)
    draft = amendments.draft_amendment(case.actor(by), case.round, operations=[step], rationale=why)
    return amendments.propose_amendment(case.actor(by), draft)


def test_the_text_is_set_with_its_numbers_and_references(client, case, sign_in):
    answer = sign_in(client, case.people["Lille"]).get(address(case))
    assert answer.status_code == 200
    assert 'id="c-answer-form"' in answer.text
    assert '<a class="xref" href="#c-scope">Article 1</a>' in answer.text
    assert "Round 1 is open for comments and amendments." in answer.text


def test_who_takes_no_part_finds_nothing(client, case, sign_in):
    stranger = make_user("Nobody Known")
    assert sign_in(client, stranger).get(address(case)).status_code == 404
    assert sign_in(client, case.people["Lille"]).get("/agreements/elsewhere").status_code == 404


def test_a_comment_stands_after_its_clause_and_marks_its_words(client, case, sign_in):
    comment(case, words="Too **short** <script>")
    text = sign_in(client, case.people["Porto"]).get(address(case)).text
    assert '<mark class="quoted" id="q-t1" data-note="n-t1">' in text
    assert (
        text.index('id="c-answer-time"')
        < text.index('id="n-t1"')
        < text.index('id="c-answer-form"')
    )
    assert "<script>" not in text.partition("Too ")[2][:80]


def test_contested_words_are_shown_as_alternatives_in_one_view_only(client, case, sign_in):
    propose(case, "Lille", "15", "20", "Twenty is fair")
    propose(case, "Porto", "15", "10", "Ten is fair")
    sign_in(client, case.people["Tartu"])
    stands, everything = client.get(address(case)), client.get(address(case, "?view=all"))
    assert "<ins" not in stands.text
    assert "Twenty is fair" in stands.text
    assert "Two amendments change these words" in everything.text
    assert 'title="Contested' in stands.text
    assert "≠ A2" in stands.text


def test_if_decided_now_shows_what_is_accepted(client, case, sign_in, session):
    row = propose(case, "Lille", "15", "20")
    other = propose(case, "Porto", "request", "question")
    session.get(type(row), row.id).state = "accepted"
    session.commit()
    text = sign_in(client, case.people["Tartu"]).get(address(case, "?view=now")).text
    clause = text.partition('id="c-answer-time"')[2].partition("</p>")[0]
    assert "[inserted by Lille: </span>20" in clause
    assert f"A{other.number} " not in clause


def test_a_new_clause_has_its_note_beside_the_place_it_would_get(client, case, sign_in):
    new = Clause("cnewnewnew1", Kind.CLAUSE, text="A Hub may ask for more time.")
    step = ops.insert_clause(TREE, "answers", "answer-time", new)
    draft = amendments.draft_amendment(case.actor("Lille"), case.round, operations=[step])
    amendments.propose_amendment(case.actor("Lille"), draft)
    sign_in(client, case.people["Porto"])
    stands = client.get(address(case)).text
    assert (
        stands.index('id="c-answer-time"')
        < stands.index('id="n-1"')
        < stands.index('id="c-answer-form"')
    )
    assert "A Hub may ask for more time." in client.get(address(case, "?view=all")).text


@pytest.mark.parametrize("view", ["stands", "now", "all", "nonsense"])
def test_the_database_is_asked_little_whatever_the_size(
    client, case, sign_in, count_statements, view
):
    sign_in(client, case.people["Lille"])
    for number in range(2):
        comment(case, words=f"Comment {number}")
        propose(case, "Porto", "15", str(16 + number))

    def asked() -> tuple[int, int]:
        """What the first reader after a change asks, and what the next one does."""
        found = []
        for _ in range(2):
            with count_statements() as sent:
                assert client.get(address(case, f"?view={view}")).status_code == 200
            found.append(len(sent))
        return found[0], found[1]

    asked()
    comment(case)
    few = asked()
    # Who signed in; what the page rests on; the agreement with its stamp and round, its head, the
    # amendments, what is beside the text, the threads. The view of now also merges what is decided.
    assert few[0] == (7 if view != "now" else 12)
    for number in range(6):
        thread = comment(case, words=f"Comment {number}", by="Tartu")
        comments.reply(case.actor("Porto"), thread, text="Yes")
        propose(case, "Tartu", "request", f"request {number}")
        take_stance(case.actor("Porto"), case.round, clause="answers", value=number % 3)
    assert asked() == few
    assert few[0] <= 20
    # What the page rests on; who signed in and where they stand; the agreement, stamp and round.
    assert few[1] == 3


def test_a_draft_is_read_with_its_guidance_and_nothing_to_comment(client, session, sign_in):
    make_workspace()
    person = make_user("Sofie Maes", of=make_organisation("Ghent"))
    agreement = Agreement(slug="new-deal", title="T", created_at=START, created_by=person.id)
    session.add(agreement)
    session.flush()
    session.add_all(
        (
            Seat(agreement_id=agreement.id, user_id=person.id, role="facilitator"),
            Draft(
                agreement_id=agreement.id,
                tree=TREE.to_json(),
                beside={"guidance": {"scope-aim": "Say why it is here."}},
                provenance={},
                edited_at=START,
            ),
        )
    )
    shown = sign_in(client, person).get("/agreements/new-deal").text
    assert "Say why it is here." in shown
    assert "/agreements/new-deal/draft" in shown
    assert "/comments/new" not in shown
    assert "It is being drafted" in shown


def test_the_list_names_what_ends_next_first(client, case, sign_in, session, clock):
    text = sign_in(client, case.people["Lille"]).get("/agreements").text
    assert "Cooperation Agreement" in text
    assert "Comments close" in text
    clock.go_on(days=40)
    later = client.get("/agreements").text
    assert "Round 1 is closed." in later
    stranger = sign_in(client, make_user("Nobody Known")).get("/agreements").text
    assert "You take part in no agreement yet." in stranger


def test_the_facilitator_is_led_to_what_comes_next(client, case, sign_in, clock):
    sign_in(client, case.facilitator)
    assert "Give more time" in client.get(address(case)).text
    clock.set(START + timedelta(days=30))
    assert "Begin what comes next" in client.get(address(case)).text
    assert (
        "Begin what comes next" not in sign_in(client, case.people["Lille"]).get(address(case)).text
    )


def test_after_the_deadline_nothing_invites_to_write(client, case, sign_in, clock):
    comment(case)
    clock.set(START + timedelta(days=30))
    text = sign_in(client, case.people["Porto"]).get(address(case)).text
    assert "Round 1 is closed." in text
    assert "/comments/new" not in text
    assert "/amendments/new" not in text
    assert "/comments/1/reply" not in text


LONG = ClauseTree(
    "A long agreement",
    tuple(
        Clause(
            f"a{number}",
            Kind.CLAUSE,
            f"Matter {number}",
            children=tuple(
                Clause(f"c{number}-{at}", Kind.CLAUSE, text="The hubs agree on it. " * 60)
                for at in range(5)
            ),
        )
        for number in range(24)
    ),
)


@pytest.fixture
def long(session, clock) -> Case:
    clock.set(DURING)
    make_workspace()
    made = make_case(tree=LONG)
    session.commit()
    return made


def test_who_has_no_script_gets_the_whole_text(client, long, sign_in):
    shown = sign_in(client, long.people["Lille"]).get(address(long)).text
    assert 'id="c-c23-4"' in shown
    assert "goes-on" not in shown


def test_with_script_a_long_text_comes_in_parts_that_are_all_of_it(client, long, sign_in):
    sign_in(client, long.people["Lille"]).set_cookie("script", "on")
    shown = client.get(address(long)).text
    found = re.findall(r' id="c-([^"]+)"', shown)
    assert len(shown) < 100_000
    while sources := re.findall(r'data-source="([^"]+/text[^"]+)"', shown):
        shown = client.get(html.unescape(sources[0])).text
        found += re.findall(r' id="c-([^"]+)"', shown)
    assert found == [node.key for node in LONG.walk()]


def test_a_part_links_to_the_whole_text_at_its_place(client, long, sign_in):
    sign_in(client, long.people["Lille"]).set_cookie("script", "on")
    shown = client.get(address(long, "?view=all")).text
    [link] = re.findall(r'class="goes-on".*?<a href="([^"]+)"', shown)
    there, key = html.unescape(link).split("#")
    whole = client.get(there).text
    assert "view=all" in there
    assert f'id="{key}"' in whole and f'id="{key}"' not in shown
    assert "goes-on" not in whole


def test_the_rest_of_a_text_is_kept_by_the_browser_until_something_happens(client, long, sign_in):
    sign_in(client, long.people["Lille"])
    part = address(long, "/text?from=a9")
    kept = client.get(part)
    held = {"If-None-Match": kept.headers["ETag"]}
    assert client.get(part, headers=held).status_code == 304
    found = anchor(LONG, "1", "c9-1", "text", 2, 5)
    comments.start_thread(
        long.actor("Porto"), long.round, text="New here", kind="concern", anchor=found
    )
    again = client.get(part, headers=held)
    assert again.status_code == 200 and "New here" in again.text


def test_the_rest_of_a_text_is_for_those_who_may_read_it(client, long, sign_in):
    part = address(long, "/text?from=a9")
    assert client.get(part).status_code == 302
    assert sign_in(client, make_user("Nobody Known")).get(part).status_code == 404
    sign_in(client, long.people["Lille"])
    assert client.get(address(long, "/text?from=gone")).status_code == 404
