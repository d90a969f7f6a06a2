"""The registers are complete: every permission has its rule, every event its sentence."""

from app.access.permissions import Permission
from app.access.policy import RULES
from app.actions.unit import ACTIONS
from app.domain.events import Event
from app.ledger import wording


def kinds(of: type[Event] = Event) -> list[type[Event]]:
    return [kind for below in of.__subclasses__() for kind in (below, *kinds(below))]


def test_every_permission_has_a_rule():
    assert set(RULES) == set(Permission)


def test_every_action_asks_for_a_permission_that_has_a_rule():
    assert set(ACTIONS.values()) <= set(RULES)


def test_every_event_has_its_own_tag_and_a_sentence():
    tags = [kind.tag for kind in kinds()]
    assert len(tags) == len(set(tags))
    for tag in tags:
        assert wording.sentence(tag).endswith("."), tag
