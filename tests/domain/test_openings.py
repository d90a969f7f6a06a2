"""How foreign paragraphs begin."""

import pytest

from app.domain import openings


@pytest.mark.parametrize(
    ("heading", "label", "name"),
    [
        ("Annex B: Fees", "Annex B", "Fees"),
        ("SCHEDULE 1", "SCHEDULE 1", "SCHEDULE 1"),
        ("Appendix", "", "Appendix"),
        ("Exhibit A – Prices", "Exhibit A", "Prices"),
    ],
)
def test_annexes(heading, label, name):
    found = openings.annex(heading)
    assert (found.label, found.rest) == (label, name)


@pytest.mark.parametrize("heading", ["Schedule of meetings", "Schedule a call", "Annexation"])
def test_what_only_sounds_like_an_annex(heading):
    assert openings.annex(heading) is None


def test_run_in_headings():
    assert openings.run_in("**Duty.** The hub helps.").label == "Duty"
    assert openings.run_in("**Duty.** The hub helps.").rest == "The hub helps."
    assert openings.run_in("*Duty*: it helps.").label == "Duty"
    assert openings.run_in("**Duty** of the hub.") is None
    assert openings.run_in("No mark. At all.") is None
    assert openings.run_in("**Two sentences. All bold.**") is None


def test_terms():
    found = openings.term("“**Client; Clients**” means who *pays*.")
    assert (found.label, found.rest) == ("Client; Clients", "means who *pays*.")
    assert openings.term("The word means little.") is None


def test_what_is_set_as_a_heading_but_is_a_paragraph():
    assert openings.is_long("word " * 15 + "end.")
    assert not openings.is_long("Representations and warranties of the parties")


def test_a_heading_wholly_bold_loses_the_mark_and_keeps_the_others():
    assert openings.unbolded("**All *of* it**") == "All *of* it"
    assert openings.unbolded("Some **of** it") == "Some **of** it"


def test_parts_and_definitions():
    assert openings.is_division("PART II General")
    assert not openings.is_division("Particular duties")
    assert openings.names_definitions("1. Definitions")
