"""The values of a template, and how a refusal reads."""

from app.formats.template_document import Condition, TemplateError, holds
from app.formats.template_reading import read
from tests.formats.template_texts import MATCHMAKING


def test_a_refusal_reads_as_file_line_and_reason_even_with_braces() -> None:
    error = TemplateError("a/1.0.0.md", 7, "Begin with {#the-id}.")
    assert str(error) == "a/1.0.0.md:7: Begin with {#the-id}."
    named = TemplateError("a/1.0.0.md", 7, "There is no variable {name}.", name="{odd}")
    assert named.reason == "There is no variable {odd}."
    assert str(named) == "a/1.0.0.md:7: There is no variable {odd}."


def test_all_conditions_must_hold() -> None:
    both = frozenset({Condition("fee", "none"), Condition("loud", "on")})
    assert holds(both, {"fee": "none", "loud": "on"})
    assert not holds(both, {"fee": "none", "loud": "off"})
    assert not holds(both, {"fee": "none"})
    assert holds(frozenset(), {})


def test_only_roles_with_one_party_give_blanks() -> None:
    assert "asked.seat" in read(MATCHMAKING).blank_names()
    many = MATCHMAKING.replace('"Receiving Hub", min = 1, max = 1', '"Receiving Hub", min = 1')
    assert "asked.seat" not in read(many).blank_names()
    assert "asking.seat" in read(many).blank_names()
