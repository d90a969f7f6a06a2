"""Where a file was taken from, and what it would bring by clause."""

import hashlib
from datetime import timedelta

import pytest

from app.domain import operations, prose
from app.domain.returned_lines import lines_of
from app.formats.docx import revisions_reader
from app.formats.docx.comments import Note
from app.kernel.errors import NotFound
from app.queries import word_exports, word_returns
from app.queries.versions import tree_by_id
from app.queries.word_exports import Wish
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import comment, reword
from tests.factories.people import START
from tests.factories.returned import NEW, file_of
from tests.factories.versions import next_round, two_versions
from tests.formats.docx import settling

DURING = START + timedelta(days=2)


@pytest.fixture
def case(session, clock):
    clock.set(DURING)
    made = make_case()
    session.commit()
    return made


def looked(case, session, data, by="Lille", opened=None):
    document = revisions_reader.read(data)
    source = word_returns.recognise(session, case.actor(by), document, case.agreement)
    found = word_returns.preview(
        session, source, opened or case.round, document,
        sha256=hashlib.sha256(data).hexdigest(), person=case.actor(by).user_id,
    )  # fmt: skip
    return source, found


def proposed_sets_file(case, session):
    """The copy with the open amendments as tracked changes, as somebody takes it along."""
    return word_exports.export(session, case.agreement, Wish("open")).content


def test_a_file_names_its_text_or_is_known_by_its_words(case, session):
    source, found = looked(case, session, file_of(case))
    assert (source.how, source.version.id) == ("named", case.version.id)
    (group,) = found.groups
    (offer,) = group.offers
    assert (group.key, offer.item.authors, offer.state) == ("answer-time", ("Ana Ito",), "clean")
    steps = word_returns.carried(found, [offer.item.number])
    assert operations.apply(TREE, steps) == NEW
    source, again = looked(case, session, file_of(case, named=False))
    assert source.how == "alike"
    assert [one.offers[0].item.clause for one in again.groups] == ["answer-time"]


def test_a_strangers_file_and_one_of_another_agreement_are_told_apart(case, session):
    other = TREE.replace("scope-aim", text="Something else entirely is written in this clause.")
    for node in TREE.walk():
        if node.text:
            other = other.replace(node.key, text=f"Foreign words {node.key} of another text.")
    with pytest.raises(NotFound, match="reads like none of yours"):
        looked(case, session, file_of(case, other, old=other, named=False))
    source = word_returns.chosen(session, case.agreement, 1)
    assert source.how == "chosen"
    with pytest.raises(NotFound, match="no version 9"):
        word_returns.chosen(session, case.agreement, 9)
    elsewhere = make_case("Lille2", "Porto2", "Tartu2")
    session.commit()
    with pytest.raises(NotFound, match="reads like none"):
        word_returns.recognise(
            session, case.actor("Lille"),
            revisions_reader.read(file_of(elsewhere, other, old=other)), case.agreement,
        )  # fmt: skip
    everything = frozenset(prose.plain(line.text) for line in lines_of(TREE))
    assert word_returns.share(everything, TREE) == 1.0
    assert word_returns.share(frozenset(), TREE) == 0.0


def test_what_is_proposed_already_is_left_alone(case, session):
    reword(case, "Porto", "15", "20")
    made = proposed_sets_file(case, session)
    _, found = looked(case, session, made)
    assert (found.pending, found.groups) == (("A1",), ())


@pytest.mark.parametrize("fate", ["accepted", "rejected"])
def test_what_was_accepted_or_rejected_in_word_is_said_and_brings_nothing(case, session, fate):
    reword(case, "Porto", "15", "20")
    reword(case, "Tartu", "cooperate", "work together", "scope-aim")
    data = proposed_sets_file(case, session)
    hands = [one.date for one in revisions_reader.read(data).origin.amendments]
    _, found = looked(case, session, settling.settled(data, **{fate: hands}))
    assert (found.fates, found.groups, found.pending) == ({fate: ["A1", "A2"]}, (), ())


def test_what_a_file_claims_of_amendments_counts_only_where_they_ask_for_the_same(case, session):
    row = reword(case, "Porto", "15", "20")
    data = proposed_sets_file(case, session)
    hands = [one.date for one in revisions_reader.read(data).origin.amendments]
    row.operations_hash = "another"
    session.flush()
    _, found = looked(case, session, settling.settled(data, accepted=hands))
    assert found.fates == {}
    assert [one.item.tracked for group in found.groups for one in group.offers] == [False]


def test_what_is_changed_beside_something_accepted_in_word_is_carried_to_the_text(case, session):
    reword(case, "Porto", "15", "20")
    data = proposed_sets_file(case, session)
    hands = [one.date for one in revisions_reader.read(data).origin.amendments]
    data = settling.settled(data, accepted=hands)
    data = settling.changed_body(data, lambda body: body.replace(b"cooperate", b"work together"))
    _, found = looked(case, session, data)
    (group,) = found.groups
    (offer,) = group.offers
    assert (group.key, offer.state, found.fates) == ("scope-aim", "clean", {"accepted": ["A1"]})
    tree = operations.apply(TREE, word_returns.carried(found, [offer.item.number]))
    assert "work together" in tree.find("scope-aim").text
    assert tree.find("answer-time") == TREE.find("answer-time")


def test_what_an_amendment_asks_for_already_says_so(case, session):
    reword(case, "Porto", "15", "20")
    _, found = looked(case, session, file_of(case))
    (offer,) = found.groups[0].offers
    assert (offer.same_as, offer.state) == ("A1", "clean")


def test_comments_find_their_conversations(case, session):
    thread = comment(case, "Lille", "Why?", "answer-time")
    notes = {"answer-time": (Note("Dee", "Since when?", "2026-05-02T09:00:00Z"),)}
    _, found = looked(case, session, file_of(case, TREE, notes=notes))
    (remark,) = found.groups[0].remarks
    assert (remark.kind, remark.text, remark.clause) == ("thread", "Since when?", "answer-time")
    assert found.threads == {str(thread.number): thread.id}


def test_a_copy_of_an_older_version_is_carried_to_the_present_one(session, clock):
    case = two_versions()
    next_round(case)
    clock.set(case.round.opens_at + timedelta(days=1))
    present = tree_by_id(session, case.round.version_id)
    late = NEW.replace("scope-aim", text="The Hubs cooperate across all borders.")
    late = late.replace("scope-limit", text="Nothing here makes any Hub the agent of another.")
    data = file_of(case, late)
    source, found = looked(case, session, data)
    assert (source.version.number, found.is_older) == (1, True)
    states = {
        offer.item.clause: (offer.state, offer.why) for one in found.groups for offer in one.offers
    }
    assert states == {
        "answer-time": ("obsolete", "The text says so already."),
        "scope-aim": ("clean", ""),
        "scope-limit": ("attention", "The clause it changes is no longer there."),
    }
    (number,) = [one.number for one in found.returned.items if one.clause == "scope-aim"]
    tree = operations.apply(present, word_returns.carried(found, [number]))
    assert tree.find("scope-aim").text == "The Hubs cooperate across all borders."
