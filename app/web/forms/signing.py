"""Forms for signing: confirming details, handing in a copy, judging it, declining."""

import wtforms
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.domain.lifecycle import CopyState
from app.web.forms.base import Form

LONGEST_REASON = 2_000
JUDGEMENTS = {
    CopyState.COUNTED: "It counts: the right text, signed by the right person",
    CopyState.DOUBTFUL: "Doubtful: keep it, and ask the party",
    CopyState.REFUSED: "Refused: it can’t count",
}


class ConfirmDetails(Form):
    """That a party's details are right as they were shown; `seen` is what was shown."""

    seen = wtforms.HiddenField()


class HandIn(Form):
    """A signed copy."""

    file = wtforms.FileField("Signed copy")


class Decline(Form):
    """Why a party will not sign."""

    reason = wtforms.TextAreaField(
        "Why",
        [InputRequired("Say why; the facilitator reads it."), Length(max=LONGEST_REASON)],
        render_kw={"rows": 3},
    )


class Judge(Form):
    """What the facilitator makes of a copy."""

    state = wtforms.RadioField(
        "What is it?",
        choices=[SelectChoice(str(state), words) for state, words in JUDGEMENTS.items()],
        validators=[InputRequired("Choose one of the three.")],
    )
    reason = wtforms.TextAreaField(
        "What is wrong with it", [Length(max=LONGEST_REASON)], render_kw={"rows": 2}
    )
