"""The door to template files offers what others are promised."""

from app.formats import template_source
from tests.formats.template_texts import MATCHMAKING


def test_a_file_goes_in_and_an_agreement_comes_out() -> None:
    document = template_source.read(MATCHMAKING, "matchmaking/1.0.0.md")
    instance = template_source.instantiate(document, title="T", answers={}, choices={}, parties={})
    assert instance.tree.title == "T"
    assert {question.name for question in template_source.questions(document)} == {
        "fee",
        "answer_days",
        "fee_sum",
    }


def test_every_promised_name_is_there() -> None:
    assert {"read", "instantiate", "library", "check", "read_risks", "TemplateError"} <= set(
        template_source.__all__
    )
    assert all(hasattr(template_source, name) for name in template_source.__all__)
