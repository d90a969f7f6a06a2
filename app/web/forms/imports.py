"""Taking in a file: the file itself, then the title and zone of the agreement it becomes."""

import wtforms
from wtforms.fields.choices import SelectChoice

from app.web.forms.base import Form
from app.web.forms.start import StartForm


class FileForm(Form):
    """One file to choose."""

    file = wtforms.FileField("File")


class ConfirmForm(StartForm):
    """What the file doesn't say: how it is called here and where its deadlines are read."""

    numbers = wtforms.RadioField(
        "Numbers",
        choices=[
            SelectChoice("kept", "Keep the numbers of the file where they can't be computed"),
            SelectChoice("computed", "Number everything anew"),
        ],
        default="kept",
    )
