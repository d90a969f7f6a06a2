"""What starting a draft needs, and the draft for those who may edit it."""

import pytest

from app.actions import agreements
from app.domain import provenance
from app.domain.lifecycle import AgreementState
from app.formats.template_source import instantiate
from app.kernel import clock
from app.kernel.errors import NotAllowed, WrongMoment
from app.models.base import db
from app.queries import drafts, templates
from app.queries.people import actor_of
from tests.factories.agreements import TREE, make_case
from tests.factories.people import START, make_organisation, make_user, make_workspace


def test_a_beginning_says_where_every_word_is_from():
    document = templates.get_template("matchmaking", "1.0.0")
    words = templates.blank_labels(document)
    bare = instantiate(document)
    texts = {one.name for one in document.variables if one.type == "text"}
    name = next(name for name in bare.blanks if name in texts)
    filled = instantiate(document, answers={name: "of our own"})
    beginning = drafts.from_template(document, bare, filled, words)
    origins = provenance.from_json(beginning.provenance)
    provenance.check(filled.tree, origins)
    sources = {span.source for node in origins.values() for span in (*node.heading, *node.text)}
    assert ("template", "matchmaking 1.0.0") in {(one.origin, one.ref) for one in sources}
    assert "answer" in {one.origin for one in sources}
    assert name not in beginning.beside["blanks"]
    assert set(beginning.beside["blanks"]) == set(filled.blanks)


def test_a_file_is_the_source_of_all_its_words():
    beginning = drafts.from_file(TREE, "deal.docx")
    origins = provenance.from_json(beginning.provenance)
    provenance.check(TREE, origins)
    assert origins["scope-aim"].text[0].source == ("import", "deal.docx", "")


def test_only_frameworks_one_has_signed_or_signs_are_offered(session):
    case = make_case(state=AgreementState.IN_FORCE)
    actor = case.actor("Lille")
    assert not drafts.frameworks_of(actor)
    case.agreement.scenario = "framework"
    db.session.commit()
    assert [id_ for id_, _ in drafts.frameworks_of(actor)] == [case.agreement.id]
    case.agreement.state = AgreementState.CONSULTATION
    db.session.commit()
    assert not drafts.frameworks_of(actor)


def start(session, person, moment=START):
    with clock.at(moment):
        return agreements.start_agreement(
            actor_of(session, person.id),
            make_workspace(),
            tree=TREE,
            beside={"blanks": {"fee": "sum"}},
            provenance={},
            timezone="UTC",
        )


def test_the_same_text_by_the_same_person_a_moment_ago_is_found(session, clock):
    person = make_user("Sofie", of=make_organisation("Ghent"))
    other = make_user("Jan", of=make_organisation("Brno"))
    agreement = start(session, person)
    actor = actor_of(session, person.id)
    clock.go_on(seconds=5)
    assert drafts.just_started(actor, TREE).id == agreement.id
    assert drafts.just_started(actor, TREE.remove("ending")) is None
    assert drafts.just_started(actor_of(session, other.id), TREE) is None
    clock.go_on(minutes=5)
    assert drafts.just_started(actor, TREE) is None


def test_a_draft_is_for_its_facilitator_while_it_is_one(session):
    person = make_user("Sofie", of=make_organisation("Ghent"))
    agreement = start(session, person)
    actor = actor_of(session, person.id)
    draft = drafts.editable_draft(actor, agreement)
    assert drafts.text_of(draft) == TREE
    stranger = actor_of(session, make_user("Jan").id)
    with pytest.raises(NotAllowed):
        drafts.editable_draft(stranger, agreement)
    agreement.state = AgreementState.CONSULTATION
    with pytest.raises(WrongMoment):
        drafts.editable_draft(actor, agreement)


def test_open_blanks_have_words_even_where_nobody_gave_them(session):
    person = make_user("Sofie", of=make_organisation("Ghent"))
    agreement = start(session, person)
    draft = drafts.editable_draft(actor_of(session, person.id), agreement)
    text = "Pay {{fee}} to {{client.name}} by {{due_date}}."
    draft.tree = TREE.replace("ending", text=text).to_json()
    assert drafts.open_blanks(draft) == {
        "fee": "sum",
        "client.name": "client: name",
        "due_date": "due date",
    }
