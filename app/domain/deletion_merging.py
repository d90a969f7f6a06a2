"""Which clauses go, and where somebody else wants to keep what one deletes or joins."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.domain import conflicts
from app.domain.clauses import ClauseTree, Kind
from app.domain.conflicts import Wording
from app.domain.operations import (
    DeleteClause,
    InsertClause,
    MoveClause,
    Operation,
    ReplaceText,
)
from app.domain.sides import Step
from app.domain.structure_table import (
    Table,
    choose_one,
    gone_above,
    lose,
    move_shown,
    numbers_of,
    rescues,
    told,
)
from app.kernel.errors import Invalid


def settle_joins(table: Table) -> None:
    """One clause joined to different ones: its words can stand in one of them only."""
    writers = {
        (number, step.clause): (number, at)
        for (number, at), step in table.steps.items()
        if isinstance(step, ReplaceText)
    }
    ways: dict[str, dict[str, list[Step]]] = {}
    for name, step in table.steps.items():
        if isinstance(step, DeleteClause) and step.into is not None:
            written = writers.get((name[0], step.into))
            if written is not None:
                ways.setdefault(step.clause, {}).setdefault(step.into, []).extend([written, name])
    for key, by_target in ways.items():
        if len(by_target) > 1:
            groups = sorted(by_target.values())
            wordings = [Wording(numbers_of(own), _shown_edits(table, own)) for own in groups]
            words = conflicts.all_words(table.base.find(key))
            choose_one(table, key, "structure", wordings, groups, words)


def settle_deletions(table: Table) -> None:
    """Let go what nobody else keeps, follow joined words, and tell of the rest."""
    base, result = table.base, table.result
    deleters: dict[str, list[Step]] = {}
    for name, step in table.steps.items():
        if isinstance(step, DeleteClause) and result.stands(name):
            deleters.setdefault(step.clause, []).append(name)
    if not deleters:
        return
    taken_out = {
        (name[0], step.clause) for name, step in table.steps.items() if isinstance(step, MoveClause)
    }
    moved = {key for _, key in taken_out}
    against: dict[str, list[Step]] = {}
    for name, step in table.steps.items():
        for key in _meant(step) if name not in result.lost else ():
            for root in _doomed_with(base, key, deleters, taken_out, name[0]):
                if name not in against.setdefault(root, []):
                    against[root].append(name)
    for key in sorted(deleters, key=list(base.nodes).index):
        if _goes_already(table, key, moved):
            rescuing = [name for name in against.get(key, ()) if _takes_out(table, name)]
            if rescuing:
                _contest_deletion(table, key, deleters[key], rescuing)
            continue
        into = _joined_into(table, key, deleters, against.get(key, ()))
        if into is not None:
            result.joined[key] = into
        if against.get(key) and into is None:
            _contest_deletion(table, key, deleters[key], against[key])
        else:
            _let_go(table, key, deleters[key])
    _end_rescues(table)


def _goes_already(table: Table, key: str, moved: set[str]) -> bool:
    """Whether a clause goes with one above it, and nobody takes it out of there."""
    step: str | None = key
    while step is not None and step not in moved:
        step = table.base.parents[step]
        if step in table.result.gone:
            return True
    return False


def _joined_into(
    table: Table,
    key: str,
    deleters: Mapping[str, Sequence[Step]],
    against: Sequence[Step],
) -> str | None:
    """The clause that takes the words of a deleted one in, if nobody wants more than to edit these.

    Whoever deletes must have put the words there: a text without its clause can be followed, a
    clause with children or a heading of its own cannot.
    """
    base, steps = table.base, table.steps
    targets = {s.into for n in deleters[key] if isinstance(s := steps[n], DeleteClause)}
    into = targets.pop() if len(targets) == 1 else None
    if not against or into is None or into not in base.nodes or into in deleters:
        return None
    if Kind.VERBATIM in {base.nodes[key].kind, base.nodes[into].kind}:
        return None
    writers = {n for (n, _), s in steps.items() if isinstance(s, ReplaceText) and s.clause == into}
    if not {number for number, _ in deleters[key]} <= writers:
        return None
    edits = (steps[name] for name in against)
    return into if all(isinstance(s, ReplaceText) and s.clause == key for s in edits) else None


def _meant(step: Operation) -> Iterator[str]:
    """The clauses of the base that must stay if an operation is to be done."""
    if isinstance(step, DeleteClause):
        return
    if isinstance(step, InsertClause | MoveClause) and step.parent is not None:
        yield step.parent
    if isinstance(step, InsertClause):
        if step.split_from is not None:
            yield step.split_from
    else:
        yield step.clause


def _doomed_with(
    base: ClauseTree,
    key: str,
    deleters: Mapping[str, Sequence[Step]],
    taken_out: set[tuple[int, str]],
    number: int,
) -> Iterator[str]:
    """The deleted clauses with which somebody else than `number` would delete `key` as well."""
    if key not in base.nodes:
        return
    saved: set[int] = {number}
    step: str | None = key
    while step is not None:
        if any(deleter not in saved for deleter, _ in deleters.get(step, ())):
            yield step
        saved |= {other for other, moved in taken_out if moved == step}
        step = base.parents[step]


def _contest_deletion(
    table: Table, key: str, deleting: Sequence[Step], keeping: Sequence[Step]
) -> None:
    """Tell who lets a clause go and who keeps it or something of it, and do what was chosen.

    Who deletes it, too, but takes something out of it first, is one of the keepers.
    """
    keepers = set(numbers_of(keeping))
    letting_go = [name for name in deleting if name[0] not in keepers]
    goes = Wording(numbers_of(letting_go), "")
    stays = Wording(numbers_of(keeping), _shown_edits(table, keeping))
    words = conflicts.all_words(table.base.find(key))
    taking_out = {name for name in keeping if _takes_out(table, name)}
    involved = [*deleting, *keeping]
    resolution = told(table, key, "structure", (goes, stays), words, involved)
    if resolution is None:
        table.result.rescuing |= taking_out
    elif resolution.choice == "base":
        table.result.rescuing |= taking_out
        lose(table.result, [name for name in involved if name not in taking_out])
    elif resolution.choice == "side" and resolution.side((goes, stays)) == 0:
        _let_go(table, key, letting_go)
        lose(table.result, keeping)
    elif resolution.choice == "side":
        emptied = [name for name in deleting if name[0] in keepers]
        if keepers <= set(numbers_of(emptied)):
            _let_go(table, key, emptied)
            lose(table.result, letting_go)
        else:
            lose(table.result, deleting)
    elif resolution.choice == "own" and _stays(table, key, taking_out):
        table.result.own[key] = resolution
        texts = [n for n in keeping if isinstance(table.steps[n], ReplaceText)]
        lose(table.result, [*deleting, *(n for n in texts if table.steps[n].clause == key)])
    else:
        raise Invalid("Choose whether the clause goes, stays as it is, or what is made of it.")


def _takes_out(table: Table, name: Step) -> bool:
    return isinstance(table.steps[name], MoveClause) and table.result.stands(name)


def _stays(table: Table, key: str, taking_out: Iterable[Step]) -> bool:
    """Whether there is a place for a clause if it isn't deleted: its own, or where one takes it."""
    moved = {table.steps[name].clause for name in taking_out}
    return key in moved or not any(gone_above(table, key))


def _end_rescues(table: Table) -> None:
    """What shall be as before stays where it was, or is taken out by who deletes what is above."""
    result = table.result
    for name in sorted(result.rescuing):
        if not rescues(table, name):
            result.rescuing.discard(name)
            if name not in result.conflicted:
                lose(result, [name])


def _let_go(table: Table, key: str, deleting: Sequence[Step]) -> None:
    table.result.gone.add(key)
    table.result.deleted_by[key] = numbers_of(deleting)


def _shown_edits(table: Table, names: Iterable[Step]) -> str:
    """What those who keep a clause make of it."""
    shown: list[str] = []
    for name in sorted(names):
        step = table.steps[name]
        if isinstance(step, ReplaceText):
            shown.append(step.text)
        elif isinstance(step, InsertClause):
            shown.append(conflicts.all_words(step.node))
        elif isinstance(step, MoveClause):
            shown.append(move_shown(table, name))
        elif not isinstance(step, DeleteClause):
            shown.append(step.heading)
    return "\n".join(dict.fromkeys(shown))
