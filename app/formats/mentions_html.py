"""Mentions in what a person wrote: the words of each stand out as a quiet label."""

import html
import re
from collections.abc import Iterable

from markupsafe import Markup

_TAG = re.compile(r"(<[^>]*>)")


def with_mentions(held: Markup, words: Iterable[str]) -> Markup:
    """HTML of formats/markdown with the words of its mentions marked, wherever they stand in it.

    `words` are the mentions as they were written, each with its @.
    """
    known = sorted({html.escape(one, quote=False) for one in words}, key=len, reverse=True)
    if not known:
        return held
    names = "|".join(re.escape(one).replace(r"\ ", r"\s+").replace("\\\n", r"\s+") for one in known)
    mention = re.compile(rf"(?<![\w@/.])({names})(?!\w)")
    parts = _TAG.split(held)
    parts[::2] = [mention.sub(r'<span class="mention">\1</span>', part) for part in parts[::2]]
    return Markup("".join(parts))  # noqa: S704 (clean already; only spans came in)
