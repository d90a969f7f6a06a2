"""A Word file that came back: the file, then what of it is taken."""

from collections.abc import Sequence

import wtforms
from wtforms.fields.choices import SelectChoice

from app.web.forms.base import Form

LONGEST_WHY = 5_000


class ReturnForm(Form):
    """What is taken of a file, and how. `take` holds the numbers of items."""

    take = wtforms.SelectMultipleField("Items", validate_choice=False)
    version = wtforms.SelectField("Version", coerce=int, default=0)
    grouping = wtforms.RadioField(
        "Amendments",
        choices=[
            SelectChoice("author", "One amendment for each author named in the file"),
            SelectChoice("clause", "One amendment for each clause"),
            SelectChoice("one", "One amendment for everything"),
        ],
        default="author",
    )
    put = wtforms.RadioField(
        "Then",
        choices=[
            SelectChoice("propose", "Propose them at once"),
            SelectChoice("draft", "Keep them as drafts to go over"),
        ],
        default="propose",
    )
    why = wtforms.TextAreaField(
        "Reason, for all of them",
        validators=[
            wtforms.validators.Optional(),
            wtforms.validators.Length(max=LONGEST_WHY, message="Keep it under 5,000 characters."),
        ],
    )
    on_behalf_of = wtforms.SelectField("Brought for", choices=[], default="")

    def offer(self, versions: Sequence[int], parties: Sequence[tuple[str, str]]) -> None:
        """Let these versions be named, and these parties be brought something for."""
        held = [SelectChoice(number, f"Version {number}") for number in versions]
        self.version.choices = [SelectChoice(0, "As the file says"), *held]
        own = SelectChoice("", "myself")
        self.on_behalf_of.choices = [own, *(SelectChoice(*party) for party in parties)]
