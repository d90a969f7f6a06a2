"""Forms of what stays inside one organisation: a note, a reply, a check, opening a note."""

from flask_babel import lazy_gettext
from wtforms import BooleanField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.kernel.ids import new_token
from app.web.forms.base import Form

LONGEST = 10_000


class InsideForm(Form):
    """A note about a draft, or a reply to a note."""

    text = TextAreaField(
        lazy_gettext("Your note"),
        [DataRequired(lazy_gettext("Write what you want to say.")), Length(max=LONGEST)],
    )
    form_key = HiddenField(validators=[Length(max=64)], default=new_token)


class OpenForm(Form):
    """Opening a note to everybody: what was seen of it, and whether its replies go along."""

    seen = StringField(validators=[InputRequired(), Length(max=80)])
    with_replies = BooleanField(lazy_gettext("The replies go along"))


class CheckForm(Form):
    """A colleague's yes or no to a draft; `seen` is the edition of it that was read."""

    remark = TextAreaField(lazy_gettext("Your remark"), [Optional(), Length(max=2_000)])
    seen = IntegerField(validators=[InputRequired()])


class AskForm(Form):
    """Asking colleagues to check a draft."""

    remark = TextAreaField(
        lazy_gettext("What should they look at?"), [Optional(), Length(max=2_000)]
    )
