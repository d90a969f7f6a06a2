"""Why is this here."""

from app.domain import provenance
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.provenance import Source
from app.queries import origins, version_pages
from tests.factories.versions import two_versions


def told_of(session, case, key):
    text = version_pages.text_of_version(session, case.agreement, 2)
    accepted = origins.accepted_amendments(session, case.agreement.id)
    return origins.stretches(text.tree, key, text.origins, accepted)


def test_words_name_the_amendment_behind_them(session):
    first, theirs, rest, *removed = told_of(session, two_versions(), "answer-time")
    assert (first.words, rest.words) == (
        "A Hub answers a request within ",
        " working days.",
    )
    assert (theirs.words, theirs.told.words) == (
        "20",
        "Amendment A1 of Lille, accepted by the facilitator.",
    )
    assert theirs.told.who.name == "Lille"
    assert [(one.words, one.told.label, one.is_removed) for one in removed] == [("15", "A1", True)]


def test_the_facilitators_edit_has_its_reason(session):
    told = [one.told for one in told_of(session, two_versions(), "ending")]
    assert ("Edited by the facilitator.", "For clarity.") in {(o.words, o.reason) for o in told}


def test_a_clause_nobody_changed_is_one_line(session):
    assert len(told_of(session, two_versions(), "scope-aim")) == 1


def test_every_origin_is_a_sentence():
    for source, words in (
        (Source("template", "matchmaking 1.0.0"), "From the template matchmaking 1.0.0."),
        (Source("import", "deal.docx"), "From the imported file deal.docx."),
        (Source("answer", "parties"), "Filled in from the parties’ details"),
        (Source("answer", "fee"), "Filled in by an answer"),
        (Source("resolution", "x", "Shorter."), "Settled by the facilitator"),
        (Source("edit"), "Written by the facilitator in the draft."),
        (Source("amendment", "A9", "So."), "Amendment A9."),
    ):
        told = origins.told(source, {})
        assert told.words.startswith(words)
        assert told.reason == source.why


def test_a_ballot_stands_for_its_reason(session):
    case = two_versions()
    one = origins.accepted_amendments(session, case.agreement.id)["A1"]
    carried = origins.Decided(one.number, one.label, one.who, one.version, 3, one.at, one.clauses)
    told = origins.told(Source("amendment", "A1", "Supported."), {"A1": carried})
    assert (told.words, told.reason) == ("Amendment A1 of Lille, carried in ballot 3.", "")


def test_amendments_lead_to_the_clauses_they_left_words_in(session):
    case = two_versions()
    text = version_pages.text_of_version(session, case.agreement, 2)
    accepted = origins.accepted_amendments(session, case.agreement.id)
    ((one, keys),) = origins.amendments_behind(text.tree, text.origins, accepted)
    assert (one.label, keys) == ("A1", ("answer-time",))


def test_a_table_tells_of_its_rows():
    rows = tuple(Clause(f"r-{n}", Kind.ROW, text=f"Party {n}") for n in range(2))
    tree = ClauseTree("T", (Clause("parties", Kind.GENERATED, text="parties", children=rows),))
    known = provenance.initial(tree, Source("answer", "parties"))
    (told,) = origins.stretches(tree, "parties", known, {})
    assert told.words.endswith("Party 0 Party 1")
    assert told.told.words.startswith("Filled in from the parties’ details")
