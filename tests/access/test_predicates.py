from types import SimpleNamespace as Row

from app.access import predicates as p
from app.access.actor import ANYONE
from tests.access.test_matrix import AGREEMENT, CLOSES, OPENS


def ask(**subject):
    return p.Ask(ANYONE, Row(**subject), OPENS)


def test_a_row_belongs_to_its_agreement_directly_or_through_its_thread_or_request():
    agreement = Row(id=AGREEMENT, state="signing", adopted_version=1)
    request = Row(agreement_id=AGREEMENT, agreement=agreement)

    assert p.agreement_id_of(agreement) == AGREEMENT
    assert p.agreement_id_of(request) == AGREEMENT
    assert p.agreement_id_of(Row(request=request)) == AGREEMENT
    assert p.agreement_id_of(Row(thread=request)) == AGREEMENT
    assert p.agreement_id_of(Row(id=AGREEMENT)) is None
    assert ask(request=request).state == "signing"


def test_a_round_is_over_from_its_deadline_on_until_it_is_settled():
    window = {"opens_at": OPENS, "closes_at": CLOSES}

    assert not p.round_is_over(ask(settled_at=None, **window))
    assert p.round_is_over(p.Ask(ANYONE, Row(settled_at=None, **window), CLOSES))
    assert not p.round_is_over(p.Ask(ANYONE, Row(settled_at=CLOSES, **window), CLOSES))


def test_a_thread_without_a_round_is_never_open():
    assert not p.round_is_open(ask(round=None))
