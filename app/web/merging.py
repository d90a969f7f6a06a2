"""What the pages of consolidation show: the queue, one clause with its conflicts, the numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup, escape

from app.domain import consequences as follow
from app.domain import excerpts, generated, prose
from app.domain import operations as ops
from app.domain import redline as lines
from app.domain.clauses import Kind
from app.domain.consequences import Consequence
from app.domain.operations import Operation
from app.formats import redline_html
from app.http.languages import current, tell
from app.kernel.errors import Conflict, Invalid
from app.kernel.said import Said, counted, said
from app.queries.publication import Blocker, Publication
from app.queries.settling import HAND, Ask, Edit, Settling
from app.web import sides
from app.web.forms.consolidation import EditForm, SettleForm
from app.web.sides import Dispute


@dataclass(frozen=True)
class Line:
    """One clause in the queue, as _ui/desk.html asks for it."""

    address: str
    label: str
    title: str
    small: str
    bad: bool
    current: bool
    place: str = ""


@dataclass(frozen=True)
class Item:
    """One thing to know, as _ui/facts.html asks for it."""

    drawing: str
    html: Markup
    alert: bool = False


@dataclass(frozen=True)
class Outdated:
    """A decision on a conflict that is no more: what it said, who gave it, why.

    `again` are the fields that decide a conflict that came in its place alike; none where that
    can't be said.
    """

    words: str
    who: str
    at: datetime
    why: str
    undo_address: str
    again: Mapping[str, str]


@dataclass(frozen=True)
class About:
    """One clause on its page. `looks`: what is shown is what would be, not what is.

    `onward` and `before` are the next and the last clause with work left; `lost` is what was typed
    for a conflict that is no more, `outdated` how such were settled.
    """

    key: str
    label: str
    title: str
    refusal: str
    disputes: tuple[Dispute, ...]
    asks: tuple[Ask, ...]
    together: Markup
    result: Markup
    looks: bool
    follows: tuple[Item, ...]
    edits: tuple[Edit, ...]
    edit: EditForm | None
    has_heading: bool
    edited: Markup
    edit_follows: tuple[Item, ...]
    onward: Line | None
    before: Line | None
    lost: tuple[str, ...]
    outdated: tuple[Outdated, ...]


@dataclass(frozen=True)
class Count:
    """One line of what a publication does: how many, what, and which."""

    number: int
    words: str
    names: tuple[str, ...] = ()


def address(slug: str, key: str) -> str:
    """The page of a clause under consolidation."""
    return url_for("consolidation.clause", slug=slug, key=key)


def queue(slug: str, settled: Settling, here: str = "") -> tuple[Line, ...]:
    """The clauses in question, the one that is open marked."""
    return tuple(
        Line(
            address(slug, entry.key),
            entry.label,
            entry.title,
            entry.words,
            entry.bad,
            entry.key == here,
            f"desk:{entry.key}",
        )
        for entry in settled.queue
    )


def blockers(slug: str, found: Iterable[Blocker]) -> tuple[Item, ...]:
    """What stands in the way of the next version, each with a link to where it is put right."""
    return tuple(_blocker(slug, one) for one in found)


def _blocker(slug: str, one: Blocker) -> Item:
    if one.kind == "answers":
        link, words = url_for("desk.answers", slug=slug), said("Answer them")
    elif one.kind == "ballot":
        link, words = f"/agreements/{slug}/ballots/{one.place}", said("To the ballot")
    else:
        settles = one.kind == "conflict"
        link = address(slug, one.place)
        words = said("Settle them") if settles else said("Put it right")
    html = Markup('{} <a href="{}">{}</a>').format(tell(one.sentence), link, tell(words))
    return Item("warn", html, alert=True)


def _items(slug: str, found: Iterable[Consequence]) -> Iterator[Item]:
    for one in found:
        html = escape(tell(one.sentence))
        if one.clause is not None:
            link = Markup(' <a href="{}">{}</a>')
            html += link.format(address(slug, one.clause), gettext("Look"))
        alert = one.severity != "know"
        yield Item("warn" if alert else "info", html, alert)


def about(
    slug: str,
    settled: Settling,
    key: str,
    *,
    settle: SettleForm | None = None,
    edit: EditForm | None = None,
    steps: Sequence[Operation] = (),
    tried: Settling | None = None,
) -> About:
    """Everything on the page of one clause; the forms hold what was typed.

    With `tried` the result is that of a conflict settled to look at it.
    """
    shown = tried or settled
    node = settled.node(key)
    disputes = sides.disputes_of(slug, settled, key, settle)
    return About(
        key=key,
        label=settled.labels[key].full if key in settled.labels else "",
        title=settled.title(key),
        refusal=_elsewhere(settle, disputes),
        disputes=disputes,
        asks=settled.asks(key),
        together=_together(slug, settled, key, disputes),
        result=drawn(slug, shown.result(key)),
        looks=tried is not None,
        follows=tuple(_items(slug, shown.follows(key))),
        edits=settled.edits(key),
        edit=(edit or _edit_form(settled, key)) if _is_written(settled, key) else None,
        has_heading=bool(node.heading) or node.kind in (Kind.CLAUSE, Kind.ANNEX, Kind.DIVISION),
        edited=_edited(slug, settled, key, steps),
        edit_follows=tuple(_edit_follows(slug, settled, steps)),
        onward=_onward(slug, settled, key),
        before=_before(slug, settled, key),
        lost=_lost(settle, disputes),
        outdated=tuple(_outdated(slug, settled, key)),
    )


def _is_written(settled: Settling, key: str) -> bool:
    """Whether a clause stands in the coming text, and people write it."""
    node = settled.standing.preview.nodes.get(key)
    made = node is None or node.kind is Kind.GENERATED
    return not made and not generated.is_filled_in(settled.standing.preview, key)


def stamp(settled: Settling, key: str) -> str:
    """Names the words of a clause as they would read now."""
    return settled.node(key).node_hash[:12]


def steps(settled: Settling, key: str, form: EditForm) -> tuple[Operation, ...]:
    """The operations an edit comes to.

    Raises Conflict where the clause reads differently by now, Invalid where nothing would change.
    """
    text = settled.standing.preview
    if key not in text.nodes or form.seen.data != stamp(settled, key):
        raise Conflict("This clause changed while you were writing. Yours is kept below.")
    if form.goes.data:
        return (ops.delete_clause(text, key),)
    node = text.find(key)
    found: list[Operation] = []
    if prose.canonical(form.heading.data or "") != node.heading:
        found.append(ops.set_heading(text, key, form.heading.data or ""))
    words = (form.text.data or "").replace("\r\n", "\n")
    wanted = words if node.kind is Kind.VERBATIM else prose.canonical(words)
    if wanted != node.text:
        found.append(ops.replace_text(text, key, words))
    if not found:
        raise Invalid("This leaves the clause as it is. Change a word first.", "text")
    return tuple(found)


def fates_told(coming: Publication) -> str:
    """What a publication did to what was open, in a sentence."""
    fates = coming.fates
    told = (
        counted(len(coming.standing.amendments), "{n} amendment in", "{n} amendments in"),
        counted(fates["clean"], "{n} carried over", "{n} carried over"),
        counted(fates["attention"], "{n} waiting for its author", "{n} waiting for their authors"),
        counted(fates["obsolete"], "{n} overtaken", "{n} overtaken"),
        counted(fates["falls"], "{n} fallen", "{n} fallen"),
    )
    return said("{fates}.", fates=[told[0], *(one for one in told[1:] if one.params["n"])])


def publication_lines(coming: Publication) -> tuple[Count, ...]:
    """What a publication would do, line by line; nothing is told that doesn't happen."""
    standing = coming.standing
    base, tree = standing.base.nodes, coming.tree.nodes
    changed = [k for k in base if k in tree and base[k].node_hash != tree[k].node_hash]
    named = tuple(row.label for row in standing.amendments)
    told: list[tuple[Said, tuple[str, ...]]] = [
        (counted(len(named), "amendment goes into the text", "amendments go into the text"), named),
        (counted(len(changed), "clause changes", "clauses change"), ()),
        (counted(len(tree.keys() - base.keys()), "clause is new", "clauses are new"), ()),
        (counted(len(base.keys() - tree.keys()), "clause goes", "clauses go"), ()),
        (
            counted(len(standing.resolutions), "conflict was settled", "conflicts were settled"),
            (),
        ),
        (counted(len(standing.edits), "edit by hand", "edits by hand"), ()),
        *_fates(coming),
        *((words, ()) for words in _comments(coming.anchor_states)),
    ]
    return tuple(
        Count(int(str(words.params["n"])), words, names)
        for words, names in told
        if words.params["n"]
    )


def _comments(states: Mapping[str, int]) -> tuple[Said, ...]:
    return (
        counted(
            states["same"] + states["moved"],
            "comment stays with its words",
            "comments stay with their words",
        ),
        counted(
            states["text changed"],
            "comment keeps its quote: the words changed",
            "comments keep their quotes: the words changed",
        ),
        counted(
            states["clause gone"],
            "comment stays with a clause that goes",
            "comments stay with clauses that go",
        ),
    )


def _fates(coming: Publication) -> Iterator[tuple[Said, tuple[str, ...]]]:
    fates = coming.fates
    told = {
        "clean": counted(
            fates["clean"],
            "open amendment is carried over as it is",
            "open amendments are carried over as they are",
        ),
        "attention": counted(
            fates["attention"],
            "open amendment waits for its author: what it changes reads differently",
            "open amendments wait for their authors: what they change reads differently",
        ),
        "obsolete": counted(
            fates["obsolete"],
            "open amendment is overtaken: the text says so already",
            "open amendments are overtaken: the text says so already",
        ),
        "falls": counted(
            fates["falls"],
            "open amendment falls with what it amends",
            "open amendments fall with what they amend",
        ),
    }
    for fate, words in told.items():
        yield words, _labels(coming, fate)


def _labels(coming: Publication, fate: str) -> tuple[str, ...]:
    return tuple(carried.row.label for carried in coming.amendments if carried.fate == fate)


def drawn(slug: str, line: lines.Redline) -> Markup:
    """A redline as it stands on the pages of the desk."""
    there = f"/agreements/{slug}#c-{{}}".format
    return redline_html.clauses(line, tell=tell, spoken=current(), href=there)


def _elsewhere(settle: SettleForm | None, disputes: Sequence[Dispute]) -> str:
    """The refusal of a decision on a conflict that is settled by now, or gone."""
    if settle is None or any(one.is_open and one.id == settle.conflict.data for one in disputes):
        return ""
    return settle.refusal


def _together(slug: str, settled: Settling, key: str, disputes: Sequence[Dispute]) -> Markup:
    """All accepted amendments in one redline, while they collide; later the result says it."""
    if not any(dispute.is_open for dispute in disputes):
        return Markup()
    return drawn(slug, settled.together(key))


def _edit_form(settled: Settling, key: str) -> EditForm:
    node = settled.node(key)
    data = {"heading": node.heading, "text": node.text, "seen": stamp(settled, key)}
    return EditForm(data=data)


def _edited(slug: str, settled: Settling, key: str, wanted: Sequence[Operation]) -> Markup:
    """What an edit would make of the clause; empty where nothing is tried."""
    if not wanted:
        return Markup()
    hand = {HAND: lines.Author(HAND, said("the facilitator"), "", 0)}
    text = settled.standing.preview
    built = lines.build(text, ops.apply(text, wanted), by=(HAND,), authors=hand)
    elsewhere = ops.touched(wanted) != {key}
    return drawn(slug, excerpts.excerpt(built) if elsewhere else settled.cut(built, key))


def _edit_follows(slug: str, settled: Settling, wanted: Sequence[Operation]) -> Iterator[Item]:
    if wanted:
        text = settled.standing.preview
        new = ops.apply(text, wanted)
        before = {str(one) for one in follow.consequences(text, text)}
        found = follow.consequences(text, new)
        yield from _items(slug, [one for one in found if str(one) not in before])


def _lost(settle: SettleForm | None, disputes: Sequence[Dispute]) -> tuple[str, ...]:
    """What was typed for a conflict that isn't on the page any more."""
    if settle is None or any(one.id == settle.conflict.data for one in disputes):
        return ()
    return tuple(sides.typed_words(settle))


def _outdated(slug: str, settled: Settling, key: str) -> Iterator[Outdated]:
    since = sides.settled_since(settled, key)
    for row in settled.outdated:
        if row.clause_key == key and (since is None or row.decided_at > since):
            yield Outdated(
                sides.decision(settled, row.choice, row.value),
                settled.people.get(row.decided_by, ""),
                row.decided_at,
                row.why,
                url_for("consolidation.undo", slug=slug, key=key, row=row.id),
                sides.again(settled, row),
            )


def _before(slug: str, settled: Settling, key: str) -> Line | None:
    """The clause in question before this one: the last conflict, else the last in the queue."""
    held = queue(slug, settled, key)
    at = next((at for at, line in enumerate(held) if line.current), 0)
    earlier = held[:at][::-1]
    return next((line for line in earlier if line.bad), earlier[0] if earlier else None)


def _onward(slug: str, settled: Settling, key: str) -> Line | None:
    """The next clause in question: the next conflict, else the next in the queue."""
    held = queue(slug, settled, key)
    at = next((at for at, line in enumerate(held) if line.current), -1)
    after = held[at + 1 :]
    return next((line for line in after if line.bad), after[0] if after else None)
