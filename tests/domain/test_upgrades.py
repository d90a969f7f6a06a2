"""A newer template offered to a negotiated text: what is offered, what collides, what stands."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import operations, upgrades
from app.domain.clauses import Clause, ClauseTree, Kind, Place
from app.domain.upgrades import Offer
from tests.factories.templates import negotiated, template_text

OLD, NEW = template_text(), template_text("1.1.0", silence_days="10")


def by_state(found: tuple[Offer, ...]) -> dict[str, list[Offer]]:
    return {
        state: [offer for offer in found if offer.state == state]
        for state in ("clean", "attention", "obsolete")
    }


def test_everything_is_offered_to_a_text_nobody_negotiated():
    found = upgrades.offers(OLD, NEW, OLD)
    assert [offer.state for offer in found] == ["clean"] * 6
    steps = [step for offer in found for step in offer.operations]
    assert operations.apply(OLD, steps) == NEW


def test_what_stands_is_not_offered_and_what_collides_is_said():
    held = by_state(upgrades.offers(OLD, NEW, negotiated()))
    assert [offer.clauses for offer in held["obsolete"]] == [("commitments-attendance",)]
    [collides] = held["attention"]
    assert collides.clauses == ("liability-between",)
    assert collides.reasons[0].sentence == "The words it changes read differently now."
    assert not collides.operations


def test_a_term_is_renamed_in_negotiated_clauses_too():
    own = Clause("own", Kind.CLAUSE, "Own", "Each Specific Cooperation Agreement is registered.")
    text = negotiated().insert(Place(None, OLD.clauses[-1].key), own)
    renaming = next(offer for offer in upgrades.offers(OLD, NEW, text) if offer.renames)
    assert renaming.renames == ("Specific Cooperation Agreement", "Specific Agreement")
    after = operations.apply(text, renaming.operations)
    assert after.find("own").text == "Each Specific Agreement is registered."
    assert "Specific Cooperation Agreement" not in after.find("specific-form").text


def test_a_definition_comes_with_the_clause_it_needs():
    found = upgrades.offers(OLD, NEW, negotiated())
    together = [set(offer.clauses) for offer in found if len(offer.clauses) == 2]
    assert {"d-silence", "governance-silence"} in together
    assert {"d-thematic", "thematic-groups"} in together


def test_a_change_to_a_clause_that_was_negotiated_away_collides():
    text = OLD.remove("liability")
    found = by_state(upgrades.offers(OLD, NEW, text))
    assert found["attention"][0].reasons[0].sentence == "The clause it changes is no longer there."


def test_a_reference_to_a_clause_that_was_negotiated_away_is_named():
    text = OLD.remove("steering-quorum")
    offer = next(
        one for one in upgrades.offers(OLD, NEW, text) if "governance-silence" in one.clauses
    )
    assert offer.missing == ("steering-quorum",)


def test_an_offer_is_named_by_what_it_would_do():
    names = {offer.id for offer in upgrades.offers(OLD, NEW, OLD)}
    assert names == {offer.id for offer in upgrades.offers(OLD, NEW, OLD)}
    assert names != {offer.id for offer in upgrades.offers(OLD, NEW, negotiated())}


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, 5)))
def test_any_choice_of_offers_can_be_taken_and_the_rest_is_offered_again(chosen):
    found = upgrades.offers(OLD, NEW, OLD)
    steps = [step for at in sorted(chosen) for step in found[at].operations]
    text: ClauseTree = operations.apply(OLD, steps) if steps else OLD
    for offer in upgrades.offers(OLD, NEW, text):
        assert offer.state in ("clean", "obsolete")
        operations.apply(text, offer.operations)
