"""Which two versions are compared."""

from collections.abc import Sequence

import wtforms
from flask_babel import lazy_gettext
from wtforms.fields.choices import SelectChoice

from app.web.forms.base import Form


class Compare(Form):
    """Two versions by their numbers; what the address doesn't say is the latest change.

    `asks_for_unknown`: it names a version that is not there.
    """

    older = wtforms.SelectField(lazy_gettext("From"), name="from", coerce=int)
    newer = wtforms.SelectField(lazy_gettext("To"), name="to", coerce=int)
    asks_for_unknown: bool = False

    def offer(self, numbers: Sequence[int]) -> None:
        """Let these versions be chosen; without a choice it is the latest and the one before."""
        known = sorted(numbers, reverse=True)
        choices = [
            SelectChoice(number, lazy_gettext("Version %(number)s", number=number))
            for number in known
        ]
        self.older.choices = self.newer.choices = choices
        newest = known[0]
        for field, otherwise in ((self.older, max(1, newest - 1)), (self.newer, newest)):
            if field.data not in known:
                self.asks_for_unknown = self.asks_for_unknown or bool(field.raw_data)
                field.data = otherwise
