"""Forms of the desk: one answer, or the same answer for several comments."""

import uuid
from collections.abc import Mapping, Sequence

from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.domain.lifecycle import Outcome
from app.queries.answers import WORDS
from app.web.forms.base import Form

LONGEST = 5_000
_FOR_COMMENTS = tuple(SelectChoice(str(outcome), words) for outcome, words in WORDS.items())
_FOR_AMENDMENTS = tuple(
    choice
    for choice in _FOR_COMMENTS
    if choice.value not in (Outcome.ACCEPTED_IN_PART, Outcome.NOTED)
)


class AnswerForm(Form):
    """The answer to one contribution. `seen` is the row version of the answer that is changed."""

    outcome = SelectField("Answer", [InputRequired("Choose an answer.")])
    answer = TextAreaField("Reason", [Length(max=LONGEST)])
    duplicate_of = StringField("Repeats", [Length(max=20)])
    seen = IntegerField(default=0)

    def offer(self, *, is_amendment: bool, decides: bool) -> None:
        """Let it choose among the answers of its kind; what can't be now doesn't stand first."""
        choices = list(_FOR_AMENDMENTS if is_amendment else _FOR_COMMENTS)
        if is_amendment and not decides:
            choices.sort(key=lambda choice: choice.value != Outcome.DEFERRED)
        self.outcome.choices = choices


class BatchForm(Form):
    """One answer for all that is ticked: `item` are their ids, `seen-<id>` what was seen."""

    outcome = SelectField("Answer", choices=list(_FOR_COMMENTS))
    answer = StringField("Reason, sent to each of them", [Length(max=LONGEST)])
    duplicate_of = StringField("Repeats", [Length(max=20)])

    def __init__(self, data: MultiDict[str, str] | None = None) -> None:
        super().__init__(data)
        self.picked = tuple(_ids(data.getlist("item"))) if data is not None else ()
        self.seen = _seen(data, self.picked) if data is not None else {}

    def has(self, row: str) -> bool:
        """Whether a row was ticked when this was sent."""
        return uuid.UUID(row) in self.picked


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
