"""A newer template: its changes taken into a draft, proposed in a round, or left for good."""

from collections.abc import Collection, Sequence
from typing import Any

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.domain import operations as ops
from app.domain import placeholders, provenance
from app.domain.lifecycle import AmendmentState
from app.domain.operations import Operation
from app.domain.provenance import Source
from app.domain.text_diff import TOKENISER
from app.domain.upgrades import Offer
from app.kernel.errors import Conflict, Invalid
from app.kernel.said import said
from app.models.agreements import Agreement, Draft
from app.models.amendments import AmendmentRow
from app.models.rounds import Round
from app.queries import proposals, template_upgrades
from app.queries.consolidations import rewritten
from app.queries.template_upgrades import Upgrade
from app.queries.versions import take_number


@action(Permission.TEMPLATE_UPGRADE)
def propose_upgrade(
    work: Work, opened: Round, *, to: str, offers: Collection[str]
) -> Sequence[AmendmentRow]:
    """Propose what a newer template changes, one amendment of the facilitator for each offer.

    `offers` are the ids of those that are taken. Conflict where the text has changed since.
    """
    upgrade = template_upgrades.upgrade_of(work.session, opened.agreement, to)
    taken = [one for one in _taken(upgrade, offers) if one.id not in upgrade.proposed]
    rows = [_proposed(work, opened, upgrade, offer) for offer in taken]
    if not rows:
        work.unchanged = True
    return rows


@action(Permission.DRAFT_EDIT)
def upgrade_draft(work: Work, draft: Draft, *, to: str, offers: Collection[str]) -> Draft:
    """Write what a newer template changes into the draft; the rest of it stays as it is."""
    upgrade = template_upgrades.upgrade_of(work.session, draft.agreement, to)
    steps = [step for offer in _taken(upgrade, offers) for step in offer.operations]
    old = upgrade.texts.tree
    source = Source("template", f"{upgrade.new.slug} {upgrade.new.version}")
    step = rewritten(old, tuple(steps), provenance.from_json(draft.provenance), source)
    tree = ops.apply(old, steps)
    draft.tree, draft.provenance = tree.to_json(), provenance.to_json(step.provenance)
    draft.beside = _beside(draft.beside, upgrade, steps, placeholders.listed(tree))
    draft.edited_at = work.now
    work.record(
        e.DraftEdited(clauses=tuple(sorted(ops.touched(steps))), commitment=tree.version_hash)
    )
    return draft


@action(Permission.TEMPLATE_FOLLOW)
def follow_template(work: Work, agreement: Agreement, *, to: str) -> Agreement:
    """Count the agreement among those of a newer template version; no word of it changes."""
    if agreement.template_version == to:
        work.unchanged = True
        return agreement
    upgrade = template_upgrades.upgrade_of(work.session, agreement, to)
    agreement.template_version = upgrade.new.version
    work.record(e.TemplateFollowed(template=upgrade.new.slug, version=upgrade.new.version))
    return agreement


def _taken(upgrade: Upgrade, offers: Collection[str]) -> list[Offer]:
    """The offers that were chosen, as they still stand."""
    if not offers:
        raise Invalid("Choose at least one change to take.", "offers")
    known = {offer.id: offer for offer in upgrade.offers}
    if not set(offers) <= known.keys():
        raise Conflict("The text changed while you were choosing. Look at what is offered now.")
    taken = [known[name] for name in offers]
    if any(offer.state != "clean" for offer in taken):
        raise Invalid("What collides with the negotiated text is written by hand.", "offers")
    return taken


def _proposed(work: Work, opened: Round, upgrade: Upgrade, offer: Offer) -> AmendmentRow:
    label = f"A{proposals.next_label_number(work.session, opened.agreement_id)}"
    row = AmendmentRow(
        agreement_id=opened.agreement_id,
        round_id=opened.id,
        version_id=opened.version_id,
        author_id=work.person,
        rationale=f"Template upgrade {upgrade.old.version} → {upgrade.new.version}.",
        state=AmendmentState.PROPOSED,
        number=take_number(work.session, opened.agreement_id, Agreement.next_amendment),
        label=label,
        operations=ops.to_json(offer.operations),
        operations_hash=ops.operations_hash(offer.operations),
        clauses=sorted(ops.touched(offer.operations)),
        tokeniser=TOKENISER,
        created_at=work.now,
        proposed_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.record(
        e.AmendmentProposed(
            amendment=label,
            organisation=said("The facilitator"),
            clauses=tuple(row.clauses),
            operations=row.operations_hash,
        )
    )
    return row


def _beside(
    beside: dict[str, Any], upgrade: Upgrade, steps: Sequence[Operation], blanks: Collection[str]
) -> dict[str, Any]:
    """What stands beside the draft; beside a clause that was taken, what the template says now."""
    instance = upgrade.instance
    touched = ops.touched(steps) & instance.template_ids.keys()
    found = dict(beside)
    for name, held in (
        ("guidance", instance.guidance),
        ("rules", instance.rules),
        ("template_ids", instance.template_ids),
    ):
        told = {key: words for key, words in held.items() if key in touched}
        found[name] = {**beside.get(name, {}), **told}
    mandatory = {*beside.get("mandatory", ()), *(instance.mandatory & touched)}
    found["mandatory"] = sorted(mandatory)
    found["blanks"] = {name: words for name, words in upgrade.blanks.items() if name in blanks}
    return found
