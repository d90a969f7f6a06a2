"""An agreement beside its template: what a newer version offers it, where it deviates from it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.domain import placeholders, prose, upgrades
from app.domain.clauses import ClauseTree
from app.domain.deviations import Departures, Deviations, departures, deviations
from app.domain.lifecycle import AgreementState, AmendmentState
from app.domain.operations import operations_hash
from app.domain.upgrades import Offer
from app.formats import template_source
from app.formats.template_source import Instance, TemplateDocument
from app.kernel.errors import NotFound
from app.kernel.said import said
from app.models.agreements import Agreement, Draft, Version
from app.models.amendments import AmendmentRow
from app.models.clauses import tree_of
from app.queries import agreements, templates


@dataclass(frozen=True)
class Texts:
    """What was negotiated so far, and how the agreement began. `number` is 0 for a draft."""

    tree: ClauseTree
    number: int
    first: ClauseTree
    template_ids: Mapping[str, str]
    blanks: Mapping[str, str]

    @property
    def name(self) -> str:
        """What the text is called within a sentence."""
        return said("version {number}", number=self.number) if self.number else said("the draft")


@dataclass(frozen=True)
class Upgrade:
    """A newer version of the template, offered to the text.

    `base` is the older one with the answers given. `answered` are blanks only the newer one has,
    with the template's own answer; `proposed` the amendments that offers became, by their ids.
    """

    old: TemplateDocument
    new: TemplateDocument
    instance: Instance
    texts: Texts
    base: ClauseTree
    offers: tuple[Offer, ...]
    answered: Mapping[str, str]
    proposed: Mapping[str, str]
    blanks: Mapping[str, str]

    @property
    def is_settled(self) -> bool:
        """Whether the text says already all that the newer template changes."""
        return all(offer.state == "obsolete" for offer in self.offers)


def newer_versions(agreement: Agreement) -> tuple[str, ...]:
    """The versions of its template that came after the agreement's own, the newest first."""
    versions = [document.version for document in _family(agreement)]
    if agreement.template_version not in versions:
        return ()
    return tuple(versions[: versions.index(agreement.template_version)])


def upgrade_of(session: Session, agreement: Agreement, to: str = "") -> Upgrade:
    """What a newer template version (the newest unless named) offers an agreement. NotFound."""
    newer = newer_versions(agreement)
    if not newer or (to and to not in newer):
        raise NotFound("There is no newer version of the template this agreement is made from.")
    old = templates.get_template(agreement.template_slug, agreement.template_version)
    new = templates.get_template(agreement.template_slug, to or newer[0])
    texts = texts_of(session, agreement)
    values = _answers(old, texts)
    answered = {
        variable.name: template_source.answer_words(new, variable.name, variable.default)
        for variable in new.variables
        if variable.default and variable.name not in {known.name for known in old.variables}
    }
    later = _instance(new, texts)
    base = placeholders.fill(_instance(old, texts).tree, values)
    coming = placeholders.fill(later.tree, {**answered, **values})
    found = upgrades.offers(base, coming, texts.tree)
    return Upgrade(
        old,
        new,
        later,
        texts,
        base,
        found,
        {name: words for name, words in answered.items() if name in _asked(later, found)},
        _proposed(session, agreement.id, found),
        {**templates.blank_labels(old), **templates.blank_labels(new), **texts.blanks},
    )


def deviations_of(session: Session, agreement: Agreement) -> tuple[Texts, Deviations]:
    """An agreement against its template, with the answers given. NotFound where it has none."""
    if not agreement.template_slug:
        raise NotFound("This agreement is not made from a template.")
    document = templates.get_template(agreement.template_slug, agreement.template_version)
    texts = texts_of(session, agreement)
    instance = _instance(document, texts)
    wanted = placeholders.fill(instance.tree, _answers(document, texts))
    return texts, deviations(wanted, texts.tree, instance.mandatory)


def departures_of(
    session: Session, agreement: Agreement, framework: Agreement
) -> tuple[Texts, Texts, Departures]:
    """A specific agreement beside the framework it is made under: its text, theirs, and both."""
    texts, theirs = texts_of(session, agreement), texts_of(session, framework)
    mandatory: frozenset[str] = frozenset()
    if framework.template_slug:
        document = templates.get_template(framework.template_slug, framework.template_version)
        mandatory = _instance(document, theirs).mandatory
    return texts, theirs, departures(theirs.tree, texts.tree, mandatory)


def framework_of(session: Session, agreement: Agreement) -> Agreement | None:
    """The framework a specific agreement is made under."""
    if agreement.framework_id is None:
        return None
    return session.get_one(Agreement, agreement.framework_id)


def texts_of(session: Session, agreement: Agreement) -> Texts:
    """The text as negotiated: the draft, else the version under discussion or the latest one."""
    if agreement.state == AgreementState.DRAFTING:
        draft = session.get_one(Draft, agreement.id)
        tree = ClauseTree.from_json(draft.tree)
        beside = draft.beside
        return Texts(tree, 0, tree, beside.get("template_ids", {}), beside.get("blanks", {}))
    held = agreements.round_of(session, agreement.id)
    versions = session.scalars(
        select(Version)
        .where(Version.agreement_id == agreement.id)
        .options(selectinload(Version.clauses))
        .order_by(Version.number)
    ).all()
    latest = versions[-1]
    if held is not None and held.settled_at is None:
        latest = next(version for version in versions if version.id == held.version_id)
    first, beside = versions[0], versions[0].beside
    return Texts(
        tree_of(latest),
        latest.number,
        tree_of(first),
        beside.get("template_ids", {}),
        latest.beside.get("blanks", {}),
    )


def _family(agreement: Agreement) -> Sequence[TemplateDocument]:
    slugs = {family.slug: family for family in templates.families()}
    family = slugs.get(agreement.template_slug)
    return family.versions if family else ()


def _instance(document: TemplateDocument, texts: Texts) -> Instance:
    """The template with the choices that were made for this agreement."""
    ids = {texts.template_ids.get(key, key) for key in texts.first.nodes}
    choices = template_source.choices_in(document, ids)
    return template_source.instantiate(document, title=texts.tree.title, choices=choices)


def _answers(document: TemplateDocument, texts: Texts) -> dict[str, str]:
    """What was answered in the interview or filled in since, read off the texts themselves."""
    bare = _instance(document, texts).tree
    return placeholders.answers_in(bare, texts.first) | placeholders.answers_in(bare, texts.tree)


def _asked(later: Instance, found: Sequence[Offer]) -> frozenset[str]:
    """The blanks of the newer template's clauses that are still on offer."""
    keys = {key for one in found if one.state != "obsolete" for key in one.clauses}
    nodes = (node for node in later.tree.walk() if node.key in keys)
    return frozenset(name for node in nodes for name in prose.blanks_in(node.text))


def _proposed(
    session: Session, agreement_id: uuid.UUID, found: Sequence[Offer]
) -> Mapping[str, str]:
    """The labels of open or accepted amendments that say what an offer says, by its id."""
    hashes = {operations_hash(offer.operations): offer.id for offer in found if offer.operations}
    rows = session.execute(
        select(AmendmentRow.operations_hash, AmendmentRow.label).where(
            AmendmentRow.agreement_id == agreement_id,
            AmendmentRow.operations_hash.in_(hashes),
            AmendmentRow.state.in_((AmendmentState.PROPOSED, AmendmentState.ACCEPTED)),
        )
    )
    return {hashes[held]: label for held, label in rows}
