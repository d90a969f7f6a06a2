"""The interview: what kind of agreement, which options, what goes into the blanks."""

from collections.abc import Iterable, Sequence
from typing import Any, cast
from zoneinfo import available_timezones

import wtforms
from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms import validators
from wtforms.fields.choices import SelectChoice

from app.formats.template_source import Question, TemplateDocument, answer_words
from app.kernel.errors import AppError, Invalid
from app.web.forms.base import Form

OPTION, ANSWER = "o_", "q_"
"""What the names of fields begin with, so that no question is called like a part of a form."""

_LONGEST_ANSWER = 4_000


class StartForm(Form):
    """What every new agreement is asked: its title, and where its deadlines are read."""

    title = wtforms.StringField(
        lazy_gettext("Title"),
        [
            validators.DataRequired(lazy_gettext("Give the agreement a title.")),
            validators.Length(max=300),
        ],
    )
    timezone = wtforms.SelectField(
        lazy_gettext("Time zone of its deadlines"),
        [validators.InputRequired(lazy_gettext("Choose a time zone."))],
    )

    def __init__(self, data: "MultiDict[str, str] | None" = None, **defaults: Any) -> None:
        super().__init__(data, **defaults)
        self.timezone.choices = zones()


class ChoicesForm(StartForm):
    """The first step: title, zone, the framework it stands under, and every option."""

    framework = wtforms.SelectField(lazy_gettext("Made under"), validate_choice=True)

    def chosen(self) -> dict[str, str]:
        """The choice made for each option."""
        return {
            name.removeprefix(OPTION): field.data
            for name, field in self._fields.items()
            if name.startswith(OPTION) and field.data
        }


class AnswersForm(Form):
    """The second step: the blanks that matter under the choices made."""

    def given(self) -> dict[str, str]:
        """The answers that are not left open."""
        return {
            name.removeprefix(ANSWER): str(field.data)
            for name, field in self._fields.items()
            if name.startswith(ANSWER) and field.data and str(field.data).strip()
        }

    def refuse(self, error: AppError) -> None:
        """Show a refusal at the question it names."""
        if isinstance(error, Invalid) and ANSWER + error.field in self:
            error = Invalid(error.message, ANSWER + error.field, **error.params)
        super().refuse(error)


def choices_form(
    document: TemplateDocument,
    data: "MultiDict[str, str] | None",
    *,
    frameworks: Sequence[tuple[str, str]],
    timezone: str,
) -> ChoicesForm:
    """The first step for one template, filled with what is usual."""
    fields = {
        OPTION + option.name: wtforms.RadioField(
            option.label,
            choices=[SelectChoice(*choice) for choice in option.choices.items()],
            default=option.default,
            description=option.help,
        )
        for option in document.options
    }
    kind = cast("type[ChoicesForm]", type("ChoicesForm", (ChoicesForm,), fields))
    form = kind(data, title=document.title, timezone=timezone)
    form.framework.choices = [
        SelectChoice("", lazy_gettext("No framework agreement")),
        *(SelectChoice(*one) for one in frameworks),
    ]
    return form


def answers_form(questions: Iterable[Question], data: "MultiDict[str, str] | None") -> AnswersForm:
    """The second step for the questions that are asked, filled with what is usual.

    Answers that were never sent have their usual words; those sent empty stay open.
    """
    held = list(questions)
    fields = {ANSWER + question.name: answer_field(question) for question in held}
    kind = cast("type[AnswersForm]", type("AnswersForm", (AnswersForm,), fields))
    usual = {ANSWER + question.name: question.default for question in held}
    if data is not None:
        sent = MultiDict((ANSWER + q.name, q.default) for q in held if ANSWER + q.name not in data)
        sent.update(data)
        return kind(sent)
    return kind(None, **usual)


def check_answers(form: AnswersForm, document: TemplateDocument) -> bool:
    """Whether every answer is one; each that isn't is told at its field."""
    form.validate()
    for name, words in form.given().items():
        try:
            answer_words(document, name, words)
        except Invalid as error:
            form.refuse(error)
    return not form.errors


def zones() -> list[SelectChoice]:
    """Every time zone under its continent, Europe first."""
    found = [name for name in available_timezones() if name.partition("/")[0] not in _ALIASES]
    placed = sorted(name for name in found if "/" in name)
    return [
        *(_zone(name) for name in placed if name.startswith("Europe/")),
        *(_zone(name) for name in placed if not name.startswith("Europe/")),
        SelectChoice("UTC", "UTC", optgroup="Everywhere"),
    ]


_ALIASES = frozenset(
    {"Etc", "SystemV", "US", "Brazil", "Canada", "Chile", "Mexico", "posix", "right"}
)


def _zone(name: str) -> SelectChoice:
    continent, _, place = name.partition("/")
    return SelectChoice(name, place.replace("_", " "), optgroup=continent)


def answer_field(question: Question) -> wtforms.Field:
    """The field in which a question is answered; an empty one leaves it open."""
    keywords: dict[str, Any] = {"description": question.help}
    if question.choices:
        choices = [
            SelectChoice("", lazy_gettext("Not decided yet")),
            *(SelectChoice(*one) for one in question.choices.items()),
        ]
        return wtforms.SelectField(question.label, choices=choices, **keywords)
    limit = [validators.Length(max=_LONGEST_ANSWER)]
    if question.type == "date":
        return wtforms.StringField(question.label, limit, render_kw={"type": "date"}, **keywords)
    if question.type in {"number", "money"}:
        how = {"inputmode": "numeric", "autocomplete": "off", "class": "figure"}
        return wtforms.StringField(question.label, limit, render_kw=how, **keywords)
    grows = {"rows": 1, "class": "grows"}
    return wtforms.TextAreaField(question.label, limit, render_kw=grows, **keywords)
