"""Forms for organisations, invitations and joining."""

from flask_babel import lazy_gettext
from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, Email, Length, Optional, Regexp

from app.domain.generated import Party
from app.web.forms.base import Form


class AddOrganisationForm(Form):
    """A new organisation of the network."""

    name = StringField(
        lazy_gettext("Name"), [DataRequired(lazy_gettext("Give the name.")), Length(max=200)]
    )
    code = StringField(
        lazy_gettext("Its sign"),
        [
            DataRequired(lazy_gettext("Give three letters.")),
            Regexp(r"^\s*[A-Za-z]{3}\s*$", message=lazy_gettext("The sign is three letters.")),
        ],
    )
    country = StringField(
        lazy_gettext("Country"),
        [
            DataRequired(lazy_gettext("Give the country.")),
            Regexp(r"^\s*[A-Za-z]{2}\s*$", message=lazy_gettext("Two letters, as in FR.")),
        ],
    )
    city = StringField(lazy_gettext("City"), [Optional(), Length(max=100)])


class ProfileForm(Form):
    """What an organisation's profile and signature page say."""

    name = StringField(
        lazy_gettext("Name"), [DataRequired(lazy_gettext("Give the name.")), Length(max=200)]
    )
    country = StringField(
        lazy_gettext("Country"),
        [
            DataRequired(lazy_gettext("Give the country.")),
            Regexp(r"^\s*[A-Za-z]{2}\s*$", message=lazy_gettext("Two letters, as in FR.")),
        ],
    )
    city = StringField(lazy_gettext("City"), [Optional(), Length(max=100)])
    legal_form = StringField(lazy_gettext("Legal form"), [Optional(), Length(max=100)])
    seat = StringField(lazy_gettext("Seat"), [Optional(), Length(max=300)])
    register_number = StringField(lazy_gettext("Register number"), [Optional(), Length(max=100)])
    representative = StringField(lazy_gettext("Represented by"), [Optional(), Length(max=200)])
    capacity = StringField(lazy_gettext("In the capacity of"), [Optional(), Length(max=100)])
    seen = HiddenField()

    def party(self, code: str) -> Party:
        """The details as a signature page names them."""
        return Party(
            code=code,
            name=(self.name.data or "").strip(),
            legal_form=(self.legal_form.data or "").strip(),
            seat=(self.seat.data or "").strip(),
            register_number=(self.register_number.data or "").strip(),
            representative=(self.representative.data or "").strip(),
            capacity=(self.capacity.data or "").strip(),
        )


class InviteForm(Form):
    """Invite somebody by link."""

    email = StringField(
        lazy_gettext("E-mail address"),
        [
            DataRequired(lazy_gettext("Give an address.")),
            Email(lazy_gettext("This is not an e-mail address.")),
            Length(max=255),
        ],
    )
    is_administrator = BooleanField(
        lazy_gettext("Administrator: keeps the profile and invites colleagues")
    )


class JoinForm(Form):
    """An account for the invited address."""

    name = StringField(
        lazy_gettext("Your name"),
        [
            DataRequired(lazy_gettext("Give your name; others see it beside what you write.")),
            Length(max=200),
        ],
    )
    password = PasswordField(
        lazy_gettext("Password"),
        [DataRequired(lazy_gettext("Choose a password.")), Length(max=128)],
    )
