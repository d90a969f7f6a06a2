"""Defined terms are found as whole words, longest first, case kept."""

import pytest

from app.domain import definitions
from app.domain.clauses import Clause, ClauseTree, Kind


def _definition(key: str, heading: str) -> Clause:
    return Clause(key, Kind.DEFINITION, heading, "means something.")


TREE = ClauseTree(
    "T",
    (
        Clause(
            "defs",
            Kind.CLAUSE,
            "Definitions",
            children=(
                _definition("d-hub", "**Hub**; Hubs"),
                _definition("d-lead", "“Lead\u00a0Hub”"),
                _definition("d-hub-again", "Hub"),
            ),
        ),
    ),
)


def test_every_form_leads_to_its_first_definition() -> None:
    assert definitions.terms(TREE) == {"Hub": "d-hub", "Hubs": "d-hub", "Lead\u00a0Hub": "d-lead"}
    assert definitions.defined_twice(TREE) == (("Hub", "d-hub-again"),)


def test_terms_are_found_in_a_text() -> None:
    text = "The Lead Hub tells all Hubs; a hub, Hubless, is no Hub."
    found = definitions.occurrences(text, definitions.terms(TREE))
    assert [(text[start:end], key) for start, end, key in found] == [
        ("Lead Hub", "d-lead"),
        ("Hubs", "d-hub"),
        ("Hub", "d-hub"),
    ]


def test_no_terms_no_occurrences() -> None:
    assert definitions.occurrences("The Hub", {}) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Each Hub pays.", ["Hub"]),
        ("The Hub pays. A Hub may not.", ["Hub", "Hub"]),
        ("The Network Office is run by AI Hub Tartu.", []),
        ("the Meridian Network of AI Hubs", []),
        ("Rosier Network Office", []),
        ("No Hub leaves the Network before it ends.", ["Hub", "Network"]),
        ("ask the Requesting Hub Network first", ["Requesting Hub", "Network"]),
        ("(Hub Lille)", []),
    ],
)
def test_a_term_inside_a_name_is_no_use_for_readers(text, found):
    terms = {"Hub": "hub", "Hubs": "hub", "Network": "network", "Requesting Hub": "asking"}
    uses = definitions.uses(text, terms)
    assert [text[start:end] for start, end, _ in uses] == found
