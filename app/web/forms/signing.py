"""Forms for signing: confirming details, handing in a copy, judging it, declining."""

import wtforms
from flask_babel import lazy_gettext
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.domain.lifecycle import CopyState
from app.web.forms.base import Form

LONGEST_REASON = 2_000
JUDGEMENTS = {
    CopyState.COUNTED: lazy_gettext("It counts: the right text, signed by the right person"),
    CopyState.DOUBTFUL: lazy_gettext("Doubtful: keep it, and ask the party"),
    CopyState.REFUSED: lazy_gettext("Refused: it can’t count"),
}


class ConfirmDetails(Form):
    """That a party's details are right as they were shown; `seen` is what was shown."""

    seen = wtforms.HiddenField()


class HandIn(Form):
    """A signed copy."""

    file = wtforms.FileField(lazy_gettext("Signed copy"))


class Decline(Form):
    """Why a party will not sign."""

    reason = wtforms.TextAreaField(
        lazy_gettext("Why"),
        [
            InputRequired(lazy_gettext("Say why; the facilitator reads it.")),
            Length(max=LONGEST_REASON),
        ],
        render_kw={"rows": 3},
    )


class Judge(Form):
    """What the facilitator makes of a copy."""

    state = wtforms.RadioField(
        lazy_gettext("What is it?"),
        choices=[SelectChoice(str(state), words) for state, words in JUDGEMENTS.items()],
        validators=[InputRequired(lazy_gettext("Choose one of the three."))],
    )
    reason = wtforms.TextAreaField(
        lazy_gettext("What is wrong with it"), [Length(max=LONGEST_REASON)], render_kw={"rows": 2}
    )
