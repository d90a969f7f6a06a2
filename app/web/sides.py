"""Conflicts as a page shows them: every wording side by side, and how each was or is settled."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import permutations
from typing import TYPE_CHECKING, Any

from flask import url_for
from markupsafe import Markup

from app.domain import contests, prose, references, text_diff
from app.domain import redline as lines
from app.domain.combining import combined
from app.domain.conflicts import ConflictFound, Wording
from app.domain.operations import ReplaceText
from app.domain.redline import Author, Change, Part
from app.formats import redline_html
from app.http.languages import current, tell
from app.kernel.errors import Conflict
from app.kernel.said import listed, said, strung
from app.queries.settling import Contest, Settling
from app.web.forms.consolidation import SettleForm

if TYPE_CHECKING:
    from app.models.decisions import ResolutionRow

_CONTEXT = 14
_FEW = 2


@dataclass(frozen=True)
class Side:
    """One choice, as _ui/consolidation.html asks for it."""

    value: str
    title: str
    html: Markup
    org: Author | None = None
    small: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Dispute:
    """One conflict. `places` are the sides to be put in order where there are more than two.

    `starts` are what one's own wording may begin with; `typed` is what was typed into a conflict
    that a colleague settled first.
    """

    id: str
    sentence: str
    is_open: bool
    sides: tuple[Side, ...]
    places: tuple[Author, ...]
    may_own: bool
    owns: bool
    own: str
    own_hint: str
    why: str
    refusal: str
    settled_words: str
    settled_by: str
    undo_address: str
    starts: tuple[tuple[str, str], ...] = ()
    typed: tuple[str, ...] = ()


def disputes_of(
    slug: str, settled: Settling, key: str, form: SettleForm | None
) -> tuple[Dispute, ...]:
    """All conflicts of a clause; the form holds what was typed into one of them."""
    return tuple(_dispute(slug, settled, one, form) for one in settled.contests_of(key))


def _dispute(slug: str, settled: Settling, one: Contest, form: SettleForm | None) -> Dispute:
    found, row = one.found, one.row
    typed = form if form is not None and form.conflict.data == found.id else None
    choice = (typed.choice.data or "") if typed else ""
    teller = _Teller(settled, found)
    offered = tuple(teller.sides(choice)) if row is None else ()
    refusal = typed.refusal or _first_error(typed) if typed else ""
    node = settled.standing.base.nodes.get(found.clause)
    may_own = _may_own(found)
    is_deletion = contests.is_deletion(found)
    own = node.text if node is not None and is_deletion else found.base
    return Dispute(
        id=found.id,
        sentence=one.sentence,
        is_open=row is None,
        sides=offered,
        places=teller.people() if teller.meets and len(found.wordings) > _FEW else (),
        may_own=may_own,
        owns=choice == "own",
        own=(typed.own.data or "") if typed else own,
        own_hint=said("It becomes the text of the clause.")
        if is_deletion
        else said("It stands in place of the contested words; the rest of the clause stays."),
        why=(typed.why.data or "") if typed else "",
        refusal=refusal,
        settled_words=teller.outcome(row.choice, row.value, row.why) if row else "",
        settled_by=one.who,
        undo_address=url_for("consolidation.undo", slug=slug, key=found.clause, row=row.id)
        if row
        else "",
        starts=tuple(teller.starts()) if may_own and row is None else (),
        typed=tuple(typed_words(typed)) if row is not None else (),
    )


def begun(settled: Settling, conflict: str, what: str) -> str:
    """The words with which one's own wording begins: a side's, or both. Raises Conflict."""
    found = next((one.found for one in settled.open if one.found.id == conflict), None)
    if found is None:
        raise Conflict("This conflict is settled already, or the decisions behind it changed.")
    teller = _Teller(settled, found)
    return teller.begun([int(one[:9]) for one in what.split("-") if one.isdecimal()])


def again(settled: Settling, row: "ResolutionRow") -> Mapping[str, str]:
    """The form that decides the one open conflict of a clause as an earlier one was decided.

    Empty where there is none or several, or where the choice isn't offered any more. Own words
    are only looked at: what they stand in place of has changed.
    """
    open_ = [one for one in settled.open if one.found.clause == row.clause_key]
    if len(open_) != 1:
        return {}
    found = open_[0].found
    choice = _field(row.choice, row.value)
    owns = row.choice == "own"
    if owns and not _may_own(found):
        return {}
    if not owns and choice not in {one.value for one in _Teller(settled, found).sides("")}:
        return {}
    more = {"own": str(row.value or ""), "do": "look"} if owns else {"do": "decide"}
    return {"conflict": found.id, "choice": choice, "why": row.why, **more}


def settled_since(settled: Settling, key: str) -> datetime | None:
    """When the last conflict of a clause was settled; None while one of them is open."""
    moments = [one.row.decided_at if one.row else None for one in settled.contests_of(key)]
    known = [moment for moment in moments if moment is not None]
    return max(known, default=None) if len(known) == len(moments) else None


def _field(choice: str, value: object) -> str:
    """A choice with its amendments as the form has it: side-7, order-7-9."""
    numbers = value if isinstance(value, list) else [value]
    return "-".join([choice, *map(str, numbers)]) if choice in {"side", "order"} else choice


def _may_own(found: ConflictFound) -> bool:
    return found.kind == "words" or contests.is_deletion(found)


def typed_words(form: SettleForm | None) -> Iterator[str]:
    """What somebody wrote into the form of a conflict."""
    if form is not None:
        yield from filter(None, ((form.own.data or "").strip(), (form.why.data or "").strip()))


def decision(settled: Settling, choice: str, value: object, *, neither: bool = False) -> str:
    """How a conflict was settled, in a sentence."""
    numbers: list[Any] = value if isinstance(value, list) else [value]
    authors = [settled.authors[one] for one in numbers if one in settled.authors]
    if choice == "side" and authors:
        return said(
            "The wording of {name} ({label}).", name=authors[0].name, label=authors[0].label
        )
    if choice == "order" and authors:
        names = [one.name for one in authors]
        return said("All of them, in this order: {names}.", names=names)
    if choice == "own":
        return said("Another wording: “{words_of}”.", words_of=_words_of(value))
    return said("Neither is taken.") if neither else said("It stays as it stands.")


def _first_error(form: SettleForm) -> str:
    return next((str(errors[0]) for name, errors in form.errors.items() if name), "")


@dataclass(frozen=True)
class _Teller:
    settled: Settling
    found: ConflictFound

    @property
    def meets(self) -> bool:
        """Whether all sides can stand, one behind the other."""
        return self.found.kind == "order" or (self.found.kind == "words" and not self.found.base)

    def people(self) -> tuple[Author, ...]:
        """Who stands behind each wording."""
        return tuple(self.author(one) for one in self.found.wordings)

    def author(self, wording: Wording) -> Author:
        return self.settled.authors[wording.by[0]]

    def sides(self, choice: str) -> Iterator[Side]:
        """Every choice but one's own words."""
        for at, wording in enumerate(self.found.wordings):
            value = f"side-{wording.by[0]}"
            by = self.author(wording)
            html = self.shown(self.parts(at, wording))
            yield Side(value, self.labels(wording), html, by, self.small(wording), value == choice)
        yield from self.orders(choice)
        html = self.shown(self.base_parts())
        yield Side("base", self.base_title(), html, None, "", choice == "base")

    def orders(self, choice: str) -> Iterator[Side]:
        """Both, one behind the other, where they only meet at a place."""
        if not self.meets or len(self.found.wordings) != _FEW:
            return
        for pair in permutations(self.found.wordings):
            value = "order-" + "-".join(str(one.by[0]) for one in pair)
            first, second = (self.author(one).name for one in pair)
            title = said("Both: first {first}, then {second}", first=first, second=second)
            parts = [Change("+", one.text, by=one.by) for one in pair]
            yield Side(value, title, self.stacked(parts), None, "", value == choice)

    def base_title(self) -> str:
        if self.found.kind == "order":
            return said("Neither")
        return said("As it stands")

    def labels(self, wording: Wording) -> str:
        return ", ".join(self.settled.authors[number].label for number in wording.by)

    def small(self, wording: Wording) -> str:
        """Who else wants the same."""
        others = [self.settled.authors[number].name for number in wording.by[1:]]
        others = [name for name in others if name != self.author(wording).name]
        return said("With {listed}.", listed=listed(others)) if others else ""

    def parts(self, at: int, wording: Wording) -> Sequence[Part]:
        """What one wording makes of the words as they stand."""
        if self.found.kind == "words":
            before, after = self.context()
            return (*before, *_swap(self.found.base, wording), *after)
        if contests.is_deletion(self.found):
            if at == 0:
                return (Change("-", self.whole(), by=wording.by),)
            return self.kept(wording)
        if self.found.kind == "order":
            return (Change("+", wording.text, by=wording.by),)
        return (Change("=", references.shown(wording.text, self.settled.labels)),)

    def kept(self, wording: Wording) -> Sequence[Part]:
        node = self.settled.standing.base.nodes.get(self.found.clause)
        texts = [
            step
            for step in self.found.operations
            if isinstance(step, ReplaceText) and step.clause == self.found.clause
        ]
        if node is not None and len(texts) == 1:
            return lines.compare(node.text, texts[0].text, wording.by)
        return (Change("+", wording.text, by=wording.by),)

    def whole(self) -> str:
        """All words of the clause, its heading strong."""
        node = self.settled.standing.base.nodes.get(self.found.clause)
        if node is None or not node.heading:
            return self.found.base
        rest = self.found.base.removeprefix(node.heading)
        return prose.write((prose.Span(prose.plain(node.heading), strong=True),)) + rest

    def base_parts(self) -> Sequence[Part]:
        if self.found.kind == "words":
            before, after = self.context()
            return (*before, Change("=", self.found.base, self.found.base), *after)
        if self.found.kind == "order":
            return (Change("=", said("Nothing is put there.")),)
        if contests.is_deletion(self.found):
            return (Change("=", self.whole(), self.whole()),)
        return (Change("=", said("It stays where it is.")),)

    def context(self) -> tuple[Sequence[Part], Sequence[Part]]:
        """Some words before and behind the contested ones, where those are known."""
        node = self.settled.standing.base.nodes.get(self.found.clause)
        if node is None:
            return (), ()
        text = node.heading if self.found.part == "heading" else node.text
        held = list(text_diff.tokens(text))
        start, end = self.found.start, self.found.end
        if "".join(held[start:end]) != self.found.base:
            return (), ()
        before = "".join(held[max(0, start - _CONTEXT) : start])
        after = "".join(held[end : end + _CONTEXT])
        dots_before = "… " if start > _CONTEXT else ""
        dots_after = " …" if end + _CONTEXT < len(held) else ""
        return _same(dots_before + before), _same(after + dots_after)

    def shown(self, parts: Iterable[Part]) -> Markup:
        how = redline_html.Shown(
            self.settled.labels,
            self.settled.base_labels,
            self.settled.authors,
            tags=False,
            tell=tell,
        )
        words = redline_html.words(parts, how)
        return redline_html.in_language(
            words, self.settled.standing.base.language, current(), "span"
        )

    def stacked(self, parts: Iterable[Change]) -> Markup:
        gap = Markup("<br>") if self.found.kind == "order" else Markup(" ")
        return gap.join(self.shown([part]) for part in parts)

    def outcome(self, choice: str, value: object, why: str) -> str:
        """How it was settled, in a sentence."""
        told = decision(self.settled, choice, value, neither=self.found.kind == "order")
        return strung((told, why))

    def starts(self) -> Iterator[tuple[str, str]]:
        """What one's own wording may begin with: each side that writes something, then all."""
        writers = [one for one in self.found.wordings if one.text]
        for one in writers:
            yield str(one.by[0]), said("Begin with the words of {name}", name=self.author(one).name)
        if len(writers) > 1 and self.found.kind == "words":
            numbers = "-".join(str(one.by[0]) for one in writers)
            yield (
                numbers,
                said("Begin with both") if len(writers) == _FEW else said("Begin with all"),
            )

    def begun(self, numbers: Sequence[int]) -> str:
        texts = [self.whole_text(one) for one in self.found.wordings if set(one.by) & set(numbers)]
        return combined(self.found.base, texts) if len(texts) > 1 else "".join(texts)

    def whole_text(self, wording: Wording) -> str:
        """The words of a side: of a deletion's rival the whole text of the clause."""
        for step in self.found.operations if contests.is_deletion(self.found) else ():
            if isinstance(step, ReplaceText) and step.clause == self.found.clause:
                return step.text
        return wording.text.strip()


def _words_of(value: object) -> str:
    """A stored wording as words."""
    return references.shown(str(value or ""), {})


def _swap(base: str, wording: Wording) -> Iterator[Change]:
    if base:
        yield Change("-", base, by=wording.by)
    if wording.text:
        yield Change("+", wording.text, by=wording.by)


def _same(words: str) -> Sequence[Change]:
    return (Change("=", words, words),) if words.strip() else ()
