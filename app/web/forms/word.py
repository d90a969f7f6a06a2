"""What is taken to Word."""

from collections.abc import Sequence

import wtforms
from flask_babel import lazy_gettext
from wtforms.fields.choices import SelectChoice

from app.queries.word_exports import KINDS, Wish
from app.web.forms.base import Form


class Taking(Form):
    """One copy: which text, with what in it. Its address carries it, so it can be repeated.

    `older` is the version of a clean copy too. Which amendments there are the query knows.
    """

    what = wtforms.SelectField("Copy", choices=[SelectChoice(kind, kind) for kind in KINDS])
    older = wtforms.SelectField(lazy_gettext("Version"), name="version", coerce=int)
    newer = wtforms.SelectField(lazy_gettext("To version"), name="against", coerce=int)
    labels = wtforms.SelectMultipleField(
        lazy_gettext("Amendments"), name="amendments", validate_choice=False
    )
    held = wtforms.SelectField(lazy_gettext("Round"), name="round", coerce=int)
    only_mine = wtforms.BooleanField(lazy_gettext("Only what my side said"), name="mine")
    comments = wtforms.BooleanField(lazy_gettext("With the comments"))
    guidance = wtforms.BooleanField(lazy_gettext("With the guidance"))

    def offer(self, versions: Sequence[int], rounds: Sequence[int]) -> None:
        """Let these be chosen; what the address leaves open is the latest."""
        known = sorted(versions, reverse=True)
        choices = [
            SelectChoice(number, lazy_gettext("Version %(number)s", number=number))
            for number in known
        ]
        self.older.choices = self.newer.choices = choices or [
            SelectChoice(0, lazy_gettext("The draft"))
        ]
        self.held.choices = [
            SelectChoice(number, lazy_gettext("Round %(number)s", number=number))
            for number in rounds
        ] or [SelectChoice(0, lazy_gettext("No round"))]
        newest = known[0] if known else 0
        before = max(newest - 1, 1) if self.what.data == "compare" else newest
        for field, otherwise in (
            (self.older, before),
            (self.newer, newest),
            (self.held, max(rounds, default=0)),
        ):
            if not field.raw_data:
                field.data = otherwise

    def wish(self) -> Wish:
        """What is asked for."""
        return Wish(
            what=self.what.data,
            version=self.older.data,
            against=self.newer.data,
            labels=tuple(self.labels.data or ()),
            round=self.held.data,
            comments=self.comments.data,
            guidance=self.guidance.data,
        )
