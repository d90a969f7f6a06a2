"""Who takes part: an organisation joins, a person gets a seat or an invitation."""

import wtforms
from flask_babel import lazy_gettext
from wtforms import validators
from wtforms.fields.choices import SelectChoice

from app.domain.words import named
from app.queries.participants import SEATS
from app.web.forms.base import Form

_ROLES = [SelectChoice(str(role), named(role, capital=True)) for role in SEATS]


class JoinForm(Form):
    """An organisation of the network takes part."""

    organisation = wtforms.SelectField(
        lazy_gettext("Organisation"),
        [validators.InputRequired(lazy_gettext("Choose an organisation."))],
    )
    kind = wtforms.RadioField(
        lazy_gettext("Takes part as"),
        choices=[
            SelectChoice("party", lazy_gettext("a party, who will be bound")),
            SelectChoice(
                "observer", lazy_gettext("an observer, who reads and is heard but does not sign")
            ),
        ],
        default="party",
    )
    role = wtforms.SelectField(
        lazy_gettext("Its role in the text"),
        choices=[SelectChoice("", lazy_gettext("None in particular"))],
    )


class SeatForm(Form):
    """A member of the organisation gets a seat."""

    person = wtforms.SelectField(
        lazy_gettext("Person"), [validators.InputRequired(lazy_gettext("Choose a person."))]
    )
    role = wtforms.SelectField(lazy_gettext("Seat"), choices=_ROLES)


class InviteForm(Form):
    """Somebody who has no account yet is invited to a seat."""

    email = wtforms.EmailField(
        lazy_gettext("E-mail address"),
        [
            validators.InputRequired(lazy_gettext("Give the address the invitation goes to.")),
            validators.Length(max=255),
            validators.Regexp(
                r"\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*\Z", message=lazy_gettext("This is no address.")
            ),
        ],
    )
    role = wtforms.SelectField(lazy_gettext("Seat"), choices=_ROLES)
