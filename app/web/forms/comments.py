"""Forms of comments: starting a thread, a reply, changing one's own words."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from app.kernel.ids import new_token
from app.web.forms.base import Form

LONGEST = 10_000
EVERYBODY, INSIDE = "everybody", "inside"
_KINDS = [
    SelectChoice("question", _("Question: I want to understand")),
    SelectChoice("concern", _("Concern: we can't accept this as it stands")),
    SelectChoice("editorial", _("Editorial: the words, not the deal")),
    SelectChoice("support", _("Support: keep this")),
]
_NEEDED = DataRequired(_("Write what you want to say."))


class StartForm(Form):
    """A new comment, on words, on a clause, on an amendment or on the whole."""

    kind = SelectField(
        _("What is it"), [InputRequired(_("Choose one."))], choices=_KINDS, default="question"
    )
    quote = StringField(_("About these words"), [Length(max=2_000)])
    text = TextAreaField(_("Your comment"), [_NEEDED, Length(max=LONGEST)])
    on_behalf_of = SelectField(_("Entered for"), choices=[], default="")
    audience = RadioField(_("Who reads it"), choices=[], default=EVERYBODY, validate_choice=False)
    form_key = HiddenField(validators=[Length(max=64)], default=new_token)

    def offer(self, organisations: Sequence[tuple[str, str]]) -> None:
        """Let the facilitator enter what one of these sent: pairs of code and name."""
        self.on_behalf_of.choices = _with(_("my own comment"), organisations)

    def offer_inside(self, organisation: str) -> None:
        """Let it be for the writer's own organisation alone; "" where they sit for none."""
        told = SelectChoice(EVERYBODY, gettext("Everybody who takes part"))
        only = gettext("Only %(organisation)s", organisation=organisation)
        self.audience.choices = [told, SelectChoice(INSIDE, only)] if organisation else []

    @property
    def is_inside(self) -> bool:
        """Whether it is for the writer's own organisation alone."""
        return bool(self.audience.data == INSIDE)


class ReplyForm(Form):
    """A reply in a thread."""

    text = TextAreaField(_("Your reply"), [_NEEDED, Length(max=LONGEST)])
    on_behalf_of = SelectField(_("Entered for"), choices=[], default="")
    form_key = HiddenField(validators=[Length(max=64)], default=new_token)

    def offer(self, organisations: Sequence[tuple[str, str]]) -> None:
        """Let the facilitator enter what one of these sent: pairs of code and name."""
        self.on_behalf_of.choices = _with(_("my own reply"), organisations)


def _with(own: str, organisations: Sequence[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice("", own), *(SelectChoice(code, name) for code, name in organisations)]


class EditForm(Form):
    """Other words for one's own comment."""

    text = TextAreaField(_("Your comment"), [_NEEDED, Length(max=LONGEST)])
