"""Languages: which there are, which one a reader wants, and sentences told in it.

English is the language of the source; every other is a folder of app/translations, so that a
language is added without touching code (docs/operators/languages.md).
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import flask
from babel import Locale, negotiate_locale
from babel.dates import format_date, format_skeleton, get_timezone_location
from babel.numbers import format_decimal
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, force_locale, get_babel, get_locale, get_translations, refresh
from jinja2.filters import do_join
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.utils import pass_context, pass_eval_context
from markupsafe import Markup

from app.http import auth
from app.kernel.errors import AppError
from app.kernel.said import City, Day, Moment, Said, listed, said

ENGLISH = "en"
FOLDER = Path(__file__).resolve().parent.parent / "translations"


def init_app(app: Flask) -> None:
    """Have pages in the language of their reader, and templates that translate."""
    Babel(
        app,
        default_locale=ENGLISH,
        default_translation_directories=str(FOLDER),
        locale_selector=wanted,
    )
    environment = app.jinja_env
    environment.policies["ext.i18n.trimmed"] = True
    environment.finalize = shown
    environment.filters["join"] = _joined
    environment.filters["capitalize"] = _raised
    environment.filters["listed"] = listed
    environment.globals.update(filled=filled, _=_gettext, gettext=_gettext, ngettext=_ngettext)


def known() -> tuple[str, ...]:
    """The codes of all languages, English first."""
    return _known(*get_babel().translation_directories)


@cache
def _known(folder: str) -> tuple[str, ...]:
    return ENGLISH, *sorted(found.parent.name for found in Path(folder).glob("*/LC_MESSAGES"))


def names() -> Mapping[str, str]:
    """Every language by its code, each in its own words."""
    return {code: (Locale.parse(code).get_display_name() or code).capitalize() for code in known()}


def wanted() -> str:
    """The language of who is calling: their choice, else what the browser asks for, else English.

    Outside a request English; see `speaking`.
    """
    if not has_request_context():
        return ENGLISH
    person = auth.current_person()
    chosen = person.language if person is not None else ""
    if chosen in known():
        return str(chosen)
    asked = [code for code, quality in request.accept_languages if quality]
    return negotiate_locale(asked, known(), sep="-") or ENGLISH


def current() -> str:
    """The code of the language that is spoken now."""
    locale = get_locale()
    return str(locale) if locale is not None else ENGLISH


def speaking(language: str) -> AbstractContextManager[None]:
    """Speak another language inside: a person's own, for a mail to them; English if unknown."""
    return _speaking(language if language in known() else ENGLISH)


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    held = g.pop("catalogue", None)
    try:
        with force_locale(language):
            yield
    finally:
        g.pop("catalogue", None)
        if held is not None:
            g.catalogue = held


def choose_anew() -> None:
    """Forget which language was spoken so far: who is calling has another now."""
    g.pop("catalogue", None)
    refresh()


def _catalogue() -> Any:
    """The sentences of the language that is spoken; found once, as a page asks for a hundred."""
    if "catalogue" not in g:
        g.catalogue = get_translations()
    return g.catalogue


def tell(what: str | AppError) -> str:
    """A sentence or a refusal in the language that is spoken now; other text as it is."""
    if isinstance(what, AppError):
        return _filled(_message(what.message), what.params)
    if not isinstance(what, Said):
        return what
    if what.plural:
        found = _counted(what.message, what.plural, int(str(what.params["n"])))
        return _filled(found, what.params)
    return _filled(_message(what.message), what.params)


def _message(message: str) -> str:
    # A catalogue keeps what it says of itself under the empty message.
    return message and str(_catalogue().ugettext(message))


def _counted(one: str, many: str, number: int) -> str:
    return str(_catalogue().ungettext(one, many, number))


def filled(message: str, params: Mapping[str, object]) -> str:
    """A sentence that was kept with its parameters apart, told in the language spoken now."""
    return tell(said(message, **params))


def flash(words: str, category: str = "message") -> None:
    """Say on the next page what came of a form, in the language of who sent it."""
    flask.flash(shown(words), category)


def number(value: int) -> str:
    """A number with its thousands set apart as the language does."""
    return f"{value:,}" if current() == ENGLISH else str(format_decimal(value, locale=current()))


def shown(value: Any) -> Any:
    """A value as a template puts it on the page."""
    return tell(value) if isinstance(value, Said) else value


def _filled(message: str, params: Mapping[str, object]) -> str:
    return (
        message.format(**{name: _word(value) for name, value in params.items()})
        if params
        else message
    )


def _word(value: object) -> object:
    if isinstance(value, list | tuple):
        return ", ".join(str(_word(one)) for one in value)
    if isinstance(value, Said | AppError):
        return tell(value)
    return value if current() == ENGLISH else _as_there(value)


def _as_there(value: object) -> object:
    """A day, a moment, a number or a city as the language that is spoken writes it."""
    if isinstance(value, Day):
        return format_date(value.local, "long", locale=current())
    if isinstance(value, Moment):
        day = format_skeleton("yMMMEd", value.local, locale=current())
        return f"{day}, {value.local:%H:%M}"
    if isinstance(value, City):
        return get_timezone_location(value.zone, locale=current(), return_city=True)
    return format_decimal(value, locale=current()) if isinstance(value, float) else value


@pass_context
def _gettext(context: Context, message: str, /, **values: object) -> str:
    if isinstance(message, Said):
        return tell(message)
    return _set(context, _message(message), values)


@pass_context
def _ngettext(context: Context, one: str, many: str, num: int, /, **values: object) -> str:
    values.setdefault("num", num)
    return _set(context, _counted(one, many, num), values)


def _set(context: Context, words: str, values: Mapping[str, object]) -> str:
    if "%" not in words:
        return Markup(words) if context.eval_ctx.autoescape else words  # noqa: S704
    filled = {name: shown(value) for name, value in values.items()}
    if context.eval_ctx.autoescape:
        return Markup(words) % filled  # noqa: S704 (a catalogue is ours)
    return words % filled


def _raised(value: object) -> str:
    """Words with a large first letter; the others stay, as names and German nouns have theirs."""
    words = shown(value)
    words = words if isinstance(words, str) else str(words)
    return words[:1].upper() + words[1:]


@pass_eval_context
def _joined(
    context: EvalContext, value: Iterable[object], d: str = "", attribute: str | int | None = None
) -> str:
    """Jinja's own filter, of sentences as they are told."""
    told = value if attribute is not None else map(shown, value)
    return str(do_join(context, told, d, attribute))
