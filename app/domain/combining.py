"""One wording of several that collide: what a facilitator's own wording may begin with."""

from collections.abc import Sequence
from itertools import pairwise

from app.domain import prose, text_diff

_ALIKE = 0.4
"""A wording less like the base than this was written anew: no change of it stands for itself."""


def combined(base: str, wordings: Sequence[str]) -> str:
    """The base with the changes of all wordings, where they change different words of it.

    Where two change the same words, or one is written anew, all stand one behind the other with a
    stroke between them: somebody has to choose. Proses in, prose out.
    """
    base, texts = base.strip(), list(dict.fromkeys(one.strip() for one in wordings))
    merged = _merged(base, texts) if _may_merge(base, texts) else None
    return " / ".join(filter(None, texts)) if merged is None else merged


def _may_merge(base: str, texts: Sequence[str]) -> bool:
    is_bare = all(prose.plain(text) == text for text in (base, *texts))
    return is_bare and all(text_diff.similarity(base, text) >= _ALIKE for text in texts)


def _merged(base: str, texts: Sequence[str]) -> str | None:
    """The base with every change; None where two of them want the same place."""
    old = text_diff.tokens(base)
    found = set()
    for text in texts:
        new = text_diff.tokens(text)
        for swap in text_diff.cleaned(old, text_diff.swaps(old, new), near=1):
            words = "".join(new[swap.new_start : swap.new_end])
            found.add((swap.start, swap.end, words))
    changes = sorted(found)
    if any(
        end > after or (start, end) == (after, to)
        for (start, end, _), (after, to, _) in pairwise(changes)
    ):
        return None
    told, at = "", 0
    for start, end, words in changes:
        told += "".join(old[at:start]) + words
        at = end
    return " ".join((told + "".join(old[at:])).split())
