"""The form of a bundle: until when something can be pulled out, and why it is accepted."""

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import Length

from app.web.forms.rounds import DeadlineForm


class BundleForm(DeadlineForm):
    """A new bundle; its amendments are ticked in the list beside it."""

    reason = StringField(_("Reason, given with every amendment of it"), [Length(max=2_000)])
