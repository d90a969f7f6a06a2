"""Forms of the desk: one answer, the same answer for several, what else is done with several."""

import uuid
from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, StopValidation

from app.domain.answering import DECIDES
from app.domain.lifecycle import Outcome
from app.queries.answers import WORDS
from app.web.forms.base import Form

LONGEST = 5_000
_FOR_COMMENTS = tuple(SelectChoice(str(outcome), words) for outcome, words in WORDS.items())
_FOR_AMENDMENTS = tuple(choice for choice in _FOR_COMMENTS if choice.value in DECIDES)


class AnswerForm(Form):
    """The answer to one contribution. `seen` is the press that gave the answer that is changed."""

    outcome = SelectField(_("Answer"), [InputRequired(_("Choose an answer."))])
    answer = TextAreaField(_("Reason"), [Length(max=LONGEST)])
    duplicate_of = StringField(_("Repeats"), [Length(max=20)])
    seen = IntegerField(default=0)

    def offer(self, *, is_amendment: bool, decides: bool) -> None:
        """Let it choose among the answers of its kind; what can't be now doesn't stand first.

        Where anything can be, nothing is chosen beforehand: one press would accept unread.
        """
        choices = list(_FOR_AMENDMENTS if is_amendment else _FOR_COMMENTS)
        if is_amendment and not decides:
            choices.sort(key=lambda choice: choice.value != Outcome.DEFERRED)
        elif not self.seen.data:
            choices.insert(0, SelectChoice("", _("Choose")))
        self.outcome.choices = choices


class PickForm(Form):
    """What is ticked: `item` are the ids, `seen-<id>` what was seen of the answer of each.

    `to` is the id of a facilitator, `head` the number of a contribution.
    """

    to = StringField(_("Who answers them"))
    head = StringField(_("Goes with"), [Length(max=20)])

    def __init__(self, data: MultiDict[str, str] | None = None) -> None:
        super().__init__(data)
        self.picked = tuple(dict.fromkeys(_ids(data.getlist("item")))) if data is not None else ()
        self.seen = _seen(data, self.picked) if data is not None else {}

    def has(self, row: str) -> bool:
        """Whether a row was ticked when this was sent."""
        return uuid.UUID(row) in self.picked


class _Chosen:
    """Refuses an empty choice; the browser doesn't, as other buttons send the same form."""

    def __call__(self, _form: object, field: SelectField) -> None:
        """Raise StopValidation where nothing was chosen."""
        if not field.data:
            raise StopValidation(str(_("Choose an answer.")))


class BatchForm(PickForm):
    """One answer for all that is ticked; `sure` once it was looked at."""

    outcome = SelectField(
        _("Answer"), [_Chosen()], choices=[SelectChoice("", _("Choose")), *_FOR_COMMENTS]
    )
    answer = TextAreaField(_("Reason, sent to each of them"), [Length(max=LONGEST)])
    duplicate_of = StringField(_("Repeats"), [Length(max=20)])
    saved = StringField(_("Saved answer"))
    sure = StringField()


class SavedAnswerForm(Form):
    """An answer kept for use again. `seen` is the row version that is changed."""

    title = StringField(
        _("Title"), [InputRequired(_("Give it a title; you choose by it.")), Length(max=120)]
    )
    text = TextAreaField(
        _("Answer"), [InputRequired(_("Write the answer that is kept.")), Length(max=LONGEST)]
    )
    seen = IntegerField(default=0)


def _ids(given: Sequence[str]) -> Sequence[uuid.UUID]:
    """The ids among what a page sent; what is none names nothing of ours."""
    found = []
    for words in given:
        try:
            found.append(uuid.UUID(words))
        except ValueError:
            continue
    return found


def _seen(data: MultiDict[str, str], picked: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    return {one: data.get(f"seen-{one}", 0, type=int) for one in picked}
