"""Forms for ballots: opening one, voting, a later deadline, declaring void."""

from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from app.domain.ballots import Base, VotingRule
from app.domain.words import named
from app.web.forms.base import Form
from app.web.forms.moments import DeadlineField

RULES = {
    "majority": (_("More than half of the votes for and against"), VotingRule()),
    "two_thirds": (
        _("Two thirds of the votes for and against, half of the parties taking part"),
        VotingRule(2, 3, strict=False, min_participation=(1, 2)),
    ),
    "two_thirds_all": (
        _("Two thirds of all parties"),
        VotingRule(2, 3, strict=False, base=Base.ELIGIBLE),
    ),
    "three_quarters": (
        _("Three quarters of all parties"),
        VotingRule(3, 4, strict=False, base=Base.ELIGIBLE),
    ),
    "unanimity": (
        _("All parties, with one no enough to defeat it"),
        VotingRule(1, 1, strict=False, base=Base.ELIGIBLE, veto=True),
    ),
    "nobody_against": (_("All who vote for or against say yes"), VotingRule(1, 1, strict=False)),
    "silence": (
        _("Silence procedure: carried unless a party votes no in time"),
        VotingRule(consent=True),
    ),
}
"""The rules a facilitator may choose, by name: the line on the form, and the rule itself."""


def one_or_more(_form: Form, field: Field) -> None:
    """Ask for at least one tick; no browser may ask for each."""
    if not field.data:
        raise ValidationError(
            _("Choose the amendment this ballot decides, or several that exclude each other.")
        )


_NO_MOMENT = _("Give a day and a time.")


class _Opening(Form):
    question = StringField(
        _("What is asked"),
        [DataRequired(_("Say in one sentence what is asked.")), Length(max=300)],
    )
    rule = SelectField(
        _("Rule"),
        [InputRequired(_("Choose a rule."))],
        choices=[SelectChoice(name, words) for name, (words, _) in RULES.items()],
    )
    closes_at = DeadlineField(
        _("Deadline"), validators=[InputRequired(_("Give a day and a time."))]
    )
    is_confidential = BooleanField(_("Confidential: nobody learns who chose what"))

    def voting_rule(self) -> VotingRule:
        """The rule that was chosen."""
        return RULES[self.rule.data][1]


class OpenBallotForm(_Opening):
    """Put one amendment or several as alternatives to the parties."""

    amendments = SelectMultipleField(
        _("Amendments"),
        [one_or_more],
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
    is_straw = BooleanField(_("Straw poll: it only shows the mood and decides nothing"))
    shows_results = BooleanField(_("Show the count while the ballot is open"))


class OpenAdoptionForm(_Opening):
    """Put the whole text to the parties."""


class VoteForm(Form):
    """The vote of an organisation; its choices come from the ballot."""

    choice = RadioField(_("Vote"), [InputRequired(_("Choose one of the answers."))])

    def offer(self, choices: Iterable[Sequence[str]]) -> None:
        """Let people choose between these: pairs of key and words."""
        self.choice.choices = [
            SelectChoice(key, named(words, capital=True)) for key, words in choices
        ]


class ExtendForm(Form):
    """A later deadline."""

    closes_at = DeadlineField(
        _("New deadline"), validators=[InputRequired(_("Give a day and a time."))]
    )


class VoidForm(Form):
    """Why a ballot is void."""

    reason = TextAreaField(
        _("Reason"),
        [DataRequired(_("Say why; everybody who may vote reads it.")), Length(max=2000)],
    )
