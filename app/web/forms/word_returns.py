"""A Word file that came back: the file, then what of it is taken."""

from collections.abc import Sequence

import wtforms
from flask_babel import lazy_gettext
from wtforms.fields.choices import SelectChoice

from app.web.forms.base import Form

LONGEST_WHY = 5_000


class ReturnForm(Form):
    """What is taken of a file, and how. `take` holds the numbers of items."""

    take = wtforms.SelectMultipleField("Items", validate_choice=False)
    version = wtforms.SelectField(lazy_gettext("Version"), coerce=int, default=0)
    grouping = wtforms.RadioField(
        lazy_gettext("Amendments"),
        choices=[
            SelectChoice("author", lazy_gettext("One amendment for each author named in the file")),
            SelectChoice("clause", lazy_gettext("One amendment for each clause")),
            SelectChoice("one", lazy_gettext("One amendment for everything")),
        ],
        default="author",
    )
    put = wtforms.RadioField(
        lazy_gettext("Then"),
        choices=[
            SelectChoice("propose", lazy_gettext("Propose them at once")),
            SelectChoice("draft", lazy_gettext("Keep them as drafts to go over")),
        ],
        default="propose",
    )
    why = wtforms.TextAreaField(
        lazy_gettext("Reason, for all of them"),
        validators=[
            wtforms.validators.Optional(),
            wtforms.validators.Length(
                max=LONGEST_WHY, message=lazy_gettext("Keep it under 5,000 characters.")
            ),
        ],
    )
    on_behalf_of = wtforms.SelectField(lazy_gettext("Brought for"), choices=[], default="")

    def offer(self, versions: Sequence[int], parties: Sequence[tuple[str, str]]) -> None:
        """Let these versions be named, and these parties be brought something for."""
        held = [
            SelectChoice(number, lazy_gettext("Version %(number)s", number=number))
            for number in versions
        ]
        self.version.choices = [SelectChoice(0, lazy_gettext("As the file says")), *held]
        own = SelectChoice("", lazy_gettext("myself"))
        self.on_behalf_of.choices = [own, *(SelectChoice(*party) for party in parties)]
