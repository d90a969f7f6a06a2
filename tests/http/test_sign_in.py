"""The rules and sentences of signing in are those Flask-Security knows."""

import pytest
from flask_security.core import _default_config, _default_messages

from app.http import sign_in


def test_every_rule_is_one_that_is_read():
    assert set(sign_in.RULES) <= set(_default_config)


def test_every_sentence_replaces_one_and_keeps_its_kind():
    for name, (_, kind) in sign_in.SENTENCES.items():
        assert _default_messages[name][1] == kind, name


@pytest.mark.parametrize("name", sign_in.SENTENCES)
def test_a_sentence_is_in_our_tone(name):
    sentence = sign_in.SENTENCES[name][0]
    assert sentence.endswith(".")
    for word in ("please", "successfully", "invalid", "!"):
        assert word not in sentence.lower()
