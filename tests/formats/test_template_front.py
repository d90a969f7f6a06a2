"""The front matter is read strictly."""

import pytest

from app.formats.template_document import TemplateError, VariableType
from app.formats.template_front import read_front
from tests.formats.template_texts import MATCHMAKING, changed, line_of


def test_the_example_gives_roles_variables_and_options() -> None:
    front = read_front(MATCHMAKING, "x.md")
    assert [(role.name, role.minimum, role.maximum) for role in front.roles] == [
        ("asking", 1, 1),
        ("asked", 1, 1),
    ]
    days, fee = front.variables
    assert (days.type, days.default, days.required) == (VariableType.NUMBER, "15", True)
    assert (fee.type, fee.default, fee.required) == (VariableType.MONEY, "", False)
    assert front.options[0].choices == {"none": "No fee", "success": "A success fee"}
    assert MATCHMAKING.split("\n")[front.body_line - 1] == "# Matchmaking Agreement"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('version = "1.0.0"', 'version = "1.0"', "three numbers"),
        ('slug = "matchmaking"', 'slug = "Match making"', "small letters"),
        ('numbering = "article"', 'numbering = "roman"', "numbering is one of"),
        ('summary = "One', 'comment = "One', "comment is not known"),
        ('language = "en"\n', "", "needs language"),
        ('changelog = ["First release."]', "changelog = []", "changelog is a list"),
        ('type = "money"', 'type = "coins"', "the type is one of"),
        ('type = "money"', 'type = "choice"', "has choices if"),
        ('type = "money"', 'type = "money", colour = "red"', "colour is not known"),
        ("default = 15", 'default = "some"', "whole number"),
        ('default = "none"', 'default = "no"', "the default is one of"),
        ("min = 1, max = 1 }, {", "min = 2, max = 1 }, {", "max not below min"),
        ('name = "asked"', 'name = "asking"', "named twice"),
        ('label = "fee in euro"', 'label = ""', "needs a label"),
        ("variables = [", "variables = [[", "not TOML"),
        ('{ name = "asking", label', "{ label", "needs a name"),
        ('name = "asking"', 'name = "The asking"', "needs a name"),
        ("roles = [{", "roles = [3, {", "list of tables"),
        ('type = "money"', 'type = "choice", choices = ["a"], default = "b"', "one of the choices"),
        ('{ none = "No fee", success = "A success fee" }', '{ none = "No" }', "two or more"),
    ],
)
def test_what_does_not_fit_is_refused_on_its_line(old: str, new: str, reason: str) -> None:
    text = changed(old, new)
    with pytest.raises(TemplateError) as caught:
        read_front(text, "x.md")
    assert reason in caught.value.reason
    assert 1 <= caught.value.line <= line_of(text, "# Matchmaking")


def test_the_line_of_an_unknown_field_is_named() -> None:
    text = changed('type = "money"', 'type = "money", colour = "red"')
    with pytest.raises(TemplateError) as caught:
        read_front(text, "x.md")
    assert caught.value.line == line_of(text, "colour")


@pytest.mark.parametrize("text", ["# A title\n", "+++\nslug = 'x'\n", ""])
def test_a_file_without_front_matter_is_refused(text: str) -> None:
    with pytest.raises(TemplateError) as caught:
        read_front(text, "x.md")
    assert caught.value.line == 1
