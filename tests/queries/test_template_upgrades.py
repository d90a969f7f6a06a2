"""An agreement beside its template: answers and choices are read off the text itself."""

import pytest

from app.kernel.errors import NotFound
from app.models.agreements import Agreement
from app.queries import template_upgrades as found
from tests.factories.agreements import make_case
from tests.factories.templates import make_templated, template_text


def row(session, case) -> Agreement:
    return session.get_one(Agreement, case.agreement.id)


def test_answers_given_are_no_deviation(session):
    case = make_templated(tree=template_text(quorum="half"))
    texts, report = found.deviations_of(session, row(session, case))
    assert (texts.number, texts.name) == (1, "version 1")
    assert report.found == ()


def test_what_was_negotiated_is(session):
    case = make_templated()
    _, report = found.deviations_of(session, row(session, case))
    assert [(one.key, one.way) for one in report.found] == [
        ("commitments-attendance", "deleted"),
        ("liability-between", "changed"),
    ]


def test_choices_and_answers_are_read_off_the_text(session):
    text = template_text()
    case = make_templated(tree=text)
    upgrade = found.upgrade_of(session, row(session, case))
    assert upgrade.base == text
    assert upgrade.answered == {"silence_days": "10"}
    assert not upgrade.is_settled


def test_an_agreement_without_template_has_no_report_and_no_offer(session):
    agreement = row(session, make_case())
    assert found.newer_versions(agreement) == ()
    with pytest.raises(NotFound, match="not made from a template"):
        found.deviations_of(session, agreement)
    with pytest.raises(NotFound, match="no newer version"):
        found.upgrade_of(session, agreement)
    assert found.framework_of(session, agreement) is None


def test_a_specific_agreement_is_held_against_its_framework(session):
    above, below = make_templated(), make_case()
    agreement = row(session, below)
    agreement.framework_id = above.agreement.id
    session.commit()
    assert found.framework_of(session, agreement) == row(session, above)
    texts, theirs, departures = found.departures_of(session, agreement, row(session, above))
    assert texts.number == theirs.number == 1
    assert [pair.key for pair in departures.pairs] == ["ending"]
    assert departures.silent > 100
