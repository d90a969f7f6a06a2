"""Forms of one's own account."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from app.http import languages
from app.web.forms.base import Form


class LanguageForm(Form):
    """Which language everything but the agreements themselves is in."""

    language = SelectField(_("Language"))

    def __init__(self, *arguments: object, **more: object) -> None:
        super().__init__(*arguments, **more)
        self.language.choices = [
            SelectChoice("", _("As my browser asks")),
            *(SelectChoice(code, name) for code, name in languages.names().items()),
        ]
