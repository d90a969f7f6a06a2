"""A redline as HTML: the only place that spells inserted and deleted words, tags and alternatives.

Form says everything, colour only repeats it; hidden words say it to those who listen. Copying
gives clean text, because the hidden words can't be selected.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby

from markupsafe import Markup

from app.domain import prose
from app.domain.clauses import Kind
from app.domain.numbering import Label
from app.domain.redline import (
    Author,
    Change,
    Either,
    Part,
    Redline,
    RedlineNode,
    cells,
    new_words,
    old_words,
)
from app.formats.prose_html import NOTHING, Quote, anchor, of_prose
from app.kernel.said import Said, counted, listed, said

_AMENDMENT = said("Amendment")
_ANOTHER_PLACE = said("another place")
_OR = said("or")
_WITHOUT = said("without them")
_FEW = {
    1: said("One amendment changes these words"),
    2: said("Two amendments change these words"),
    3: said("Three amendments change these words"),
    4: said("Four amendments change these words"),
}
_DELETED = said("[deleted: ")
_SPACE = '<span class="sp"> </span>'


@dataclass(frozen=True)
class Shown:
    """How the words of a redline are shown: what references, blanks and terms mean, where to lead.

    `tags` says whose a change is before its first inserted word; leave them out where all changes
    are of one hand. `places` gives every clause an address; leave them out where a page may show
    a clause twice. `tell` tells a sentence in the language of the reader; `spoken` is that
    language where the text is in another.
    """

    labels: Mapping[str, Label]
    old_labels: Mapping[str, Label]
    authors: Mapping[int, Author] = field(default_factory=dict)
    blanks: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    href: Callable[[str], str] = anchor
    tags: bool = True
    places: bool = True
    tell: Callable[[str], str] = str
    spoken: str = ""


def shown(
    redline: Redline,
    *,
    tags: bool = True,
    blanks: Mapping[str, str] = NOTHING,
    tell: Callable[[str], str] = str,
) -> Shown:
    """What a redline itself knows of how it is shown."""
    return Shown(
        redline.labels, redline.old_labels, redline.authors, blanks=blanks, tags=tags, tell=tell
    )


def words(
    parts: Iterable[Part],
    how: Shown,
    quotes: Sequence[Quote] = (),
    told: Iterable[tuple[int, ...]] = (),
) -> Markup:
    """Show one heading or text.

    `quotes` are places in its old plain text, `told` those whose tag the reader has seen already.
    """
    held = list(parts)
    seen = set(told)
    out: list[str] = []
    position = 0
    for at, part in enumerate(held):
        here = [Quote(quote.start - position, quote.end - position, quote.note) for quote in quotes]
        position += len(prose.plain(old_words([part])))
        if isinstance(part, Either):
            out.append(_either(part, how))
            continue
        after = held[at + 1] if at + 1 < len(held) else None
        replaced = part.op == "-" and isinstance(after, Change) and after.op == "+"
        if part.op != "=" and part.by not in seen and not replaced:
            seen.add(part.by)
            before = _SPACE if at and isinstance(held[at - 1], Change) else ""
            out.append(_tags(part.by, how, before))
        out.append(_change(part, how, here))
    return Markup("".join(out))  # noqa: S704 (made of what is escaped)


def node_class(node: RedlineNode, how: Shown) -> str:
    """The classes a clause gets for what happens to it: `is-new org-1`, `is-gone`, or none."""
    name = {"insert": "is-new", "delete": "is-gone", "moved-to": "is-moved"}.get(node.change, "")
    return f"{name} {_colour(node.by, how)}".strip() if name else ""


def moved(node: RedlineNode, how: Shown) -> Markup:
    """What stands at the old and at the new place of a moved clause: where else it is; else ""."""
    if node.change == "moved-from" and node.new_label:
        name = escape(node.new_label.full or how.tell(_ANOTHER_PLACE), quote=False)
        link = f'<a class="xref" href="{escape(how.href(node.key))}">{name}</a>'
        told = how.tell(said("moved to {place}", place=link))
        return Markup(f'<span class="second">{_tags(node.by, how, "")}{told}</span> ')  # noqa: S704
    if node.change == "moved-to" and node.old_label:
        name = escape(node.old_label.full or how.tell(_ANOTHER_PLACE), quote=False)
        told = how.tell(said("moved here from {place}", place=name))
        return Markup(f'<span class="second">{_tags(node.by, how, "")}{told}</span> ')  # noqa: S704
    return Markup("")


def document(redline: Redline, *, blanks: Mapping[str, str] = NOTHING, tags: bool = True) -> Markup:
    """Show a whole redline: title, then every clause, numbered as it is now or was."""
    how = shown(redline, tags=tags, blanks=blanks)
    title = f"<h1>{words(redline.title, how)}</h1>\n"
    body = _nodes(redline.nodes, how, top=True)
    return Markup(f'<div class="doc" data-view="all">\n{title}{body}</div>\n')  # noqa: S704


def clauses(
    redline: Redline,
    *,
    blanks: Mapping[str, str] = NOTHING,
    tags: bool = True,
    places: bool = True,
    href: Callable[[str], str] = anchor,
    tell: Callable[[str], str] = str,
    spoken: str = "",
) -> Markup:
    """Show the clauses of a redline or an excerpt without its title, to stand in a page.

    `spoken` is the language of that page: a text in another says so to those who listen.
    """
    how = replace(
        shown(redline, tags=tags, blanks=blanks, tell=tell),
        href=href,
        places=places,
        spoken="" if spoken == redline.language else spoken,
    )
    made = Markup(_nodes(redline.nodes, how, top=True))  # noqa: S704 (made of what is escaped)
    return in_language(made, redline.language, spoken)


def in_language(words: Markup, language: str, spoken: str, tag: str = "div") -> Markup:
    """Words of a text within a page, in an element of their language where the page's is another.

    `spoken` is that of the page, "" for one that speaks the text's.
    """
    if not words or spoken in {"", language}:
        return words
    return Markup('<{} lang="{}">{}</{}>').format(Markup(tag), language, words, Markup(tag))  # noqa: S704


def _change(change: Change, how: Shown, quotes: Sequence[Quote] = ()) -> str:
    if change.op == "=":
        return _prose(change.text, how, quotes)
    is_gone = change.op == "-"
    element = "del" if is_gone else "ins"
    several = change.op == "-" and len(change.by) > 1
    name = "plain" if several else _colour(change.by, how)
    by = _names(change.by, how)
    if is_gone:
        deed = said("[deleted by {names}: ", names=by) if by else _DELETED
    else:
        deed = said("[inserted by {names}: ", names=by) if by else said("[inserted: ")
    before = _hidden(escape(how.tell(deed), quote=False), how)
    inner = _prose(change.text, how, quotes, was=change.op == "-")
    return f"<{element}{_class(name)}>{before}{inner}{_hidden(']', how)}</{element}>"


def _either(part: Either, how: Shown) -> str:
    """Contested words: the old ones struck once, then each wording with its tag."""
    base = old_words([part])
    out = [_struck_plain(base, how)] if base else []
    for at, wording in enumerate(part.wordings):
        if at:
            out.append(f'{_SPACE}<span class="or">{escape(how.tell(_OR))}</span>')
        by = tuple(dict.fromkeys(number for change in wording for number in change.by))
        out.append(_tags(by, how, _SPACE if out else ""))
        comes = [change for change in wording if change.op != "-" and change.text]
        inner = "".join(_change(replace(change, op="+", by=by), how) for change in comes)
        out.append(inner or f'<span class="or">{escape(how.tell(_WITHOUT))}</span>')
    count = len({number for w in part.wordings for change in w for number in change.by})
    label = escape(how.tell(_amendments(count)))
    return f'<span class="either" role="group" aria-label="{label}">{"".join(out)}</span>'


def _amendments(count: int) -> Said:
    one, many = "{n} amendment changes these words", "{n} amendments change these words"
    return _FEW.get(count) or counted(count, one, many)


def _struck_plain(text: str, how: Shown) -> str:
    """Old words that several want to replace: struck in grey, in nobody's name."""
    inner = _prose(text, how, was=True)
    before = _hidden(escape(how.tell(_DELETED), quote=False), how)
    return f'<del class="plain">{before}{inner}{_hidden("]", how)}</del>'


def _prose(text: str, how: Shown, quotes: Sequence[Quote] = (), *, was: bool = False) -> str:
    return of_prose(
        text,
        labels=how.old_labels if was else how.labels,
        terms=how.terms,
        meanings=how.meanings,
        blanks=how.blanks,
        quotes=quotes,
        href=how.href,
    )


def _tags(by: tuple[int, ...], how: Shown, before: str) -> str:
    """A link to the note of each amendment; a facilitator's hand (colour 0) has none."""
    held = [how.authors[number] for number in by if number in how.authors and how.tags]
    tags = [_tag(author, how) for author in held if author.colour]
    return before + "".join(tags) if tags else ""


def _tag(author: Author, how: Shown) -> str:
    href = author.href or f"#n-{author.number}"
    note = f' data-note="{escape(href[1:])}"' if href.startswith("#") else ""
    name = escape(f"{author.label or f'A{author.number}'} {author.code}".strip(), quote=False)
    return (
        f'<a class="tag org-{author.colour}" href="{escape(href)}"{note}>'
        f"{_hidden(f'{how.tell(_AMENDMENT)} ', how)}{name}</a>"
    )


def _names(by: tuple[int, ...], how: Shown) -> str:
    names = list(dict.fromkeys(how.authors[n].name for n in by if n in how.authors))
    return listed(names) if len(names) > 1 else next(iter(names), "")


def _colour(by: tuple[int, ...], how: Shown) -> str:
    held = [how.authors[number].colour for number in by if number in how.authors]
    return f"org-{held[0]}" if held and held[0] else ""


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _hidden(text: str, how: Shown) -> str:
    language = f' lang="{how.spoken}"' if how.spoken else ""
    return f'<span class="vh"{language}>{text}</span>'


def _nodes(nodes: Iterable[RedlineNode], how: Shown, *, top: bool = False) -> str:
    """Siblings in order; lettered clauses and points that follow each other are one list."""
    out = ""
    for are_listed, held in groupby(nodes, _is_listed):
        inner = "".join(_node(node, how, top=top) for node in held)
        out += f'<ol class="subs">\n{inner}</ol>\n' if are_listed else inner
    return out


def _node(node: RedlineNode, how: Shown, *, top: bool) -> str:
    """One clause with all below it; only where it stands now may it be linked to."""
    if node.change == "moved-from" and _is_gone(node):
        node = replace(node, heading=(), text=(), children=())
    is_there = how.places and node.change not in {"moved-from", "delete"}
    place = f' id="c-{node.key}"' if is_there else ""
    name = node_class(node, how)
    if node.kind is Kind.ROW:
        cut = "".join(f"<td>{words(cell, how).strip()}</td>" for cell in cells(node.text))
        return f"<tr{_class(name)}{place}>{cut}</tr>\n"
    if top and _is_section(node):
        return _section(node, how, name, place)
    children = _nodes(node.children, how)
    if node.kind in {Kind.TABLE, Kind.GENERATED} and children:
        children = f"<table>\n{children}</table>\n"
    own = f'<span class="no">{_number(node)}</span>'
    inner = f"{_content(node, how)}{children}"
    if _is_listed(node):
        return f"<li{_class(name)}{place}>{own}<div>{inner}</div></li>\n"
    gutter = f'<div class="gutter">{own}</div>'
    name = f"clause {name}".strip()
    if any(child.kind is Kind.CLAUSE and not _is_listed(child) for child in node.children):
        inner, after = _content(node, how), children
    else:
        after = ""
    return f'<div class="{name}"{place}>{gutter}<div class="words">{inner}</div></div>\n{after}'


def _section(node: RedlineNode, how: Shown, name: str, place: str) -> str:
    """What has a heading of its own on a line of its own, and everything below it."""
    name = f"article {name}".strip()
    number = f'<span class="no">{_number(node)}</span> ' if _number(node) else ""
    heading = f'<span class="name">{words(node.heading, how)}</span>'
    text = words(node.text, how, told=[node.by] if node.change == "insert" else ())
    inner = f'<div class="clause"><div class="words"><p>{text}</p></div></div>\n' if text else ""
    inner += _nodes(node.children, how, top=node.kind in {Kind.ANNEX, Kind.DIVISION})
    return (
        f'<section class="{name}"{place}>\n<h2>{moved(node, how)}{number}{heading}</h2>\n'
        f"{inner}</section>\n"
    )


def _content(node: RedlineNode, how: Shown) -> str:
    heading = words(node.heading, how)
    told = [node.by] if node.change == "insert" and heading else ()
    text = words(node.text, how, told=told)
    if node.change == "moved-to":
        heading, text = (
            Markup(f'<span class="moved">{part}</span>') if part else part  # noqa: S704
            for part in (heading, text)
        )
    told_where = moved(node, how)
    if node.kind is Kind.GENERATED:
        waits = (
            f'<p><span class="blank">[{new_words(node.text) or old_words(node.text)}]</span></p>'
        )
        return f"{told_where}{'' if node.children else waits}"
    if node.kind is Kind.DEFINITION and heading:
        return f"<p>{told_where}<dfn>{heading}</dfn> {text}</p>"
    if node.kind is Kind.VERBATIM:
        return f"{told_where}<pre>{text.replace(Markup('<br>'), Markup(''))}</pre>"
    if node.change == "moved-to" and text and not heading:
        return f"<p>{told_where}{text}</p>"
    title = f"<h3>{told_where}{heading}</h3>" if heading else told_where
    return f"{title}<p>{text}</p>" if text else title


def _number(node: RedlineNode) -> str:
    """The label a node has where it is shown: at its old place the old one."""
    stood = node.change in {"moved-from", "delete"} and node.old_label
    return escape((stood or node.label).own, quote=False)


def _is_listed(node: RedlineNode) -> bool:
    is_lettered = node.kind is Kind.CLAUSE and node.label.own.startswith("(")
    return is_lettered or node.kind is Kind.BULLET


def _is_section(node: RedlineNode) -> bool:
    is_headed = node.kind is Kind.CLAUSE and bool(node.heading) and not _is_listed(node)
    return is_headed or node.kind in {Kind.ANNEX, Kind.DIVISION}


def _is_gone(node: RedlineNode) -> bool:
    """Whether nothing of the node stays at this place to be read."""
    return all(isinstance(part, Change) and part.op == "-" for part in (*node.heading, *node.text))
