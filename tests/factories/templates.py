"""Agreements made from the framework template 1.0.0, to which 1.1.0 is offered."""

from app.domain import placeholders, provenance
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AgreementState
from app.domain.provenance import Source
from app.formats import template_source
from app.models.agreements import Agreement, Draft
from app.models.base import db
from tests.factories.agreements import Case, make_case
from tests.factories.people import START

SLUG = "framework-cooperation"
ANSWERS = {"answer_days": "10", "network_name": "Meridian Network"}


def template_text(version: str = "1.0.0", **answers: str) -> ClauseTree:
    """The text of the framework template with the default choices and a few answers."""
    document = template_source.library(template_source.SHIPPED)[SLUG, version]
    return placeholders.fill(template_source.instantiate(document).tree, {**ANSWERS, **answers})


def negotiated(tree: ClauseTree | None = None) -> ClauseTree:
    """The older template's text after some negotiation: 1.1.0 meets it in every way."""
    held = tree or template_text()
    between = held.find("liability-between").text.replace("gross negligence", "negligence")
    held = held.replace("liability-between", text=between)
    return held.remove("commitments-attendance")


def make_templated(*, tree: ClauseTree | None = None, drafting: bool = False) -> Case:
    """An agreement from the framework template 1.0.0 in an open round, or still drafted."""
    state = AgreementState.DRAFTING if drafting else AgreementState.CONSULTATION
    wanted = tree or negotiated()
    case = make_case(tree=wanted, state=state)
    agreement = db.session.get_one(Agreement, case.agreement.id)
    agreement.template_slug, agreement.template_version = SLUG, "1.0.0"
    if drafting:
        beside = {"guidance": {}, "mandatory": [], "rules": {}, "template_ids": {}, "blanks": {}}
        origins = provenance.initial(wanted, Source("template", f"{SLUG} 1.0.0"))
        db.session.add(
            Draft(
                agreement_id=agreement.id,
                tree=wanted.to_json(),
                beside=beside,
                provenance=provenance.to_json(origins),
                edited_at=START,
            )
        )
    db.session.commit()
    return case
