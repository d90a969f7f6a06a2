import re

from app.access.permissions import Permission


def test_permissions_are_named_noun_verb():
    assert all(re.fullmatch(r"[a-z]+:[a-z_]+", permission) for permission in Permission)
