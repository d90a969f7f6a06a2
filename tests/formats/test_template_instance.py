"""The interview asks what matters, and its answers make the text of an agreement."""

import pytest

from app.domain import prose
from app.domain.generated import Party
from app.formats.template_instance import asked, blanks, choices_in, instantiate, questions
from app.formats.template_reading import read
from app.kernel.errors import Invalid
from tests.formats.template_texts import MATCHMAKING, changed

DOCUMENT = read(MATCHMAKING)


def test_by_default_the_annex_is_absent_and_the_fee_clause_has_its_shared_key() -> None:
    instance = instantiate(DOCUMENT, title="Finding a partner for Ada")
    assert instance.tree.title == "Finding a partner for Ada"
    assert "annex-fee" not in instance.tree.nodes
    assert instance.tree.find("fee").heading == "Fee"
    assert instance.template_ids["fee"] == "fee-none"
    assert instance.blanks == ("answer_days",)
    assert instance.mandatory == {"search-duty"}
    assert set(instance.guidance) == {"request-form"}


def test_with_a_success_fee_the_other_alternative_and_the_annex_stand() -> None:
    instance = instantiate(
        DOCUMENT, choices={"fee": "success"}, answers={"fee_sum": "12500", "answer_days": "010"}
    )
    assert instance.tree.find("fee").heading == "Success fee"
    assert instance.template_ids["fee"] == "fee-success"
    assert instance.tree.find("annex-fee-sum").text == "The fee is 12,500."
    assert instance.tree.find("search-answer").text == "answer within 10 working days; and"
    assert instance.blanks == ()


def test_a_role_with_one_party_fills_its_placeholders() -> None:
    text = changed("It owes no result.", "{{asked.name}} of {{asked.seat}} owes no result.")
    instance = instantiate(
        read(text), parties={"asked": [Party("TAR", "Hub *Tartu*", seat="Tartu")]}
    )
    close = instance.tree.find("search-close").text
    assert prose.plain(close) == "Hub *Tartu* of Tartu owes no result."
    assert prose.canonical(close) == close
    left = instantiate(read(text), parties={"asked": [Party("TAR", "Hub Tartu")]})
    assert left.blanks == ("answer_days", "asked.seat")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"answers": {"answer_days": "soon"}}, "answer_days"),
        ({"answers": {"fee_sum": "a lot"}}, "fee_sum"),
        ({"answers": {"colour": "red"}}, "colour"),
        ({"choices": {"fee": "double"}}, "fee"),
        ({"choices": {"price": "none"}}, "price"),
        ({"parties": {"asked": [Party("AAA", "A"), Party("BBB", "B")]}}, "parties"),
        ({"parties": {"guest": [Party("AAA", "A")]}}, "parties"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_by_its_question(given: dict, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        instantiate(DOCUMENT, **given)
    assert caught.value.field == field
    assert str(caught.value).endswith(".")


def test_an_empty_answer_leaves_the_blank() -> None:
    assert instantiate(DOCUMENT, answers={"answer_days": " "}).blanks == ("answer_days",)


def test_dates_and_choices_become_words() -> None:
    text = changed(
        "variables = [",
        'variables = [{ name = "day", label = "first day", type = "date" }, { name = "place",'
        ' label = "where", type = "choice", choices = ["Tartu", "Lille"] },',
    ).replace("It owes no result.", "It begins on {{day}} in {{place}}.")
    document = read(text)
    answers = {"day": "2026-12-04", "place": "Lille"}
    instance = instantiate(document, answers=answers)
    assert instance.tree.find("search-close").text == "It begins on 4 December 2026 in Lille."
    for wrong in ({"day": "4.12.2026"}, {"place": "Rome"}):
        with pytest.raises(Invalid):
            instantiate(document, answers=wrong)


def test_the_interview_asks_options_first_and_only_what_matters() -> None:
    fee, days, fee_sum = questions(DOCUMENT)
    assert (fee.type, fee.default) == ("option", "none")
    assert (days.type, days.default, days.required, days.when) == ("number", "15", True, ())
    assert asked(days, {"fee": "none"})
    assert not asked(fee_sum, {"fee": "none"})
    assert asked(fee_sum, {"fee": "success"})


def test_every_blank_has_words_that_stand_for_it() -> None:
    shown = {blank.name: blank.label for blank in blanks(DOCUMENT)}
    assert shown["fee_sum"] == "fee in euro"
    assert shown["asked.number"] == "Receiving Hub: register number"
    assert set(shown) == DOCUMENT.blank_names()


@pytest.mark.parametrize("choice", ["none", "success"])
def test_the_choices_behind_an_agreement_are_known_by_its_clauses(choice: str) -> None:
    ids = set(instantiate(DOCUMENT, choices={"fee": choice}).template_ids.values())
    assert choices_in(DOCUMENT, ids) == {"fee": choice}
    assert choices_in(DOCUMENT, set()) == DOCUMENT.defaults()
