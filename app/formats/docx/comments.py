"""Comments in Word: threads with replies and their state, in the parts that Word wants together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.domain import prose
from app.formats.docx.ooxml import MC, NAMESPACES, W14, W15, paragraph, quoted, run
from app.formats.docx.package import Part

_FIRST_PARAGRAPH = 0x0C000001
_FIRST_DURABLE = 0x20000001
_CID = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
_CEX = "http://schemas.microsoft.com/office/word/2018/wordml/cex"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_GUIDE = "Guidance"
_NOWHERE: Mapping[int, str] = {}
_REFERENCE = '<w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'


@dataclass(frozen=True)
class Note:
    """A remark on a clause. `date` is an ISO moment in UTC ending in Z, or "" for none.

    `quote` is what it is about: the characters from `start` to `end` of a part of the clause, as
    far as the text still reads so there (`part` is "" where it doesn't).
    """

    author: str
    words: str
    date: str = ""
    replies: tuple["Note", ...] = ()
    resolved: bool = False
    quote: str = ""
    part: Literal["heading", "text", ""] = ""
    start: int = 0
    end: int = 0


def with_guidance(
    guidance: Mapping[str, str], notes: Mapping[str, Sequence[Note]]
) -> Mapping[str, Sequence[Note]]:
    """Guidance by clause key as remarks, before what people remarked there."""
    found = {key: (Note(_GUIDE, prose.plain(text)),) for key, text in guidance.items()}
    return {
        **notes,
        **{key: (*held, *notes.get(key, ())) for key, held in found.items()},
    }


@dataclass(frozen=True, slots=True)
class _Numbered:
    number: int
    note: Note
    parent: int | None


class Comments:
    """The comments of one document, numbered in the order in which their clauses come."""

    def __init__(self, notes: Mapping[str, Sequence[Note]]) -> None:
        self._notes = notes
        self._held: list[_Numbered] = []
        self._placed: set[tuple[str, int]] = set()

    def around(self, key: str, runs: str, tracked: Callable[[str], str] = str) -> str:
        """The runs of a clause with the marks of all comments and replies on it.

        `tracked` puts a mark into the change in which the whole clause comes or goes.
        """
        if key not in self._notes:
            return runs
        numbers = [
            number
            for at, note in enumerate(self._notes[key])
            if (key, at) not in self._placed
            for number in self._number(note)
        ]
        return f"{_starts(numbers)}{runs}{_ends(numbers, tracked)}"

    def on_words(self, key: str, part: str) -> Mapping[int, str]:
        """The marks of comments on words of a part of a clause, by where in it they stand.

        What is placed so stands no more around the whole clause.
        """
        if key not in self._notes:
            return _NOWHERE
        opened: dict[int, str] = {}
        closed: dict[int, str] = {}
        for at, note in enumerate(self._notes[key]):
            if note.part == part and note.start < note.end:
                self._placed.add((key, at))
                numbers = self._number(replace(note, quote=""))
                opened[note.start] = opened.get(note.start, "") + _starts(numbers)
                closed[note.end] = closed.get(note.end, "") + _ends(numbers, str)
        places = sorted({*opened, *closed})
        return {place: closed.get(place, "") + opened.get(place, "") for place in places}

    def parts(self) -> tuple[Part, ...]:
        """The parts of the package; none where nobody remarked anything."""
        if not self._held:
            return ()
        microsoft = "http://schemas.microsoft.com/office"
        rows = [
            ("comments", _comments(self._held), "comments"),
            ("commentsExtended", _extended(self._held), f"{microsoft}/2011/relationships/"),
            ("commentsIds", _ids(self._held), f"{microsoft}/2016/09/relationships/"),
            ("commentsExtensible", _extensible(self._held), f"{microsoft}/2018/08/relationships/"),
            ("people", _people(self._held), f"{microsoft}/2011/relationships/"),
        ]
        return tuple(
            Part(
                f"word/{name}.xml",
                f"{_TYPE}{name}+xml",
                xml,
                relation + name if "://" in relation else relation,
            )
            for name, xml, relation in rows
        )

    def _number(self, note: Note) -> list[int]:
        root = len(self._held)
        self._held.append(_Numbered(root, note, None))
        for at, reply in enumerate(note.replies, root + 1):
            state = replace(reply, resolved=note.resolved)
            self._held.append(_Numbered(at, state, root))
        return list(range(root, len(self._held)))


def _starts(numbers: Sequence[int]) -> str:
    return "".join(f'<w:commentRangeStart w:id="{number}"/>' for number in numbers)


def _ends(numbers: Sequence[int], tracked: Callable[[str], str]) -> str:
    return "".join(
        f'<w:commentRangeEnd w:id="{number}"/>'
        + tracked(f'<w:r>{_REFERENCE}<w:commentReference w:id="{number}"/></w:r>')
        for number in numbers
    )


def _paragraph_id(number: int) -> str:
    return f"{_FIRST_PARAGRAPH + number:08X}"


def _durable_id(number: int) -> str:
    return f"{_FIRST_DURABLE + number:08X}"


def _comments(held: Sequence[_Numbered]) -> str:
    """Comments.xml; the id of a comment's last paragraph is what the other parts name."""
    rows = []
    for one in held:
        quote = f"“{one.note.quote}” " if one.note.quote else ""
        lines = f"{quote}{one.note.words}".split("\n")
        body = ""
        for at, line in enumerate(lines):
            last = at == len(lines) - 1
            mark = "" if at else f"<w:r>{_REFERENCE}<w:annotationRef/></w:r>"
            shown = paragraph("CommentText", mark + run(line))
            named = f'<w:p w14:paraId="{_paragraph_id(one.number)}" w14:textId="77777777">'
            body += shown.replace("<w:p>", named, 1) if last else shown
        initials = "".join(word[0] for word in one.note.author.split()[:3]).upper()
        date = f' w:date="{one.note.date}"' if one.note.date else ""
        rows.append(
            f'<w:comment w:id="{one.number}" w:author="{quoted(one.note.author)}"'
            f'{date} w:initials="{quoted(initials)}">{body}</w:comment>'
        )
    return (
        f'<w:comments {NAMESPACES} xmlns:w14="{W14}" xmlns:mc="{MC}" mc:Ignorable="w14">'
        f"{''.join(rows)}</w:comments>"
    )


def _extended(held: Sequence[_Numbered]) -> str:
    rows = "".join(
        f'<w15:commentEx w15:paraId="{_paragraph_id(one.number)}"'
        + (f' w15:paraIdParent="{_paragraph_id(one.parent)}"' if one.parent is not None else "")
        + f' w15:done="{int(one.note.resolved)}"/>'
        for one in held
    )
    return (
        f'<w15:commentsEx xmlns:w15="{W15}" xmlns:mc="{MC}" mc:Ignorable="w15">{rows}'
        "</w15:commentsEx>"
    )


def _ids(held: Sequence[_Numbered]) -> str:
    rows = "".join(
        f'<w16cid:commentId w16cid:paraId="{_paragraph_id(one.number)}" '
        f'w16cid:durableId="{_durable_id(one.number)}"/>'
        for one in held
    )
    return (
        f'<w16cid:commentsIds xmlns:w16cid="{_CID}" xmlns:mc="{MC}" mc:Ignorable="w16cid">{rows}'
        "</w16cid:commentsIds>"
    )


def _extensible(held: Sequence[_Numbered]) -> str:
    rows = "".join(
        f'<w16cex:commentExtensible w16cex:durableId="{_durable_id(one.number)}"'
        + (f' w16cex:dateUtc="{one.note.date}"' if one.note.date else "")
        + "/>"
        for one in held
    )
    return (
        f'<w16cex:commentsExtensible xmlns:w16cex="{_CEX}" xmlns:mc="{MC}" mc:Ignorable="w16cex">'
        f"{rows}</w16cex:commentsExtensible>"
    )


def _people(held: Sequence[_Numbered]) -> str:
    rows = "".join(
        f'<w15:person w15:author="{author}"><w15:presenceInfo w15:providerId="None" '
        f'w15:userId="{author}"/></w15:person>'
        for author in sorted({quoted(one.note.author) for one in held})
    )
    return f'<w15:people xmlns:w15="{W15}" xmlns:mc="{MC}" mc:Ignorable="w15">{rows}</w15:people>'
