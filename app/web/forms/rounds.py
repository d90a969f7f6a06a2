"""Forms of rounds. A deadline is typed as a local time of the agreement's zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext
from wtforms import DateTimeLocalField, StringField
from wtforms.validators import InputRequired, Length

from app.kernel.errors import Invalid
from app.web.forms.base import Form

_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"]


class DeadlineForm(Form):
    """A later deadline of a round."""

    closes_at = DateTimeLocalField(
        lazy_gettext("Deadline"),
        [InputRequired(lazy_gettext("Give a day and a time, as in 2026-12-04 18:00."))],
        format=_FORMATS,
    )

    def moment(self, zone: str) -> datetime:
        """The deadline in UTC. Raises Invalid for an hour that the clocks of the zone skip."""
        typed: datetime = self.closes_at.data
        return in_zone(typed, zone)

    def show(self, moment: datetime, zone: str) -> None:
        """Begin with a moment, written in the zone."""
        self.closes_at.data = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


class OpenForm(DeadlineForm):
    """A new round: until when, and what the facilitator asks."""

    question = StringField(lazy_gettext("What you ask the parties"), [Length(max=2_000)])


def in_zone(typed: datetime, zone: str) -> datetime:
    """A local time of a zone in UTC; where the clocks go back, the first of two equal times."""
    local = typed.replace(tzinfo=ZoneInfo(zone))
    moment = local.astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != typed:
        raise Invalid(
            "The clocks skip this hour in {zone}. Give another time.",
            "closes_at",
            zone=zone,
        )
    return moment
