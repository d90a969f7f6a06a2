"""The demonstration network, made once on each database, and what must be true of it."""

import json
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload, undefer

from app.cli import demo
from app.cli.demonstration import material, story
from app.cli.demonstration.calendar import Calendar
from app.cli.demonstration.network import Network
from app.domain import provenance
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AgreementState, AmendmentState, is_open
from app.formats.docx import lint
from app.kernel import clock as kernel_clock
from app.kernel.errors import Conflict
from app.ledger import audit
from app.models.agreements import Agreement, Version
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot, Vote
from app.models.base import db
from app.models.comments import Comment, Thread
from app.models.decisions import Disposition, ResolutionRow
from app.models.files import StoredFile
from app.models.inside import DraftCheck, InternalNote
from app.models.people import Organisation, User
from app.models.rounds import Round
from app.models.signatures import SignatureRequest
from app.queries import (
    agreements,
    alternatives,
    bundles,
    consolidations,
    demonstration,
    reports,
    saved_answers,
    template_upgrades,
    versions,
)
from tests.backends import SQLiteFile
from tests.factories.people import make_workspace
from tests.web import brackets

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
STORIES = (
    "framework",
    "joint_service",
    "new_service",
    "port_logistics",
    "matchmaking",
    "baltic",
)
BALTIC = "baltic-sea-cooperation-agreement"
_SENTENCE = re.compile(r"(?<=[.?!])\s+")


@pytest.fixture(scope="module")
def made(the_app, backend):
    """The network, made at NOW; tests only read it."""
    with the_app.app_context():
        backend.clean(db.engine)
        with kernel_clock.at(NOW):
            demo.make()
            counted = demonstration.counts(db.session())
        db.session.remove()
    yield SimpleNamespace(app=the_app, counts=counted)
    with the_app.app_context():
        backend.clean(db.engine)


@pytest.fixture
def network(made):
    with made.app.app_context():
        yield db.session()
        db.session.remove()


def the_framework(session) -> Agreement:
    return the_agreement(session, "framework-cooperation-agreement")


def the_agreement(session, slug: str) -> Agreement:
    return session.scalars(select(Agreement).where(Agreement.slug == slug)).one()


def the_ports(session) -> Agreement:
    return the_agreement(session, "port-logistics-matchmaking-agreement")


def test_it_is_as_large_as_the_case_it_tells(made, network):
    assert made.counts["organisations"] == 32
    hubs = network.scalars(select(Organisation).where(Organisation.code.not_in(("ROS", "UDC"))))
    countries = [hub.country for hub in hubs]
    assert (len(countries), len(set(countries))) == (30, 20)
    framework = the_framework(network)
    held = agreements.round_of(network, framework.id)
    assert timedelta(days=28) < held.closes_at - held.opens_at < timedelta(days=32)
    threads = network.scalars(select(Thread).where(Thread.round_id == held.id)).all()
    proposed = network.scalars(select(AmendmentRow).where(AmendmentRow.round_id == held.id)).all()
    assert len(threads) > 150
    assert len([row for row in proposed if row.label]) > 40
    assert made.counts["signed"] == 25


def test_the_record_holds(made, network):
    assert audit.verify(network) == (made.counts["events"], None)


def test_the_framework_waits_for_its_last_signatures(network):
    framework = the_framework(network)
    assert (framework.state, framework.adopted_version) == (AgreementState.SIGNING, 2)
    requests = network.scalars(
        select(SignatureRequest).where(SignatureRequest.agreement_id == framework.id)
    ).all()
    assert Counter(request.state for request in requests) == {"signed": 25, "requested": 5}


def test_every_contribution_has_its_answer(network):
    held = agreements.round_of(network, the_framework(network).id)
    answered = network.scalars(
        select(Disposition.thread_id).where(Disposition.round_id == held.id)
    ).all()
    threads = network.scalars(select(Thread.id).where(Thread.round_id == held.id)).all()
    assert set(threads) == set(answered) - {None}
    states = network.scalars(select(AmendmentRow.state).where(AmendmentRow.round_id == held.id))
    assert AmendmentState.PROPOSED not in set(states)


def test_every_word_of_every_version_has_its_source(network):
    for version in network.scalars(select(Version).options(undefer(Version.provenance))):
        tree = versions.tree_by_id(network, version.id)
        provenance.check(tree, provenance.from_json(version.provenance))
        assert tree.version_hash == version.hash


def test_amendments_are_of_every_kind(network):
    rows = network.scalars(select(AmendmentRow).where(AmendmentRow.label != "")).all()
    kinds = {operation["op"] for row in rows for operation in row.operations}
    assert kinds >= {"replace", "insert", "delete", "move"}
    assert any(row.primary_id for row in rows)
    assert any(row.in_favour_of_id for row in rows)
    hashes = Counter(row.operations_hash for row in rows)
    assert max(hashes.values()) == 2
    assert {row.state for row in rows} >= {"accepted", "rejected", "withdrawn", "fallen"}
    by_facilitator = [row for row in rows if row.organisation_id is None]
    assert [row.state for row in by_facilitator] == ["accepted"]
    assert len(network.scalars(select(ResolutionRow)).all()) >= 3


def test_ballots_follow_different_rules(network):
    ballots = network.scalars(
        select(Ballot).where(Ballot.agreement_id == the_framework(network).id)
    ).all()
    assert len({json.dumps(ballot.rule, sort_keys=True) for ballot in ballots}) >= 6
    assert {ballot.outcome for ballot in ballots} == {"carried", "lost", "inquorate"}
    assert {ballot.subject for ballot in ballots} >= {
        "amendment",
        "alternatives",
        "straw",
        "whole_text",
    }
    assert any(ballot.is_confidential for ballot in ballots)
    assert any(not vote.is_live for vote in network.scalars(select(Vote)))


def test_no_two_comments_share_a_sentence(network):
    said = Counter(
        sentence.strip().casefold()
        for text in network.scalars(select(Comment.text))
        for sentence in _SENTENCE.split(text)
    )
    assert [sentence for sentence, times in said.items() if times > 1] == []


def test_replies_come_after_what_they_answer(network):
    said: dict[object, list[datetime]] = {}
    for comment in network.scalars(select(Comment).order_by(Comment.created_at, Comment.id)):
        said.setdefault(comment.thread_id, []).append(comment.created_at)
    assert all(len(set(moments)) == len(moments) for moments in said.values())


def test_every_quote_stood_in_its_clause(network):
    first = {
        held.id: versions.tree_by_id(network, held.version_id)
        for held in network.scalars(select(Round))
    }
    for thread in network.scalars(select(Thread).where(Thread.quote != "")):
        tree: ClauseTree = first[thread.round_id]
        if thread.anchor_state != "clause_gone":
            words = provenance.plain_part(tree.find(thread.clause_key), thread.part)
            assert thread.quote in words


def test_nobody_has_a_password(network):
    assert set(network.scalars(select(User.password))) == {None}


def test_the_execution_version_is_sound(network):
    file = network.scalars(select(StoredFile).where(StoredFile.name.endswith(".docx"))).one()
    assert lint.check(file.content) == ()


def test_a_hub_talks_inside_and_waits_for_a_check(network):
    note = network.scalars(select(InternalNote).options(selectinload(InternalNote.remarks))).one()
    assert len(note.remarks) == 2
    draft = network.scalars(
        select(AmendmentRow).where(AmendmentRow.state == AmendmentState.DRAFT)
    ).one()
    assert network.scalars(select(DraftCheck.amendment_id)).one() == draft.id
    assert note.organisation_id == draft.organisation_id


def test_a_visitor_finds_something_to_do(network):
    rounds = network.scalars(select(Round)).all()
    ballots = network.scalars(select(Ballot)).all()
    assert [one for one in rounds if is_open(NOW, one.opens_at, one.closes_at)]
    assert [one for one in ballots if is_open(NOW, one.opens_at, one.closes_at)]
    found = network.scalars(select(Agreement)).all()
    scenarios = {one.scenario for one in found}
    assert scenarios == {"framework", "joint-service", "new-service", "matchmaking"}
    assert {one.state for one in found} == {
        AgreementState.DRAFTING,
        AgreementState.CONSULTATION,
        AgreementState.VOTING,
        AgreementState.CONSOLIDATION,
        AgreementState.SIGNING,
    }


def test_the_facilitator_finds_a_desk_with_work_left(network):
    held = agreements.round_of(network, the_ports(network).id)
    rows = network.scalars(select(AmendmentRow).where(AmendmentRow.round_id == held.id)).all()
    threads = network.scalars(select(Thread.id).where(Thread.round_id == held.id)).all()
    answered = network.scalars(select(Disposition).where(Disposition.round_id == held.id)).all()
    all_ = len(rows) + len(threads)
    assert all_ / 2 < len(answered) < all_ * 4 / 5
    assert {"accepted", "duplicate_of"} <= {one.outcome for one in answered}
    assert [len(rows) for rows in alternatives.declared_in(network, held).values()] == [2]
    bundle = bundles.bundles_of(network, held.agreement_id)[0]
    assert is_open(NOW, bundle.opens_at, bundle.closes_at)
    assert len(saved_answers.saved_answers_of(held.agreement_id)) == 3
    settled = network.scalars(select(ResolutionRow).where(ResolutionRow.round_id == held.id)).one()
    assert settled.choice == "own"
    assert settled.why


def test_the_facilitator_finds_conflicts_to_settle(network):
    held = agreements.round_of(network, the_ports(network).id)
    standing = consolidations.standing_of(network, held)
    open_ = {conflict.clause for conflict in standing.merged.conflicts}
    assert open_ == {"c-several", "intro-language"}
    assert (
        "objects in writing and with reasons within fifteen"
        in standing.preview.find("intro-object").text
    )
    assert "For 18 months" in (duty := standing.preview.find("protect-duty").text)
    assert duty.endswith("the port named in the Partner Request.")
    assert "again 18 months" in standing.preview.find("follow-ask").text
    assert standing.preview.find("search-content").text.startswith(
        "A proposal shall describe the Candidate by field, size, region, relevant experience, "
        "certificates for dangerous goods and the ports in which it works. It"
    )


def test_the_report_names_each_place_once(network):
    ports = the_ports(network)
    held = agreements.round_of(network, ports.id)
    lines = reports.report_of(ports, held, NOW, "").lines
    named = {(one.clause, one.paragraph) for one in lines}
    assert {("Annex C Success fee", "1"), ("Annex C Success fee", "3")} <= named


def test_a_newer_template_is_offered_to_a_draft(network):
    offered = template_upgrades.upgrade_of(network, the_agreement(network, BALTIC))
    assert (offered.old.version, offered.new.version) == ("1.0.0", "1.1.0")
    assert len([one for one in offered.offers if one.state == "clean"]) > 4


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2027, 3, 28), date(2028, 2, 29)])
def test_everything_lies_in_the_past(day):
    calendar = Calendar(day)
    acts = story.acts(Network(material.cast(), calendar))
    assert acts[-1].at < calendar.at(0, 0)
    assert acts == sorted(acts, key=lambda act: act.at)


def test_no_page_shows_text_that_no_catalogue_knows(made, network, backend, sign_in, tmp_path):
    """In a language of brackets nothing stands outside them but what somebody wrote."""
    if not isinstance(backend, SQLiteFile):
        pytest.skip("The pages are the same on every database.")
    facilitator = network.scalars(select(User).where(User.email == "sofie.maes@ros.example")).one()
    with brackets.spoken(made.app, tmp_path), kernel_clock.at(NOW):
        assert not brackets.walked(sign_in(made.app.test_client(), facilitator))


def test_the_command_prints_its_counts_and_makes_it_once(made, network, capsys):
    assert demo.demo(["--no-serve"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == made.counts
    assert set(told) == {"organisations", "comments", "amendments", "ballots", "signed", "events"}


# The next two empty the database, so they come after all that read what was made.


def test_another_network_is_left_alone(session):
    make_workspace("Somebody else's network")
    session.commit()
    with pytest.raises(Conflict, match="Somebody else's network"):
        demo.make()


def test_a_half_made_network_is_not_served(session):
    make_workspace(material.cast().network)
    session.commit()
    with pytest.raises(Conflict, match="broken off"):
        demo.make()


@pytest.mark.parametrize("story", STORIES)
def test_the_material_speaks_of_what_there_is(story):
    told, cast = material.round_material(story), material.cast()
    signs = {hub.code for hub in cast.hubs}
    assert {remark.hub for remark in told.remarks} <= signs
    assert {sign for stand in told.stands for sign in (*stand.says, *stand.why)} <= signs
    assert {proposal.hub for proposal in told.proposals} <= signs | {""}
    names = {proposal.id for proposal in told.proposals}
    assert {name for one in told.questions for name in one.amendments} <= names
    needs = {"rejected", "accepted_in_part", "out_of_scope"}
    assert all(remark.answer for remark in told.remarks if remark.outcome in needs)
