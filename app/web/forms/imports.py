"""Taking in a file: the file itself, then the title and zone of the agreement it becomes."""

import wtforms
from flask_babel import lazy_gettext
from wtforms.fields.choices import SelectChoice

from app.web.forms.base import Form
from app.web.forms.start import StartForm


class FileForm(Form):
    """One file to choose."""

    file = wtforms.FileField(lazy_gettext("File"))


class ConfirmForm(StartForm):
    """What the file doesn't say: how it is called here and where its deadlines are read."""

    numbers = wtforms.RadioField(
        lazy_gettext("Numbers"),
        choices=[
            SelectChoice(
                "kept", lazy_gettext("Keep the numbers of the file where they can't be computed")
            ),
            SelectChoice("computed", lazy_gettext("Number everything anew")),
        ],
        default="kept",
    )
