"""What the head says of an agreement's size."""

from types import SimpleNamespace as Row

import pytest

from app.queries.head_facts import called, facts_of

DRAFT = Row(template_slug=None, template_version=None)


def row(**counts):
    return Row(**{"parties": 0, "countries": 0, "version": 0, "clauses": 0, **counts})


@pytest.mark.parametrize(
    ("counts", "noun", "words"),
    [
        (row(), "organisation", " · no organisations yet"),
        (row(), "chamber", " · no chambers yet"),
        (row(parties=1, countries=1), "hub", " · 1 hub in 1 country"),
        (row(parties=3, countries=2), "organisation", " · 3 organisations in 2 countries"),
        (row(parties=2, countries=0), "chamber", " · 2 chambers in no country"),
        (row(version=1, clauses=2), "hub", " · no hubs yet · 2 clauses"),
    ],
)
def test_the_size_of_an_agreement_is_told(counts, noun, words):
    assert facts_of(DRAFT, counts, noun) == words


def test_it_names_its_template():
    agreement = Row(template_slug="joint-service", template_version="1.1.0")
    told = facts_of(agreement, row(version=1), "hub")
    assert told == " · no hubs yet · no clauses · from template Joint service 1.1.0"


@pytest.mark.parametrize(
    ("noun", "words"),
    [
        ("hub", ("hub", "hubs")),
        ("organisation", ("organisation", "organisations")),
        ("chamber", ("chamber", "chambers")),
    ],
)
def test_what_organisations_are_called_here(noun, words):
    assert called(noun) == words
