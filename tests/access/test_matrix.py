"""Role × permission × moment, cell by cell, against a table that a person reads (matrix.txt).

yes: allowed · who: the wrong person · when: the wrong moment. Three moments: before, during, after
what the permission depends on (a round, a ballot, a state of the agreement).
"""

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace as Row

import pytest

from app.access import policy
from app.access.actor import ANYONE, SYSTEM, Actor, Role, Standing
from app.access.permissions import Permission
from app.kernel.errors import NotAllowed

TABLE = Path(__file__).with_name("matrix.txt")
OPENS = datetime(2026, 11, 1, 9, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=30)
MOMENTS = {
    "before": OPENS - timedelta(seconds=1),
    "during": OPENS,
    "last": CLOSES - timedelta(microseconds=1),
    "after": CLOSES,
}
AGREEMENT, LILLE, PORTO = uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=3)
PARTICIPANT = uuid.UUID(int=4)


def person(
    number: int, *roles: Role, of: uuid.UUID | None = LILLE, party: bool = True, **more
) -> Actor:
    return Actor(
        uuid.UUID(int=number),
        "A person",
        organisations=frozenset({of} if of else ()),
        standings=frozenset(Standing(AGREEMENT, role, of, PARTICIPANT, party) for role in roles),
        **more,
    )


ROLES = {
    "anyone": ANYONE,
    "outsider": person(10),
    "member": person(11, Role.MEMBER),
    "observer": person(12, Role.MEMBER, Role.OBSERVER, party=False),
    "legal contact": person(13, Role.MEMBER, Role.LEGAL_CONTACT),
    "another's contact": person(14, Role.MEMBER, Role.LEGAL_CONTACT, of=PORTO),
    "voter": person(15, Role.MEMBER, Role.VOTER),
    "signatory": person(16, Role.MEMBER, Role.SIGNATORY),
    "administrator": person(17, administers=frozenset({LILLE})),
    "facilitator": person(18, Role.FACILITATOR, of=None),
    "operator": person(19, of=None, is_operator=True),
    "system": SYSTEM,
}
"""Lille's people, unless named otherwise; the subject is always Lille's."""

STATES = {
    Permission.DRAFT_EDIT: ("abandoned", "drafting", "consultation"),
    Permission.TEMPLATE_FOLLOW: ("abandoned", "consultation", "terminated"),
    Permission.ROUND_OPEN: ("voting", "published", "adopted"),
    Permission.AGREEMENT_ABANDON: ("terminated", "voting", "adopted"),
    Permission.AGREEMENT_TERMINATE: ("signing", "in_force", "terminated"),
    Permission.ADOPTION_OPEN: ("consolidation", "published", "adopted"),
    Permission.BUNDLE_PROPOSE: ("voting", "consolidation", "published"),
    Permission.BUNDLE_ACCEPT: ("consolidation",) * 3,
    Permission.CONFLICT_RESOLVE: ("voting", "consolidation", "published"),
    Permission.TEXT_EDIT: ("voting", "consolidation", "published"),
    Permission.VERSION_PUBLISH: ("voting", "consolidation", "published"),
    Permission.VERSION_ADOPT: ("published", "adoption", "adopted"),
    Permission.SIGNING_OPEN: ("adoption", "adopted", "signing"),
    Permission.COPY_HAND_IN: ("adopted", "signing", "terminated"),
    Permission.COPY_JUDGE: ("adopted", "in_force", "terminated"),
    Permission.SIGNATURE_DECLINE: ("adopted", "signing", "terminated"),
    Permission.PARTY_CONFIRM: ("abandoned", "adopted", "signing"),
}
"""The agreement's state before, during and after, where the state decides."""


def subject(permission: Permission, moment: str) -> Row:
    position = {"before": 0, "during": 1, "last": 1, "after": 2}[moment]
    state = STATES.get(permission, ("consultation",) * 3)[position]
    agreement = Row(id=AGREEMENT, state=state, adopted_version=None)
    held = Row(
        agreement_id=AGREEMENT,
        agreement=agreement,
        opens_at=OPENS,
        closes_at=CLOSES,
        settled_at=None,
    )
    contact = ROLES["legal contact"].user_id
    row = Row(
        id=LILLE,
        agreement_id=AGREEMENT,
        agreement=agreement,
        organisation_id=LILLE,
        opens_at=OPENS,
        closes_at=CLOSES,
        expires_at=CLOSES,
        settled_at=None,
        entered_by=None,
        author_id=contact,
        written_by=None,
        opened_at=None,
        organisation=Row(checks_drafts=False),
        started_by=contact,
        primary_id=None,
        rebase_state="attention" if permission is Permission.AMENDMENT_CONFIRM else "",
        state="draft"
        if permission
        in (
            Permission.AMENDMENT_EDIT,
            Permission.AMENDMENT_PROPOSE,
            Permission.AMENDMENT_ASK,
            Permission.AMENDMENT_CHECK,
        )
        else "proposed",
        voided_at=None,
        counted_at=None,
        accepted_at=None,
        revoked_at=None,
        roll=[Row(casters=[str(ROLES["voter"].user_id)], organisation_id=LILLE)],
        round=held,
    )
    if permission in (Permission.COPY_HAND_IN, Permission.SIGNATURE_DECLINE):
        row.state = "requested"
    if permission is Permission.COPY_JUDGE:
        row.state = "received"
    if permission is Permission.ACCOUNT_CHANGE:
        row = Row(id=contact)
    return row


def answer(permission: Permission, actor: Actor, moment: str) -> str:
    no = policy.refusal(actor, permission, subject(permission, moment), MOMENTS[moment])
    return "yes" if no is None else "who" if isinstance(no, NotAllowed) else "when"


def table() -> str:
    lines = [f"{'permission':24}{'role':20}" + "".join(f"{moment:8}" for moment in MOMENTS)]
    for permission in Permission:
        for role, actor in ROLES.items():
            cells = "".join(f"{answer(permission, actor, moment):8}" for moment in MOMENTS)
            lines.append(f"{permission:24}{role:20}{cells}".rstrip())
    return "\n".join(lines) + "\n"


def test_every_cell_is_as_written_down():
    assert table() == TABLE.read_text()


def test_every_permission_has_a_rule():
    assert set(policy.RULES) == set(Permission)


@pytest.mark.parametrize("permission", list(Permission))
def test_nobody_who_is_signed_out_gets_further_than_an_invitation(permission):
    allowed = answer(permission, ANYONE, "during") == "yes"
    assert allowed == (permission is Permission.INVITATION_ACCEPT)


def test_an_operator_has_no_way_into_an_agreement():
    inside = [p for p in Permission if p.split(":")[0] in ("draft", "round", "amendment", "ballot")]
    assert all(answer(p, ROLES["operator"], "during") == "who" for p in inside)


def test_require_raises_the_refusal_with_its_sentence():
    with pytest.raises(NotAllowed, match="Only people on the roll"):
        policy.require(
            ROLES["facilitator"],
            Permission.BALLOT_VOTE,
            subject(Permission.BALLOT_VOTE, "during"),
            OPENS,
        )


def test_the_facilitator_finishes_what_they_entered_for_an_organisation():
    facilitator = ROLES["facilitator"]
    entered = subject(Permission.AMENDMENT_PROPOSE, "during")
    entered.entered_by = facilitator.user_id

    assert policy.can(facilitator, Permission.AMENDMENT_PROPOSE, entered, OPENS)
    assert not policy.can(ROLES["another's contact"], Permission.AMENDMENT_PROPOSE, entered, OPENS)
