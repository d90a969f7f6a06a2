"""What a version is called, and what it changed, in words."""

from collections.abc import Iterable

from flask_babel import gettext, ngettext

from app.domain.change_counts import ChangeCounts
from app.http.languages import tell
from app.queries.version_pages import Edition


def called(number: int, status: str) -> str:
    """The name of a version with what it is, where that is more than published."""
    if status == "Not adopted":
        return str(gettext("Version %(number)s", number=number))
    words = tell(status)
    words = words[:1].lower() + words[1:]
    return str(gettext("Version %(number)s, %(status)s", number=number, status=words))


def came(one: Edition) -> str:
    """What a version changed, in numbers."""
    if one.changes is None:
        return str(gettext("The first text that went to the participants."))
    made = told(one.changes)
    if not one.amendments:
        return made
    return str(
        ngettext(
            "%(num)s amendment accepted: %(changes)s",
            "%(num)s amendments accepted: %(changes)s",
            one.amendments,
            changes=made[0].lower() + made[1:],
        )
    )


def told(counts: ChangeCounts) -> str:
    """Numbers of changes as a sentence."""
    if counts.is_none:
        return str(gettext("No word changed."))
    kinds = [each for each in _kinds(counts) if each[0]]
    (_, first, _), rest = kinds[0], kinds[1:]
    return ", ".join([first, *(short for _, _, short in rest)]) + "."


def _kinds(counts: ChangeCounts) -> Iterable[tuple[int, str, str]]:
    """Each kind of change: how many, told with its noun, and told after another kind."""
    n = counts.reworded
    noun = ngettext("%(num)s paragraph reworded", "%(num)s paragraphs reworded", n)
    yield n, noun, ngettext("%(num)s reworded", "%(num)s reworded", n)
    n = counts.came
    noun = ngettext("%(num)s paragraph new", "%(num)s paragraphs new", n)
    yield n, noun, ngettext("%(num)s new", "%(num)s new", n)
    n = counts.went
    noun = ngettext("%(num)s paragraph removed", "%(num)s paragraphs removed", n)
    yield n, noun, ngettext("%(num)s removed", "%(num)s removed", n)
    n = counts.moved
    noun = ngettext("%(num)s paragraph moved", "%(num)s paragraphs moved", n)
    yield n, noun, ngettext("%(num)s moved", "%(num)s moved", n)
