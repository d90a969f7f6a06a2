"""Drafts: what starting one needs, and the draft of an agreement for those who may edit it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.policy import require
from app.domain import differences, placeholders, provenance
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AgreementState
from app.domain.provenance import Source
from app.formats.template_source import Instance, TemplateDocument
from app.kernel import clock
from app.kernel.errors import WrongMoment
from app.models.agreements import Agreement, Draft
from app.queries.consolidations import rewritten
from app.queries.reading import session as this_session

_TWICE = timedelta(minutes=2)
FRAMEWORK = "framework"
"""The scenario under which specific agreements are made."""


@dataclass(frozen=True)
class Beginning:
    """What an agreement starts with: its text, what stands beside it, where each word is from."""

    tree: ClauseTree
    beside: Mapping[str, Any]
    provenance: Mapping[str, Any]


def frameworks_of(actor: Actor) -> Sequence[tuple[uuid.UUID, str]]:
    """Framework agreements the actor takes part in, signed or being signed: ids and titles."""
    ids = {standing.agreement_id for standing in actor.standings}
    states = (AgreementState.ADOPTED, AgreementState.SIGNING, AgreementState.IN_FORCE)
    rows = this_session().execute(
        select(Agreement.id, Agreement.title)
        .where(
            Agreement.id.in_(ids),
            Agreement.scenario == FRAMEWORK,
            Agreement.state.in_(states),
        )
        .order_by(Agreement.title)
    )
    return rows.all()


def from_template(
    document: TemplateDocument, bare: Instance, filled: Instance, blanks: Mapping[str, str]
) -> Beginning:
    """The beginning that a template's interview comes to.

    `bare` is the text without answers, `filled` the same with them, `blanks` the words that stand
    for what is still empty.
    """
    origin = Source("template", f"{document.slug} {document.version}")
    origins: Mapping[str, Any] = provenance.initial(bare.tree, origin)
    if steps := differences.between(bare.tree, filled.tree):
        origins = rewritten(bare.tree, steps, origins, Source("answer", "interview")).provenance
    beside = {
        "guidance": dict(filled.guidance),
        "mandatory": sorted(filled.mandatory),
        "rules": dict(filled.rules),
        "template_ids": dict(filled.template_ids),
        "blanks": {name: words for name, words in blanks.items() if name in filled.blanks},
    }
    return Beginning(filled.tree, beside, provenance.to_json(origins))


def from_file(tree: ClauseTree, name: str) -> Beginning:
    """The beginning that an imported file comes to."""
    origins = provenance.initial(tree, Source("import", name))
    beside: dict[str, Any] = {
        "guidance": {},
        "mandatory": [],
        "rules": {},
        "template_ids": {},
        "blanks": {},
    }
    return Beginning(tree, beside, provenance.to_json(origins))


def just_started(actor: Actor, tree: ClauseTree) -> Agreement | None:
    """The same text, started by the same person a moment ago: the button was pressed twice."""
    rows = this_session().execute(
        select(Agreement, Draft.tree)
        .join(Draft, Draft.agreement_id == Agreement.id)
        .where(
            Agreement.created_by == actor.user_id,
            Agreement.title == tree.title,
            Agreement.created_at > clock.utcnow() - _TWICE,
        )
    )
    held = tree.to_json()
    return next((agreement for agreement, text in rows if text == held), None)


def editable_draft(actor: Actor, agreement: Agreement) -> Draft:
    """The draft, for somebody who may edit it now. Raises NotAllowed or WrongMoment."""
    require(actor, Permission.DRAFT_EDIT, agreement, clock.utcnow())
    found = (
        this_session()
        .scalars(
            select(Draft)
            .where(Draft.agreement_id == agreement.id)
            .options(joinedload(Draft.agreement))
        )
        .one_or_none()
    )
    if found is None:
        raise WrongMoment("This agreement has no draft; its text is in its versions.")
    return found


def text_of(draft: Draft) -> ClauseTree:
    """The text of a draft."""
    return ClauseTree.from_json(draft.tree)


def open_blanks(draft: Draft) -> Mapping[str, str]:
    """The blanks that still stand in a draft with the words for each, in reading order."""
    labels: Mapping[str, str] = draft.beside.get("blanks", {})
    return {
        name: labels.get(name) or name.replace("_", " ").replace(".", ": ")
        for name in placeholders.listed(text_of(draft))
    }
