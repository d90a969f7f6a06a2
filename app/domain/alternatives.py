"""Alternatives: amendments of which one at most can be adopted."""

from collections.abc import Collection, Iterable, Mapping

from app.kernel.said import said


def lost_to(label: str) -> str:
    """Why an alternative fell: the one that was adopted, by its label."""
    return said("{label} was adopted instead.", label=label)


def sets(
    rivals: Mapping[int, Collection[int]], declared: Iterable[Collection[int]] = ()
) -> tuple[tuple[int, ...], ...]:
    """Sets in which each competes with every other, by number; none that is declared already.

    Two that don't compete never share a set, though both compete with a third: adopting one must
    not fell the other. Each amendment stands in one set at most, the lowest numbers first.
    """
    taken = {number for held in declared for number in held}
    found = []
    for first in sorted(rivals):
        if first in taken:
            continue
        group = [first]
        for other in sorted(rivals[first]):
            if other not in taken and all(other in rivals.get(one, ()) for one in group):
                group.append(other)
        if len(group) > 1:
            found.append(tuple(sorted(group)))
            taken.update(group)
    return tuple(found)
