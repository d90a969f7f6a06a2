# ruff: noqa: E501
"""One template file is read as it stands, or refused with line and reason."""

import pytest

from app.domain.clauses import Kind
from app.formats.template_document import Condition, TemplateError
from app.formats.template_reading import read
from tests.formats.template_texts import MATCHMAKING, changed, line_of


def refused(text: str) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        read(text, "matchmaking/1.0.0.md")
    return caught.value


def test_the_example_gives_its_outline() -> None:
    document = read(MATCHMAKING)
    outline = [(node.key, node.kind.value, node.heading) for node in document.tree.walk()]
    assert outline == [
        ("parties", "generated", ""),
        ("background", "division", "Background"),
        ("r-client", "recital", ""),
        ("terms", "division", "Agreed terms"),
        ("definitions", "clause", "Definitions"),
        ("d-request", "definition", "Partner Request; Partner Requests"),
        ("search", "clause", "Search"),
        ("request-form", "clause", "Form"),
        ("search-duty", "clause", "Duty"),
        ("search-answer", "clause", ""),
        ("search-names", "clause", ""),
        ("search-close", "para", ""),
        ("fee-none", "clause", "Fee"),
        ("fee-none-text", "clause", ""),
        ("fee-success", "clause", "Success fee"),
        ("fee-success-text", "clause", ""),
        ("annex-fee", "annex", "Fee"),
        ("annex-fee-sum", "clause", ""),
    ]
    duty = document.tree.find("search-duty")
    assert [child.key for child in duty.children] == [
        "search-answer",
        "search-names",
        "search-close",
    ]
    assert document.tree.find("search-answer").text == (
        "answer within {{answer_days}} working days; and"
    )
    assert document.tree.find("d-request").text == "means a request made under [[request-form]]."
    assert document.tree.title == "Matchmaking Agreement"


def test_what_stands_beside_the_text_goes_by_id() -> None:
    document = read(MATCHMAKING)
    assert document.guidance == {
        "request-form": "Short and complete requests are answered sooner. Mitigates: unclear needs."
    }
    assert document.mandatory == {"search-duty"}
    success = frozenset({Condition("fee", "success")})
    assert document.conditions["fee-success-text"] == success
    assert document.conditions["annex-fee-sum"] == success
    assert "request-form" not in document.conditions
    assert document.keys["fee-success"] == document.keys["fee-none"] == "fee"
    assert document.lines["search-close"] == line_of(MATCHMAKING, "{#search-close}")


@pytest.mark.parametrize(
    ("old", "new", "at", "reason"),
    [
        ("{#search-names}", "{#search-answer}", "or say that it", "already used"),
        ("within {{answer_days}}", "within {{answer_day}}", "answer within", "no variable"),
        ("is {{fee_sum}}", "is {{client.name}}", "The fee is", "no variable client.name"),
        ("[[request-form]]", "[[request]]", "d-request", "leads nowhere."),
        ("as=fee}\n1. {#fee-none-text} No fee", "as=fee}\n1. {#fee-none-text} [[annex-fee]]: no fee",
         "[[annex-fee]]: no", "leads nowhere where fee is none."),
        ("[[request-form]]", "[[fee-none]]", "d-request", "leads nowhere"),
        ("if=fee:success}", "if=cost:success}", "annex-fee if", "no option cost"),
        ("if=fee:success}", "if=fee:often}", "annex-fee if", "no choice often"),
        ("if=fee:success}", "if=fee:}", "annex-fee if", "if=option or if=option:choice"),
        ("{#search-duty mandatory}", "{#search-duty urgent}", "search-duty", "not an attribute"),
        ("{#search-duty mandatory}", "{#search-duty rule=most}", "search-duty", "no rule most"),
        ("{#search-duty mandatory}", "{#Search}", "**Duty.**", "can't be an id"),
        ("1. {#annex-fee-sum} The", "1. The", "1. The fee", "needs an id"),
        ("    {#search-close}", "   {#search-close}", "search-close", "four spaces"),
        ("    {#search-close}", "\t{#search-close}", "search-close", "a tab"),
        ("1. {#annex-fee-sum}", "2. {#annex-fee-sum}", "annex-fee-sum", "numbers are computed"),
        ("    1. {#search-answer}", "        1. {#search-answer}", "search-answer", "holds it"),
        ("if=fee:success as=fee", "if=fee:none as=fee", "# Success", "both be fee"),
        ("A. {#r-client}", "{{signatures}}\n    A. {#r-client}", "r-client", "can't stand under"),
        ("## Search {#search}", "#### Search {#search}", "#### Search", "go down to ###"),
        ("means a request made", "means [[a request made", "d-request", "marks nothing"),
        (": {#d-request} **Partner Request; Partner Requests**", ": {#d-request} It", "d-request",
         "A definition is"),
        ("# Matchmaking Agreement\n", "# Finding partners\n", "# Finding", "differs from the one"),
        ("\n{{parties}}\n", "\n\nWe meet.\n\n", "We meet.", "begins with its id"),
        ("1. {#fee-none-text}", "1. {#fee-none-text if=fee:success}", "fee-none-text", "never stand"),
        ("options = [", 'options = [{ name = "loud", label = "Loud?" }, ', '"loud"', "depends on"),
        ("The fee is {{fee_sum}}.", "The fee is high.", "fee_sum", "nowhere in the text"),
    ],
)  # fmt: skip
def test_the_line_that_does_not_fit_is_refused(old: str, new: str, at: str, reason: str) -> None:
    text = changed(old, new)
    error = refused(text)
    assert reason in error.reason
    assert error.line == line_of(text, at)
    assert str(error) == f"matchmaking/1.0.0.md:{error.line}: {error.reason}"


def test_a_reference_is_good_where_every_choice_has_its_target() -> None:
    text = changed("It owes no result.", "It owes no result; [[fee]] is silent on it.")
    assert read(text).tree.find("search-close").text.startswith("It owes no result; [[fee]]")


def test_tables_fences_and_notes_of_several_paragraphs() -> None:
    text = MATCHMAKING + (
        "Table: Steps {#steps}\n| Step | Fee \\| share |\n| first | **half** |\n"
        "> One.\n> Two,\nstill two.\n```{#formula}\na = b\n\n  c\n```\n"
    )
    document = read(text)
    table = document.tree.find("steps")
    assert [(row.key, row.kind, row.text) for row in table.children] == [
        ("steps-1", Kind.ROW, "Step | Fee \\| share"),
        ("steps-2", Kind.ROW, "first | **half**"),
    ]
    assert document.guidance["steps"] == "One.\n\nTwo, still two."
    assert document.tree.find("formula").text == "a = b\n\n  c"
    assert "another number of cells" in refused(text.replace("| first ", "")).reason
    assert "never closed" in refused(text.removesuffix("```\n")).reason


def test_a_switch_is_an_option_without_choices() -> None:
    text = changed(
        "options = [", 'options = [{ name = "loud", label = "Say it loudly?" }, '
    ).replace("{#search-close}", "{#search-close if=loud}")
    document = read(text)
    assert document.conditions["search-close"] == {Condition("loud", "on")}
    assert document.defaults() == {"loud": "off", "fee": "none"}
