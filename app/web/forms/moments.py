"""A deadline on a form: typed as local time of the agreement's zone, understood as one moment."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField


class DeadlineField(DateTimeLocalField):
    """A local date and time, to the minute."""

    def __init__(self, label: str, **more: object) -> None:
        super().__init__(label, format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **more)

    def moment(self, zone: str) -> datetime:
        """The moment in UTC. Of an hour that a change of clocks repeats, the first."""
        local: datetime = self.data
        return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)

    @staticmethod
    def typed(moment: datetime, zone: str) -> datetime:
        """A moment as it would be typed in a zone, to fill the field with."""
        return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)
