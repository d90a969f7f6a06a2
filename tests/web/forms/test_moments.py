from datetime import UTC, datetime

from werkzeug.datastructures import MultiDict

from app.web.forms.base import Form
from app.web.forms.moments import DeadlineField


class Typed(Form):
    at = DeadlineField("Deadline")


def typed(words: str) -> Typed:
    form = Typed(MultiDict({"at": words}))
    form.validate()
    return form


def test_a_local_time_is_one_moment_in_the_zone_of_the_agreement():
    winter, summer = typed("2026-12-04T18:00"), typed("2026-07-04T18:00")

    assert winter.at.moment("Europe/Brussels") == datetime(2026, 12, 4, 17, 0, tzinfo=UTC)
    assert summer.at.moment("Europe/Brussels") == datetime(2026, 7, 4, 16, 0, tzinfo=UTC)
    assert winter.at.moment("Europe/Tallinn") == datetime(2026, 12, 4, 16, 0, tzinfo=UTC)


def test_of_an_hour_that_comes_twice_the_first_is_meant():
    assert typed("2026-10-25T02:30").at.moment("Europe/Brussels").hour == 0


def test_a_moment_is_shown_as_it_would_be_typed():
    moment = datetime(2026, 12, 4, 17, 0, 30, tzinfo=UTC)

    assert DeadlineField.typed(moment, "Europe/Brussels") == datetime(2026, 12, 4, 18, 0)


def test_what_is_no_time_is_refused_with_a_sentence():
    assert typed("tomorrow").at.errors
