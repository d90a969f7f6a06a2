"""Editing a draft and filling its blanks."""

from dataclasses import replace

import pytest

from app.actions import agreements, drafts
from app.domain import placeholders, provenance
from app.domain.clauses import Clause, ClauseTree, Kind, Numbering
from app.domain.lifecycle import AgreementState
from app.domain.provenance import Source
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, NotAllowed, WrongMoment
from app.models.agreements import Draft
from app.models.audit import AuditEntry
from app.models.base import db
from app.queries.people import actor_of
from tests.factories.agreements import TREE
from tests.factories.people import START, make_organisation, make_user, make_workspace

BLANKS = ClauseTree(
    "Sharing",
    (
        Clause("term", Kind.CLAUSE, "Term", "It ends on **{{end}}**."),
        Clause("fee", Kind.CLAUSE, "Fee for {{client.name}}", "{{client.name}} pays."),
        Clause("raw", Kind.VERBATIM, "", "{{end}} stays"),
    ),
)


def make_draft(session, tree: ClauseTree = TREE):
    person = make_user("Sofie Maes", of=make_organisation("Ghent"))
    workspace = make_workspace()
    with clock.at(START):
        agreement = agreements.start_agreement(
            actor_of(session, person.id),
            workspace,
            tree=tree,
            beside={},
            provenance=provenance.to_json(provenance.initial(tree, Source("template", "t 1"))),
            timezone="UTC",
        )
    return actor_of(session, person.id), session.get_one(Draft, agreement.id)


def text(draft: Draft) -> ClauseTree:
    tree = ClauseTree.from_json(draft.tree)
    provenance.check(tree, provenance.from_json(draft.provenance))
    return tree


def test_the_text_is_saved_and_every_word_keeps_its_source(session):
    actor, draft = make_draft(session)
    words = "The Hubs cooperate closely across borders."
    wanted = TREE.replace("scope-aim", text=words)
    drafts.edit_draft(actor, draft, tree=wanted, seen=draft.row_version)

    assert text(draft) == wanted
    spans = provenance.from_json(draft.provenance)["scope-aim"].text
    assert {span.source.origin for span in spans} == {"template", "edit"}
    assert sum(span.length for span in spans if span.source.origin == "edit") < len(words) // 2
    entry = db.session.query(AuditEntry).filter_by(tag="draft:edited").one()
    assert "scope-aim" in str(entry.data)
    assert "closely" not in str(entry.data)


def test_clauses_come_go_and_move(session):
    actor, draft = make_draft(session)
    new = Clause("c2345abcdef", Kind.CLAUSE, "Costs", "Each Hub bears its own.")
    place = TREE.place_of("ending")
    wanted = (
        TREE.remove("answers")
        .move("ending", TREE.place_of("scope"))
        .insert(replace(place, after="scope"), new)
    )
    drafts.edit_draft(actor, draft, tree=wanted, seen=draft.row_version)

    assert text(draft) == wanted
    assert provenance.from_json(draft.provenance)[new.key].text[0].source.origin == "edit"


def test_title_and_numbers_change_alone(session):
    given = replace(TREE, clauses=(replace(TREE.clauses[0], number="§ 1a"), *TREE.clauses[1:]))
    actor, draft = make_draft(session, given)
    wanted = replace(TREE, title="Cooperation of the North", numbering=Numbering.DECIMAL)
    drafts.edit_draft(actor, draft, tree=wanted, seen=draft.row_version)

    assert text(draft) == wanted
    assert draft.agreement.title == "Cooperation of the North"


def test_a_title_is_needed(session):
    actor, draft = make_draft(session)
    with pytest.raises(Invalid, match="title"):
        drafts.edit_draft(actor, draft, tree=replace(TREE, title=" "), seen=draft.row_version)


def test_the_same_text_leaves_no_trace(session):
    actor, draft = make_draft(session)
    seen = draft.row_version
    drafts.edit_draft(actor, draft, tree=TREE, seen=seen)
    drafts.fill_blanks(actor, draft, values={"end": " "}, seen=seen)

    assert draft.row_version == seen
    assert db.session.query(AuditEntry).filter(AuditEntry.tag.like("draft:%")).count() == 0


def test_a_stale_save_changes_nothing(session):
    actor, draft = make_draft(session, BLANKS)
    seen = draft.row_version
    drafts.fill_blanks(actor, draft, values={"end": "May"}, seen=seen)
    before = text(draft)
    with pytest.raises(Conflict, match="Somebody edited the draft"):
        drafts.edit_draft(actor, draft, tree=BLANKS, seen=seen)
    with pytest.raises(Conflict):
        drafts.fill_blanks(actor, draft, values={"client.name": "Acme"}, seen=seen)
    assert text(draft) == before


def test_blanks_are_filled_everywhere_as_plain_words(session):
    actor, draft = make_draft(session, BLANKS)
    drafts.fill_blanks(
        actor,
        draft,
        values={"client.name": " Acme **[[fee]]**\n{{end}} ", "end": ""},
        seen=draft.row_version,
    )
    tree = text(draft)
    assert placeholders.listed(tree) == ("end",)
    assert tree.find("fee").heading.startswith("Fee for Acme \\*\\*\\[\\[fee")
    assert tree.find("raw").text == "{{end}} stays"
    spans = provenance.from_json(draft.provenance)["fee"].text
    assert [span.source.origin for span in spans] == ["answer", "template"]


def test_a_blank_that_is_not_there_is_refused(session):
    actor, draft = make_draft(session, BLANKS)
    with pytest.raises(Invalid, match="no blank start"):
        drafts.fill_blanks(actor, draft, values={"start": "May"}, seen=draft.row_version)


def test_only_the_facilitator_edits_and_only_while_drafting(session):
    actor, draft = make_draft(session, BLANKS)
    other = make_user("Jan Novak", of=make_organisation("Brno"))
    with pytest.raises(NotAllowed):
        drafts.edit_draft(actor_of(session, other.id), draft, tree=TREE, seen=draft.row_version)
    draft.agreement.state = AgreementState.CONSULTATION
    db.session.commit()
    with pytest.raises(WrongMoment, match="no longer drafted"):
        drafts.edit_draft(actor, draft, tree=TREE, seen=draft.row_version)
    with pytest.raises(WrongMoment):
        drafts.fill_blanks(actor, draft, values={"end": "May"}, seen=draft.row_version)
