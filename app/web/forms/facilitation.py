"""Forms for running an agreement: sharing that, and ending it."""

from flask_babel import lazy_gettext
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Email, Length

from app.web.forms.base import Form


class ShareForm(Form):
    """Who else shall facilitate."""

    email = StringField(
        lazy_gettext("E-mail address of a colleague"),
        [
            DataRequired(lazy_gettext("Give an address.")),
            Email(lazy_gettext("This is not an e-mail address.")),
            Length(max=255),
        ],
    )


class EndForm(Form):
    """That one means it."""

    sure = BooleanField(
        lazy_gettext("I know that this can't be taken back"),
        [DataRequired(lazy_gettext("Tick the box to end the agreement."))],
    )
