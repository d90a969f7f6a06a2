"""Who takes part: an organisation joins, a person gets a seat or an invitation."""

import wtforms
from wtforms import validators
from wtforms.fields.choices import SelectChoice

from app.queries.participants import SEATS
from app.web.forms.base import Form

_ROLES = [SelectChoice(str(role), str(role).replace("_", " ").capitalize()) for role in SEATS]


class JoinForm(Form):
    """An organisation of the network takes part."""

    organisation = wtforms.SelectField(
        "Organisation", [validators.InputRequired("Choose an organisation.")]
    )
    kind = wtforms.RadioField(
        "Takes part as",
        choices=[
            SelectChoice("party", "a party, who will be bound"),
            SelectChoice("observer", "an observer, who reads and is heard but does not sign"),
        ],
        default="party",
    )
    role = wtforms.SelectField(
        "Its role in the text", choices=[SelectChoice("", "None in particular")]
    )


class SeatForm(Form):
    """A member of the organisation gets a seat."""

    person = wtforms.SelectField("Person", [validators.InputRequired("Choose a person.")])
    role = wtforms.SelectField("Seat", choices=_ROLES)


class InviteForm(Form):
    """Somebody who has no account yet is invited to a seat."""

    email = wtforms.EmailField(
        "E-mail address",
        [
            validators.InputRequired("Give the address the invitation goes to."),
            validators.Length(max=255),
            validators.Regexp(r"\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*\Z", message="This is no address."),
        ],
    )
    role = wtforms.SelectField("Seat", choices=_ROLES)
