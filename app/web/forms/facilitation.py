"""Forms for running an agreement: sharing that, and ending it."""

from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Email, Length

from app.web.forms.base import Form


class ShareForm(Form):
    """Who else shall facilitate."""

    email = StringField(
        "E-mail address of a colleague",
        [
            DataRequired("Give an address."),
            Email("This is not an e-mail address."),
            Length(max=255),
        ],
    )


class EndForm(Form):
    """That one means it."""

    sure = BooleanField(
        "I know that this can't be taken back", [DataRequired("Tick the box to end the agreement.")]
    )
