"""The draft: its blanks all at once, its title and numbering, the words of one article."""

from collections.abc import Mapping
from typing import Any, cast

import wtforms
from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms import validators
from wtforms.fields.choices import SelectChoice

from app.domain.clauses import Numbering
from app.formats.template_source import Question, TemplateDocument, answer_words
from app.kernel.errors import Invalid
from app.web.forms.base import Form
from app.web.forms.start import ANSWER, AnswersForm, answer_field

_NUMBERINGS = (
    (Numbering.ARTICLE, lazy_gettext("Article 4 · 4.2 · (b)")),
    (Numbering.PLAIN, "4. · 4.2 · (b)"),
    (Numbering.DECIMAL, "4. · 4.2 · 4.2.1"),
)


class DetailsForm(Form):
    """How the agreement is called and numbered."""

    title = wtforms.StringField(
        lazy_gettext("Title"),
        [
            validators.DataRequired(lazy_gettext("Give the agreement a title.")),
            validators.Length(max=300),
        ],
    )
    numbering = wtforms.SelectField(
        lazy_gettext("Numbers"),
        [validators.InputRequired(lazy_gettext("Choose how clauses are numbered."))],
        choices=[SelectChoice(str(value), words) for value, words in _NUMBERINGS],
    )
    renumber = wtforms.BooleanField(lazy_gettext("Number anew what carries a number from the file"))
    row_version = wtforms.IntegerField(default=0, widget=wtforms.widgets.HiddenInput())


class BlanksForm(AnswersForm):
    """Every blank that still stands."""

    row_version = wtforms.IntegerField(default=0, widget=wtforms.widgets.HiddenInput())


class SheetForm(Form):
    """What stands beside the words of an article; the words themselves are a Sheet."""

    row_version = wtforms.IntegerField(default=0, widget=wtforms.widgets.HiddenInput())


def blanks_form(
    blanks: Mapping[str, str],
    known: Mapping[str, Question],
    data: MultiDict[str, str] | None,
    *,
    given: Mapping[str, str],
    row_version: int,
) -> BlanksForm:
    """A field for each blank.

    `known` are the template's questions by name, `given` what is known already, such as the seat
    of a party.
    """
    fields = {
        ANSWER + name: answer_field(known.get(name) or Question(name, label, "text"))
        for name, label in blanks.items()
    }
    kind = cast("type[BlanksForm]", type("BlanksForm", (BlanksForm,), fields))
    usual: dict[str, Any] = {ANSWER + name: words for name, words in given.items()}
    return kind(data, row_version=row_version, **usual)


def worded(form: BlanksForm, document: TemplateDocument | None) -> dict[str, str]:
    """The answers as the words that go into the text; each that is none is told at its field."""
    variables = {variable.name for variable in document.variables} if document else set()
    found: dict[str, str] = {}
    for name, words in form.given().items():
        try:
            typed = document is not None and name in variables
            found[name] = answer_words(document, name, words) if document and typed else words
        except Invalid as error:
            form.refuse(error)
    return found
