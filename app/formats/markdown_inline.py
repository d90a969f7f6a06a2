"""The words of foreign Markdown: emphasis, links, code, notes, HTML inside a line, read into prose.

Emphasis follows CommonMark's rule of delimiter runs. What prose has no mark for loses its mark,
never its words; `Inline.left_out` tells what went.
"""

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain import prose
from app.domain.prose import Span

_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<hard>(?:\\| {2,})\n)"
    r"|(?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|<(?P<auto>(?:https?://|mailto:)[^\s<>]+|[\w.+-]+@[\w-]+\.[\w.-]+)>"
    r"|(?P<comment><!--.*?-->)"
    r"|(?P<tag></?(?P<name>[A-Za-z][\w-]*)(?:\s+(?:\"[^\"]*\"|'[^']*'|[^>\"'])*)?/?>)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});)"
    r"|\[\^(?P<note>[^\]\s]+)\]"
    r"|(?P<image>!\[)"
    r"|(?P<bracket>\[)"
    r"|(?P<bare>https?://[^\s<>\[\]()|*]*[^\s<>\[\]()|*.,;:!?'\"_])"
    r"|(?P<strike>~~)"
    r"|(?P<run>\*+|_+)"
    r"|(?P<space>\s*\n\s*)",
    re.DOTALL,
)
_DESTINATION = re.compile(
    r"\(\s*(?:<([^<>\n]*)>|((?:\{\{[^{}\n]*\}\}|[^\s()\\]|\\.|\((?:[^\s()]|\([^\s()]*\))*\))*))"
    r"(?:\s+(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\([^()]*\)))?\s*\)"
)
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]")
_BREAKING = frozenset({"br"})
_WEB = ("http://", "https://", "mailto:")


@dataclass
class Inline:
    """What a line held beside its words: the notes it refers to, and what prose has no mark for."""

    links: Mapping[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def read(self, text: str) -> str:
        """The prose of a Markdown text that may run over several lines."""
        return prose.canonical(prose.write(self._spans(text)))

    def _spans(self, text: str) -> list[Span]:
        spans: list[Span] = []
        runs: list[_Run] = []
        position = 0
        while match := _TOKEN.search(text, position):
            if match.start() > position:
                spans.append(Span(text[position : match.start()]))
            position = match.end()
            if match["run"]:
                runs.append(_run(text, match, len(spans)))
                spans.append(Span(match["run"]))
            elif match["image"] or match["bracket"]:
                found, position = self._bracket(text, match)
                spans.extend(found)
            else:
                spans.extend(self._token(match))
        spans.append(Span(text[position:]))
        return _emphasised(spans, runs)

    def _token(self, match: re.Match[str]) -> list[Span]:
        """What everything but brackets and emphasis becomes."""
        if match["escaped"]:
            return [Span(match["escaped"])]
        if match["hard"]:
            return [Span("\n")]
        if match["code"]:
            return [Span(match["code"])]
        if match["auto"] or match["bare"]:
            return [self._linked(match["auto"] or match["bare"])]
        if match["comment"]:
            return self._dropped("HTML comment")
        if match["tag"]:
            name = match["name"].lower()
            self._dropped(f"HTML tag <{name}>, its words are kept")
            return [Span("\n")] if name in _BREAKING else []
        if match["entity"]:
            return [Span(html.unescape(match["entity"]))]
        if match["note"]:
            self.notes.append(match["note"])
            return []
        return [Span(" ")] if match["space"] else []

    def _linked(self, address: str) -> Span:
        target = address if address.startswith(_WEB) else f"mailto:{address}"
        return Span(address.removeprefix("mailto:"), link=target)

    def _dropped(self, what: str) -> list[Span]:
        self.left_out.append(what)
        return []

    def _bracket(self, text: str, match: re.Match[str]) -> tuple[list[Span], int]:
        """A link or an image, else the bracket itself; and where reading goes on."""
        end = _closing(text, match.end())
        if end is None:
            return [Span(match[0])], match.end()
        inner = text[match.end() : end]
        target, after = self._target(text, end + 1, inner)
        if target is None:
            return [Span(match[0])], match.end()
        if match["image"]:
            self.left_out.append(f"image {target}")
            return self._spans(inner), after
        spans = self._spans(inner)
        if target.startswith(_WEB):
            return [span._replace(link=target) for span in spans], after
        self.left_out.append(f"link to {target}, its words are kept")
        return spans, after

    def _target(self, text: str, position: int, inner: str) -> tuple[str | None, int]:
        if direct := _DESTINATION.match(text, position):
            return direct[1] or direct[2] or "", direct.end()
        named = _LABEL.match(text, position)
        if named and (target := self.links.get(link_name(named[1] or inner))) is not None:
            return target, named.end()
        return self.links.get(link_name(inner)), position


def link_name(words: str) -> str:
    """How a link and its definition recognise each other."""
    return " ".join(words.casefold().split())


def _closing(text: str, position: int) -> int | None:
    """Where the bracket opened before `position` closes."""
    depth = 1
    while position < len(text):
        sign = text[position]
        if sign == "\\":
            position += 1
        elif sign == "`" and (
            code := re.compile(r"(`+).+?(?<!`)\1(?!`)", re.DOTALL).match(text, position)
        ):
            position = code.end() - 1
        elif sign == "[":
            depth += 1
        elif sign == "]":
            depth -= 1
            if not depth:
                return position
        position += 1
    return None


@dataclass
class _Run:
    """A run of stars or underscores: where its span stands, and how many signs are left."""

    at: int
    sign: str
    left: int
    opens: bool
    closes: bool
    length: int


def _run(text: str, match: re.Match[str], at: int) -> _Run:
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else " "
    left = not after.isspace() and (not _is_sign(after) or before.isspace() or _is_sign(before))
    right = not before.isspace() and (not _is_sign(before) or after.isspace() or _is_sign(after))
    sign, length = match["run"][0], len(match["run"])
    if sign == "_":
        opens = left and (not right or _is_sign(before))
        return _Run(at, sign, length, opens, right and (not left or _is_sign(after)), length)
    return _Run(at, sign, length, left, right, length)


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _emphasised(spans: list[Span], runs: list[_Run]) -> list[Span]:
    """Pair the runs and mark what stands between them; signs without a counterpart stay words."""
    marked = list(spans)
    opened: list[_Run] = []
    for run in runs:
        while run.closes and run.left:
            opener = _opener(opened, run)
            if opener is None:
                break
            del opened[opened.index(opener) + 1 :]
            used = 2 if min(opener.left, run.left) > 1 else 1
            _mark(marked, opener.at + 1, run.at, strong=used > 1)
            opener.left -= used
            run.left -= used
            if not opener.left:
                opened.pop()
        if run.opens and run.left:
            opened.append(run)
    for run in runs:
        marked[run.at] = marked[run.at]._replace(text=run.sign * run.left)
    return marked


def _opener(opened: list[_Run], closer: _Run) -> _Run | None:
    for run in reversed(opened):
        if run.sign != closer.sign:
            continue
        odd = (run.closes or closer.opens) and (run.length + closer.length) % 3 == 0
        if not odd or (run.length % 3 == 0 and closer.length % 3 == 0):
            return run
    return None


def _mark(spans: list[Span], start: int, end: int, *, strong: bool) -> None:
    for at in range(start, end):
        span = spans[at]
        spans[at] = span._replace(strong=span.strong or strong, em=span.em or not strong)
