"""Forms of consolidation: settling a conflict, editing a clause, publishing."""

from typing import ClassVar

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.kernel.errors import Invalid
from app.web.forms.base import Form

LONGEST = 20_000


class _Wanted:
    """Marks a field as needed; the action refuses it empty, a look at what comes of it doesn't."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, form: object, field: object) -> None:
        """Let everything pass."""


class SettleForm(Form):
    """How a conflict is settled. `choice` is base, side-7, order-7-9, places, or own.

    With `places`, `place-<amendment>` says at which place each stands.
    """

    conflict = HiddenField()
    choice = StringField(_("Which wording"), [InputRequired(_("Choose one of them."))])
    own = TextAreaField(_("Your wording"), [Length(max=LONGEST)])
    why = TextAreaField(_("Reason, recorded with the decision"), [Length(max=5_000)])

    def begin(self, words: str) -> None:
        """Begin one's own wording with words of the others; nothing is decided yet."""
        self.choice.data, self.own.data = "own", words

    def value(self, places: dict[int, int]) -> tuple[str, object]:
        """The choice and its value as the action takes them. Raises Invalid."""
        name, *numbers = (self.choice.data or "").split("-")
        if name == "own":
            return "own", " ".join((self.own.data or "").split())
        if name == "places":
            return "order", [number for number, _ in sorted(places.items(), key=_by_place)]
        if not all(one.isascii() and one.isdecimal() and len(one) < 9 for one in numbers):
            raise Invalid("Choose one of them.", "choice")
        given = [int(one) for one in numbers]
        if name == "side" and len(given) == 1:
            return "side", given[0]
        if name == "order" and given:
            return "order", given
        if name == "base":
            return "base", None
        raise Invalid("Choose one of them.", "choice")


class EditForm(Form):
    """Other words for one clause. `seen` names the words that stood there."""

    heading = StringField(_("Heading"), [Length(max=1_000)])
    text = TextAreaField(_("Text"), [Length(max=LONGEST)])
    goes = BooleanField(_("This clause goes, with all below it"))
    why = TextAreaField(_("Reason, shown beside the change"), [_Wanted(), Length(max=5_000)])
    seen = HiddenField()


class ArrangeForm(Form):
    """Something done to a clause but to change its words. `seen` names it and its neighbours."""

    what = RadioField(
        _("What shall happen"),
        [InputRequired(_("Choose one of them."))],
        choices=[
            SelectChoice("add", _("Add a clause behind it")),
            SelectChoice("move", _("Move it")),
            SelectChoice("split", _("Split it in two")),
            SelectChoice("join", _("Join it with the next")),
        ],
    )
    heading = StringField(_("Heading"), [Length(max=1_000)])
    text = TextAreaField(_("Text"), [Length(max=LONGEST)])
    place = SelectField(_("New place"), choices=[], validate_choice=False)
    why = TextAreaField(_("Reason, shown beside the change"), [_Wanted(), Length(max=5_000)])
    seen = HiddenField()


class PublishForm(Form):
    """A word to everybody that goes with the version. `seen` names the text that was shown."""

    note = TextAreaField(_("A word to everybody"), [Length(max=2_000)])
    seen = HiddenField()


def _by_place(item: tuple[int, int]) -> tuple[int, int]:
    return item[1], item[0]
