"""What happened, as sentences and as it is exported."""

import hashlib
import json
from datetime import timedelta

from sqlalchemy import select

from app.actions import amendments, ballots
from app.domain import operations as ops
from app.domain.ballots import VotingRule
from app.domain.events import INTERNAL
from app.kernel import clock
from app.ledger import audit
from app.models.audit import AuditEntry
from app.models.base import db
from app.queries import activity
from app.queries.activity import NOUNS
from tests.factories.agreements import TREE, make_case
from tests.factories.people import START
from tests.factories.versions import propose, two_versions

DURING = START + timedelta(days=6)


def voted():
    case = make_case()
    text = TREE.find("answer-time").text.replace("15", "20")
    row = propose(case, "Lille", ops.replace_text(TREE, "answer-time", text))
    with clock.at(DURING):
        ballot = ballots.open_ballot(
            case.actor("facilitator"),
            case.round,
            question="Do you want it?",
            rule=VotingRule(),
            closes_at=DURING + timedelta(days=2),
            amendments=[row],
        )
        ballots.cast_vote(case.actor("Porto"), ballot, choice="no")
    return case, ballot


def test_entries_say_who_and_what_the_newest_first(session):
    case, _ = voted()
    held = activity.activity_of(session, case.agreement)
    first, second, third = held.entries
    assert first.sentence.format(**first.params) == "Porto voted in ballot 1."
    assert (first.who.name, first.person) == ("Porto", "Person Porto")
    assert (second.noun, second.name) == ("ballot", 1)
    assert third.sentence.format(**third.params) == "Lille proposed amendment A1."
    assert held.hold
    assert held.older is None


def test_a_draft_is_nobodys_business_and_a_noun_narrows(session):
    case, _ = voted()
    tags = {entry.sentence for entry in activity.activity_of(session, case.agreement).entries}
    assert not any("draft" in words for words in tags)
    only = activity.activity_of(session, case.agreement, noun="amendment").entries
    assert {entry.noun for entry in only} == {"amendment"}
    assert activity.known(NOUNS, "ballot") == "ballot"
    assert activity.known(NOUNS, "'; drop table") == ""


def test_what_happens_inside_is_told_to_its_own_people_and_in_no_export(session):
    case, _ = voted()
    own = [case.organisations["Lille"].id]
    inside = [e for e in activity.activity_of(session, case.agreement, own).entries if e.is_inside]
    assert [one.sentence for one in inside] == ["{organisation} keeps a draft amendment."]
    for other in ("Porto", "Tartu"):
        theirs = [case.organisations[other].id]
        told = activity.activity_of(session, case.agreement, theirs).entries
        assert not any(one.is_inside for one in told)
    assert not any(o.get("tag") in INTERNAL for o in activity.exported(session, case.agreement))


def test_long_records_come_in_stretches(session, monkeypatch):
    monkeypatch.setattr(activity, "PAGE", 2)
    case, _ = voted()
    held = activity.activity_of(session, case.agreement)
    assert len(held.entries) == 2
    rest = activity.activity_of(session, case.agreement, before=held.older)
    assert [entry.noun for entry in rest.entries] == ["amendment"]
    assert rest.older is None


def test_anyone_can_recompute_the_export(session):
    case = two_versions()
    lines = [json.loads(json.dumps(one)) for one in activity.exported(session, case.agreement)]
    before = {"seq": 0}
    for line in lines:
        told = line.pop("hash")
        if line["seq"] == before["seq"] + 1:
            assert line["previous"] == before["hash"]
        before = {"seq": line["seq"], "hash": told}
        if not line.get("held_back"):
            text = json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
            assert hashlib.sha256(b"\0" + text.encode()).hexdigest() == told


def test_drafts_are_left_out_and_votes_keep_their_place_without_their_words(session):
    case, ballot = voted()
    lines = list(activity.exported(session, case.agreement))
    assert {one.get("tag") for one in lines} == {"amendment:proposed", "ballot:opened", None}
    held = [one for one in lines if one.get("held_back")]
    assert [set(one) for one in held] == [{"seq", "previous", "hash", "held_back"}]
    with clock.at(DURING + timedelta(days=3)):
        ballots.count_ballot(case.actor("facilitator"), ballot)
    votes = [o for o in activity.exported(session, case.agreement) if o.get("tag") == "vote:cast"]
    assert [one["data"]["choice"] for one in votes] == ["no"]


def test_the_hash_of_a_vote_that_is_held_back_cannot_be_guessed(session):
    case, _ = voted()
    entry = session.scalars(select(AuditEntry).where(AuditEntry.tag == "vote:cast")).one()
    assert entry.data["choice"] == "no"
    assert len(entry.data["salt"]) >= 32
    fields = audit.exported(entry)
    guesses = [
        {**fields, "data": {**entry.data, "choice": choice, "salt": ""}}
        for choice in ("yes", "no", "abstain")
    ]
    assert entry.hash not in {audit.hash_of(guess) for guess in guesses}
    shown = json.dumps(list(activity.exported(session, case.agreement)))
    assert entry.data["salt"] not in shown


def test_other_agreements_are_not_told_of(session):
    _case, _ = voted()
    other = make_case("Riga")
    assert activity.activity_of(session, other.agreement).entries == ()
    assert list(activity.exported(session, other.agreement)) == []


def test_statements_do_not_grow(session, count_statements):
    case, _ = voted()
    for _ in range(2):
        agreement = case.agreement
        db.session.commit()
        with count_statements() as sent:
            activity.activity_of(session, agreement)
        # The agreement again after the commit is not counted: it is in the session.
        assert len(sent) == 3, sent
        with clock.at(DURING):
            draft = amendments.draft_amendment(
                case.actor("Tartu"),
                case.round,
                operations=[ops.set_heading(TREE, "ending", "Leaving")],
                rationale="Shorter.",
            )
            amendments.propose_amendment(case.actor("Tartu"), draft)
