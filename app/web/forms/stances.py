"""The form of a stance on a clause."""

from flask_babel import lazy_gettext
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.domain.stances import LONGEST, WORDS, sign
from app.http.languages import tell
from app.web.forms.base import Form


class StanceForm(Form):
    """Where an organisation stands on a clause, and why."""

    value = RadioField(
        lazy_gettext("Where you stand"),
        [InputRequired(lazy_gettext("Choose where you stand."))],
        choices=[],
    )
    reason = TextAreaField(lazy_gettext("Why"), [Length(max=LONGEST)])

    def offer(self) -> None:
        """Name the five stances, in the language of the page."""
        self.value.choices = [
            SelectChoice(str(value), f"{sign(value)}  {tell(words)}")
            for value, words in WORDS.items()
        ]
