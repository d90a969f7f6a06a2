"""Forms for organisations, invitations and joining."""

from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, Email, Length, Optional, Regexp

from app.domain.generated import Party
from app.web.forms.base import Form


class AddOrganisationForm(Form):
    """A new organisation of the network."""

    name = StringField("Name", [DataRequired("Give the name."), Length(max=200)])
    code = StringField(
        "Sign",
        [
            DataRequired("Give three letters."),
            Regexp(r"^\s*[A-Za-z]{3}\s*$", message="The sign is three letters."),
        ],
    )
    country = StringField(
        "Country",
        [
            DataRequired("Give the country."),
            Regexp(r"^\s*[A-Za-z]{2}\s*$", message="Two letters, as in FR."),
        ],
    )
    city = StringField("City", [Optional(), Length(max=100)])


class ProfileForm(Form):
    """What an organisation's profile and signature page say."""

    name = StringField("Name", [DataRequired("Give the name."), Length(max=200)])
    country = StringField(
        "Country",
        [
            DataRequired("Give the country."),
            Regexp(r"^\s*[A-Za-z]{2}\s*$", message="Two letters, as in FR."),
        ],
    )
    city = StringField("City", [Optional(), Length(max=100)])
    legal_form = StringField("Legal form", [Optional(), Length(max=100)])
    seat = StringField("Seat", [Optional(), Length(max=300)])
    register_number = StringField("Register number", [Optional(), Length(max=100)])
    representative = StringField("Represented by", [Optional(), Length(max=200)])
    capacity = StringField("In the capacity of", [Optional(), Length(max=100)])
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
        "E-mail address",
        [
            DataRequired("Give an address."),
            Email("This is not an e-mail address."),
            Length(max=255),
        ],
    )
    is_administrator = BooleanField("Administrator: keeps the profile and invites colleagues")


class JoinForm(Form):
    """An account for the invited address."""

    name = StringField(
        "Your name",
        [DataRequired("Give your name; others see it beside what you write."), Length(max=200)],
    )
    password = PasswordField("Password", [DataRequired("Choose a password."), Length(max=128)])
