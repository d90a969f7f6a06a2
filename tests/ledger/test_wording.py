"""Every event as a sentence that a person would write."""

import dataclasses
import re

import pytest

from app.domain import events as e
from app.domain.lifecycle import AmendmentState, CopyState, Outcome
from app.kernel.said import Said, said
from app.ledger import wording

SAMPLES = {
    "name": "A network",
    "title": "Cooperation Agreement",
    "template": "framework-cooperation 1.1.0",
    "file": "agreement.docx",
    "organisation": "Lille",
    "kind": "observer",
    "role": "legal_contact",
    "state": "accepted",
    "outcome": "carried",
    "amendment": "A1.2",
    "closes_at": "2026-12-04T17:00:00+00:00",
}


def sample(kind: type[e.Event]) -> dict[str, object]:
    return {one.name: SAMPLES.get(one.name, 7) for one in dataclasses.fields(kind)}


def told(event: e.Event, actor: str = "Claire Dumont", zone: str = "Europe/Brussels") -> str:
    return wording.told(event.tag, event.to_json(), actor, zone)


def test_every_kind_of_event_has_one_sentence_and_no_sentence_is_without_its_kind():
    assert set(wording.SENTENCES) == set(e.EVENTS.values())
    assert len(set(wording.SENTENCES.values())) == len(wording.SENTENCES)
    assert set(wording.FOR_NO_ORGANISATION) <= set(e.EVENTS.values())


@pytest.mark.parametrize("tag", sorted(e.EVENTS))
def test_the_sentence_is_full_and_leaves_no_blank(tag):
    filled = wording.told(tag, sample(e.EVENTS[tag]), "Claire Dumont", "Europe/Brussels")
    assert re.fullmatch(r"[A-Z][^{}_]*[a-z0-9)]\.", filled)
    assert "  " not in filled and "T17" not in filled


@pytest.mark.parametrize("kind", wording.FOR_NO_ORGANISATION)
def test_what_the_facilitator_does_for_nobody_leaves_no_gap(kind):
    filled = wording.told(kind.tag, {**sample(kind), "organisation": ""}, "Sofie Maes", "UTC")
    assert re.fullmatch(r"Sofie Maes [^{}_]*[a-z0-9)]\.", filled)
    assert "for " not in filled and "  " not in filled


@pytest.mark.parametrize("kind", e.EVENTS.values())
def test_what_a_reader_may_open_is_in_the_agreement_or_named_by_a_field(kind):
    noun, value = wording.about(kind.tag, sample(kind))
    assert noun == kind.about
    assert (value is not None) == (noun in {one.name for one in dataclasses.fields(kind)})


def test_a_moment_is_told_in_the_zone_of_the_reader():
    event = e.RoundExtended(round=2, closes_at="2026-12-04T23:30:00+00:00")
    assert (
        told(event, zone="Europe/Brussels")
        == "Claire Dumont extended round 2 until Sat 5 Dec 2026, 00:30."
    )
    assert told(event, zone="America/New_York").endswith("until Fri 4 Dec 2026, 18:30.")


def test_a_moment_is_told_by_the_clock_of_its_own_day():
    """Summer time is that of the deadline, not of today."""
    event = e.BallotExtended(ballot=1, closes_at="2026-07-01T10:00:00+00:00")
    assert told(event).endswith("Wed 1 Jul 2026, 12:00.")


def test_states_read_as_words():
    event = e.SeatGiven(organisation="Lille", role="legal_contact", person="x")
    assert told(event) == "Claire Dumont gave a seat as legal contact for Lille."
    answered = e.CommentAnswered(thread=3, outcome="duplicate_of", commitment="")
    assert told(answered) == "Claire Dumont answered comment 3: a duplicate."


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_reads_as_words(outcome):
    assert "_" not in told(e.AmendmentAnswered(amendment="A1", outcome=outcome, commitment=""))


@pytest.mark.parametrize("state", [*AmendmentState, *CopyState])
def test_every_state_ends_a_sentence(state):
    assert told(e.AmendmentDecided(amendment="A1", state=state)) == f"Amendment A1 is {state}."


def test_names_stand_as_people_wrote_them():
    event = e.AgreementImported(title="My_{title}", file="the_text.docx", sha256="", unmapped=0)
    assert told(event) == "Claire Dumont started My_{title} from the file the_text.docx."


def test_what_nobody_did_is_done_by_the_house():
    assert told(e.BallotVoided(ballot=4), actor="") == "Concordat declared ballot 4 void."


def test_what_somebody_owes_is_told_as_sentences_and_as_words_where_it_was_stored_so():
    owes = (said("vote in ballot {number}", number=4), said("sign the agreement"))
    event = e.PersonReminded("x", owes)
    held = event.to_json()["owes"]
    assert held[0]["params"] == {"number": 4}
    assert told(event) == "Claire Dumont reminds: vote in ballot 4, sign the agreement."
    assert all(
        isinstance(one, Said)
        for one in wording.told(event.tag, event.to_json(), "", "UTC").params["owes"]
    )
    old = wording.told(event.tag, {"person": "x", "owes": ["sign it"]}, "Ana", "UTC")
    assert old == "Ana reminds: sign it."
