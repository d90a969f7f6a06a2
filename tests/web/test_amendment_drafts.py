"""Writing a change without script: what is typed survives every refusal, and means what it says."""

import re
from datetime import timedelta

import pytest

from app.actions import amendments as act
from app.domain import operations as ops
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.numbering import labels
from app.models.amendments import AmendmentRow
from app.web.forms.amendments import fresh_sheet
from tests.factories.agreements import TREE, add_party, make_case
from tests.factories.amendments import make_amendment, make_draft, rewording
from tests.factories.people import make_workspace

DAYS_20 = ops.replace_text(TREE, "answer-time", "A Hub answers a request within 20 working days.")
WORDS_20 = "A Hub answers a request within 20 working days."
STAMP = TREE.version_hash[:12]


@pytest.fixture
def case(session, clock):
    make_workspace()
    return make_case()


@pytest.fixture
def lille(client, case, sign_in):
    return sign_in(client, case.people["Lille"])


def at(case, rest="/new"):
    return f"/agreements/{case.agreement.slug}/amendments{rest}"


def form(do="propose", base=STAMP, **fields):
    named = {name.replace("_", "-", 1) if "_" in name else name: fields[name] for name in fields}
    return {"do": do, "open": "answers", "base": base, "form_key": "k", **named}


def rows(session):
    session.expire_all()
    return session.query(AmendmentRow).order_by(AmendmentRow.label).all()


def typed(text, name):
    """What stands in a field of the page."""
    found = re.search(rf'name="{name}"[^>]*>(.*?)</textarea>', text, re.DOTALL)
    return found[1] if found else None


def test_the_page_looks_like_the_text(lille, case):
    text = lille.get(at(case, "/new?clause=answers")).text
    assert typed(text, "heading-answers") == "Answers"
    assert typed(text, "text-answer-form") == "The answer is given in writing, under [[scope]]."
    assert "<code>[[scope]]</code></dt><dd>Article 1" in text
    assert "Nothing yet." in text


def test_without_a_clause_one_chooses_one(lille, case):
    text = lille.get(at(case)).text
    assert "Choose the clause you want to change." in text
    text = lille.post(at(case), data={"do": "open", "also": "ending", "base": STAMP}).text
    assert typed(text, "text-ending") == "A Hub leaves with three months of notice."


def test_only_who_may_propose_gets_the_page(client, case, sign_in, session):
    add_party(case, "Brussels", kind="observer")
    sign_in(client, case.people["Brussels"])
    assert client.get(at(case)).status_code == 403
    answer = client.post(at(case), data=form(**{"text_answer-time": WORDS_20}))
    assert answer.status_code == 403
    assert typed(answer.text, "text-answer-time") == WORDS_20
    assert rows(session) == []


def test_looking_says_what_it_changes_and_keeps_nothing(lille, case, session):
    answer = lille.post(at(case), data=form("look", **{"text_answer-time": WORDS_20}))
    assert answer.status_code == 200
    assert "with “within 20 working days” in Article 2.1" in answer.text
    assert "<ins" in answer.text
    assert "No number changes, no reference breaks." in answer.text
    assert rows(session) == []


def test_proposing_puts_it_before_everybody(lille, case, session):
    data = form(**{"text_answer-time": WORDS_20, "rationale": "More time."})
    answer = lille.post(at(case), data=data, follow_redirects=True)
    assert "A1 is before everybody now." in answer.text
    (row,) = rows(session)
    assert ops.from_json(row.operations) == (DAYS_20,)
    assert row.rationale == "More time."


def test_pressing_twice_proposes_once(lille, case, session):
    data = form(**{"text_answer-time": WORDS_20})
    for _ in range(2):
        assert lille.post(at(case), data=data).headers["Location"].endswith("/amendments/A1")
    assert len(rows(session)) == 1


def test_a_draft_is_kept_gone_on_with_and_proposed(lille, case, session):
    there = lille.post(at(case), data=form("keep", **{"text_answer-time": WORDS_20}))
    address = there.headers["Location"]
    text = lille.get(address).text
    assert typed(text, "text-answer-time") == WORDS_20
    seen = rows(session)[0].row_version
    data = form("propose", **{"text_answer-time": WORDS_20[:-1] + ".", "rationale": "So."})
    answer = lille.post(address, data={**data, "row_version": seen})
    assert answer.headers["Location"].endswith("/amendments/A1")
    assert rows(session)[0].rationale == "So."


def test_another_partys_draft_is_not_found(client, case, sign_in):
    draft = make_draft(case, "Lille", DAYS_20)
    sign_in(client, case.people["Porto"])
    address = at(case, f"/drafts/{draft.id}")
    assert client.get(address).status_code == 404
    assert client.post(address, data=form()).status_code == 404
    assert client.post(f"{address}/discard").status_code == 404


def test_a_draft_is_discarded(lille, case, session):
    draft = make_draft(case, "Lille", DAYS_20)
    answer = lille.post(at(case, f"/drafts/{draft.id}/discard"), follow_redirects=True)
    assert "The draft is gone." in answer.text
    assert rows(session) == []


def test_an_empty_change_is_refused(lille, case, session):
    same = {"text_answer-time": TREE.find("answer-time").text}
    answer = lille.post(at(case), data=form(**same, rationale="Kept words."))
    assert answer.status_code == 422
    assert "Change something in the text first." in answer.text
    assert typed(answer.text, "rationale") == "Kept words."
    assert rows(session) == []


@pytest.mark.parametrize("do", ["keep", "propose"])
def test_after_the_deadline_the_words_are_kept_on_the_page(lille, case, session, clock, do):
    clock.go_on(days=30)
    answer = lille.post(at(case), data=form(do, **{"text_answer-time": WORDS_20}))
    assert answer.status_code == 409
    assert "Round 1 closed" in answer.text
    assert "you pressed the button" in answer.text
    assert typed(answer.text, "text-answer-time") == WORDS_20
    assert rows(session) == []


def test_just_before_the_deadline_it_counts(lille, case, session, clock):
    clock.set(case.round.closes_at - timedelta(microseconds=1))
    assert lille.post(at(case), data=form(**{"text_answer-time": WORDS_20})).status_code == 303


def test_before_the_opening_and_after_the_close_there_is_no_page(lille, case, clock):
    clock.set(case.round.opens_at - timedelta(seconds=1))
    assert lille.get(at(case)).status_code == 409
    clock.set(case.round.closes_at)
    assert lille.get(at(case)).status_code == 409


def test_a_stale_draft_shows_both_texts_and_then_goes_through(lille, case, session):
    draft = make_draft(case, "Lille", DAYS_20)
    seen = draft.row_version
    other = ops.replace_text(TREE, "ending", "A Hub leaves with nine months of notice.")
    act.edit_draft_amendment(
        case.actor("Lille"), draft, operations=[other], rationale="Theirs.", seen=seen
    )
    address = at(case, f"/drafts/{draft.id}")
    mine = {**form("keep", **{"text_answer-time": WORDS_20}), "row_version": seen}
    answer = lille.post(address, data=mine)
    assert answer.status_code == 409
    assert "A colleague changed this draft meanwhile." in answer.text
    assert "with “with nine months of” in Article 3" in answer.text
    assert typed(answer.text, "text-answer-time") == WORDS_20
    fresh = re.search(r'name="row_version" value="(\d+)"', answer.text)[1]
    assert lille.post(address, data={**mine, "row_version": fresh}).status_code == 303
    assert ops.from_json(rows(session)[0].operations) == (DAYS_20,)


def test_words_for_another_text_are_not_taken_for_changes(lille, case, session):
    answer = lille.post(at(case), data=form(base="0123", **{"text_answer-time": WORDS_20}))
    assert answer.status_code == 409
    assert "reads differently since you opened" in answer.text
    assert f'value="{STAMP}"' in answer.text
    assert rows(session) == []


def test_clauses_are_added_moved_and_deleted(lille, case, session):
    answer = lille.post(at(case), data=form("add behind answer-time"))
    new = re.search(r'name="new" value="((\w+) clause answers answer-time)"', answer.text)
    data = form(
        "propose",
        new=new[1],
        delete="answer-form",
        **{f"text_{new[2]}": "A *new*  clause.", "side_ending": "before", "move_ending": "1.1"},
    )
    lille.post(at(case), data={**data, "open": ["answers", "ending"]})
    text = ops.apply(TREE, ops.from_json(rows(session)[0].operations))
    assert [node.key for node in text.find("answers").children] == ["answer-time", new[2]]
    assert text.find(new[2]).text == "A *new* clause."
    assert text.find("scope").children[0].key == "ending"


def test_a_new_clause_is_taken_out_again(lille, case):
    data = form("drop cnew", new="cnew clause answers answer-time")
    answer = lille.post(at(case), data=data)
    assert answer.status_code == 200 and "cnew" not in answer.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"side_ending": "behind", "move_ending": "Article 9"}, "There is no clause “Article 9”."),
        ({"text_ending": ""}, None),
        ({"text_answer-time": " "}, "No words are left here."),
        ({"new": "cnew clause answers answer-time"}, "No words are left here."),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(lille, case, fields, sentence):
    answer = lille.post(at(case), data={**form("look", **fields), "open": ["answers", "ending"]})
    assert answer.status_code == (422 if sentence else 200)
    if sentence:
        assert 'class="error"' in answer.text
        assert sentence in answer.text


def test_hostile_fields_are_left_aside(lille, case, session):
    data = form(
        "look",
        new=["<b> clause a b", "x y", "cnew wall answers -", "c" * 40 + " clause answers -"],
        delete="no-such",
        side_answers="through",
        **{"text_no-such": "x", "text_answer-time": "<script>alert(1)</script> {{x}} [[no-such]]"},
    )
    answer = lille.post(at(case), data=data)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "[[no-such]]" in answer.text
    assert "refers to no-such, which is no longer in the text" in answer.text


def test_an_amendment_is_amended_on_its_own_wording(lille, case, session):
    make_amendment(case, "Porto", DAYS_20)
    text = lille.get(at(case, "/new?amends=A1")).text
    assert typed(text, "text-answer-time") == WORDS_20
    stamp = re.search(r'name="base"[^>]*value="(\w+)"', text)[1]
    data = form(base=stamp, **{"text_answer-time": WORDS_20.replace("20", "25")})
    answer = lille.post(at(case, "/new?amends=A1"), data=data)
    assert answer.headers["Location"].endswith("/A1.1")


def test_an_amendment_to_an_amendment_has_no_such_page(lille, case):
    primary = make_amendment(case, "Porto", DAYS_20)
    step = rewording(case, "answer-time", "20", "25", primary)
    make_amendment(case, "Tartu", step, to=primary)
    assert lille.get(at(case, "/new?amends=A1.1")).status_code == 409


def test_a_better_wording_withdraws_the_older_one(lille, case, session):
    make_amendment(case, "Lille", DAYS_20)
    there = at(case, "/new?replaces=A1")
    assert typed(lille.get(there).text, "text-answer-time") == WORDS_20
    answer = lille.post(there, data=form(**{"text_answer-time": WORDS_20.replace("20", "25")}))
    assert answer.headers["Location"].endswith("/A2")
    assert [row.state for row in rows(session)] == ["withdrawn", "proposed"]


def test_the_facilitator_enters_what_a_hub_sent(client, case, sign_in, session):
    sign_in(client, case.facilitator)
    assert 'name="on_behalf_of"' in client.get(at(case)).text
    code = case.organisations["Porto"].code
    data = {**form(**{"text_answer-time": WORDS_20}), "on_behalf_of": code}
    client.post(at(case), data=data)
    (row,) = rows(session)
    assert row.organisation_id == case.organisations["Porto"].id
    assert row.entered_by == case.facilitator.id


def test_nobody_else_enters_for_another(lille, case, session):
    data = {**form(**{"text_answer-time": WORDS_20}), "on_behalf_of": "ZZZ"}
    assert lille.post(at(case), data=data).status_code == 422
    assert rows(session) == []


def test_what_is_in_doubt_is_written_anew(lille, case, session):
    row = make_amendment(case, "Lille", DAYS_20)
    assert lille.get(at(case, "/A1/rewrite")).status_code == 409
    row.rebase_state = "attention"
    assert typed(lille.get(at(case, "/A1/rewrite")).text, "text-answer-time") == WORDS_20
    data = form(**{"text_answer-time": WORDS_20.replace("20", "25")})
    assert lille.post(at(case, "/A1/rewrite"), data=data).status_code == 303
    (fresh,) = rows(session)
    assert fresh.rebase_state == "clean"
    assert "25 working" in fresh.operations[0]["text"]


def test_the_part_that_follows_the_typing(lille, case, session):
    make_amendment(case, "Porto", DAYS_20)
    there = at(case, "/understood")
    text = lille.post(
        there, data=form("look", **{"text_answer-time": WORDS_20.replace("20", "60")})
    ).text
    assert "with “within 60 working days”" in text
    assert "Both can’t be adopted." in text
    assert "<html" not in text
    assert "No words are left" in lille.post(there, data=form(**{"text_answer-time": ""})).text
    draft = make_draft(case, "Porto", DAYS_20)
    assert lille.post(f"{there}?draft={draft.id}", data=form()).status_code == 404
    assert lille.post(f"{there}?draft=nonsense", data=form()).status_code == 422


def test_the_form_asks_the_database_little(lille, case, count_statements):
    there = at(case, "/new?clause=answers")
    lille.get(there)
    with count_statements() as sent:
        lille.get(there)
    # Who is calling (4); the agreement; its head (4); the round; version and clauses; notices.
    assert len(sent) <= 13, sent


def test_a_draft_of_a_closed_round_offers_its_words_for_a_new_change(lille, case, clock, session):
    draft = make_draft(case, "Lille", DAYS_20)
    there = at(case, f"/drafts/{draft.id}")
    assert "Begin a new change" not in lille.get(there).text
    clock.go_on(days=30)
    assert "Begin a new change" in lille.get(there).text
    data = form("keep", **{"text_answer-time": WORDS_20.replace("20", "25")})
    answer = lille.post(there, data={**data, "row_version": draft.row_version})
    assert answer.status_code == 409
    assert "Your draft is kept as it was saved last." in answer.text
    assert "25 working" in typed(answer.text, "text-answer-time")
    assert ops.from_json(rows(session)[0].operations) == (DAYS_20,)


def test_earlier_words_begin_a_new_change(lille, case):
    draft = make_draft(case, "Lille", DAYS_20)
    text = lille.get(at(case, f"/new?from={draft.id}")).text
    assert typed(text, "text-answer-time") == WORDS_20
    assert lille.get(at(case, "/new?from=A1")).status_code == 404


def test_a_clause_goes_up_and_down_among_its_neighbours_without_script(lille, case):
    moved = {"open": ["answers"], "base": STAMP, "form_key": "k"}
    text = lille.post(at(case), data={**moved, "do": "down answer-time"}).text
    assert 'name="move-answer-time" list="places" value="Article 2.2"' in text
    assert '<option value="behind" selected>' in text and "<span>Moves " not in text
    there = {**moved, "side-answer-time": "behind", "move-answer-time": "Article 2.2"}
    assert "<span>Moves " in lille.post(at(case), data={**there, "do": "look"}).text
    back = lille.post(at(case), data={**there, "do": "up answer-time"}).text
    assert '<option value="behind" selected>' not in back
    assert 'name="move-answer-time" list="places" value=""' in back


def test_what_has_no_number_is_named_by_its_words_or_its_key_when_a_clause_moves_beside_it(
    lille, case
):
    there = {"side-answer-time": "behind", "move-answer-time": "[[answer-form]]", "base": STAMP}
    told = lille.post(at(case), data={**there, "open": "answers", "do": "look"}).text
    assert "<span>Moves " in told
    table = {**there, "open": "answers", "do": "look"}
    for name in ("“Nobody says this”", "[[nobody]]"):
        refused = lille.post(at(case), data={**table, "move-answer-time": name})
        assert refused.status_code == 422 and "There is no clause" in refused.text


def test_neighbours_without_a_number_are_called_by_how_they_begin():
    words = ("First words here.", "Second words here.", "Alike.", "Alike.")
    paras = [Clause(f"p{at}", Kind.PARA, text=text) for at, text in enumerate(words)]
    tree = ClauseTree("T", (Clause("a", Kind.CLAUSE, "One", children=tuple(paras)),))
    sheet = fresh_sheet(tree, labels(tree), ("p0",))
    once = sheet.moving("p0", 1)
    assert once.moves == {"p0": ("behind", "“Second words here.”")}
    there = ops.apply(tree, once.operations())
    assert [node.key for node in there.children_of("a")] == ["p1", "p0", "p2", "p3"]
    assert sheet.moving("p0", 2).moves == {"p0": ("behind", "[[p2]]")}
    assert once.moving("p0", -1).moves == {} == sheet.moving("p0", -5).moves
    held = (ops.MoveClause("p0", "a", "p1"),)
    assert fresh_sheet(tree, labels(tree), ("p0",), held).moves == once.moves
