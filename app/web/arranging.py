"""The facilitator's edits beyond words: a clause added, moved, split or joined, with a reason."""

import re
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app.actions import consolidation as actions
from app.domain import operations as ops
from app.domain import prose
from app.domain.clauses import Clause, Kind, digest
from app.domain.operations import Operation
from app.http import auth
from app.http.languages import flash
from app.kernel.errors import AppError, Conflict, Invalid
from app.kernel.ids import new_clause_key
from app.kernel.said import said
from app.queries import settling
from app.queries.reading import session
from app.queries.settling import Settling
from app.web import consolidation
from app.web.forms.consolidation import ArrangeForm

door = Blueprint("arranging", __name__, url_prefix="/agreements/<slug:slug>/desk/consolidate")

_CUT = re.compile(r"\n[ \t]*\n")
_SINGLE = frozenset({Kind.CLAUSE, Kind.PARA, Kind.BULLET, Kind.RECITAL, Kind.DEFINITION})


@door.get("/<key:key>/arrange")
def show(slug: str, key: str) -> str | tuple[str, int]:
    """Show what can be done to a clause beside changing its words."""
    agreement, held = consolidation.on_desk(slug)
    settled = settling.settling_of(session(), held)
    return _page(agreement, settled, key, _form(settled, key), ())


@door.post("/<key:key>/arrange")
def arrange(slug: str, key: str) -> Response | str | tuple[str, int]:
    """Add, move, split or join, or show how the text would read then."""
    agreement, held = consolidation.on_desk(slug)
    settled = settling.settling_of(session(), held)
    form = _offered(settled, key, ArrangeForm(request.form))
    if form.validate():
        try:
            steps = steps_of(settled, key, form)
            if request.form.get("do") == "look":
                return _page(agreement, settled, key, form, steps)
            actions.edit_text(auth.current_actor(), held, operations=steps, why=form.why.data or "")
        except AppError as error:
            form.refuse(error)
        else:
            flash(said("Edited. It can be undone until the version is published."))
            return redirect(url_for("consolidation.clause", slug=slug, key=key), 303)
    if form.status == 409:
        settled = settling.settling_of(session(), held)
        form.seen.data = stamp(settled, key)
    return _page(agreement, settled, key, form, ())


def stamp(settled: Settling, key: str) -> str:
    """Names a clause, its place and its neighbours as they would be now."""
    text = settled.standing.preview
    around = text.children_of(text.parents[key])
    return digest([text.parents[key], [node.subtree_hash for node in around]])[:12]


def steps_of(settled: Settling, key: str, form: ArrangeForm) -> tuple[Operation, ...]:
    """The operations of an edit. Raises Conflict where the place changed, Invalid."""
    text = settled.standing.preview
    if key not in text.nodes or form.seen.data != stamp(settled, key):
        raise Conflict("The clauses here changed while you were writing. Yours is kept below.")
    return tuple(_STEPS[form.what.data](settled, key, form))


def _added(settled: Settling, key: str, form: ArrangeForm) -> Iterator[Operation]:
    text = settled.standing.preview
    words, heading = prose.canonical(form.text.data or ""), prose.canonical(form.heading.data or "")
    if not words and not heading:
        raise Invalid("Write the new clause.", "text")
    node = Clause(new_clause_key(), _kind_like(text.find(key)), heading=heading, text=words)
    yield ops.insert_clause(text, text.parents[key], key, node)


def _moved(settled: Settling, key: str, form: ArrangeForm) -> Iterator[Operation]:
    text = settled.standing.preview
    how, _, place = (form.place.data or "").partition(":")
    if how == "first":
        yield ops.move_clause(text, key, place or None, None)
    elif place in text.nodes:
        yield ops.move_clause(text, key, text.parents[place], place)
    else:
        raise Invalid("Choose where the clause goes.", "place")


def _split(settled: Settling, key: str, form: ArrangeForm) -> Iterator[Operation]:
    text = settled.standing.preview
    node = text.find(key)
    typed = (form.text.data or "").replace("\r\n", "\n")
    parts = [prose.canonical(part) for part in _CUT.split(typed) if part.strip()]
    if len(parts) < 2 or node.kind not in _SINGLE:
        raise Invalid("Put an empty line where the second clause begins.", "text")
    if parts[0] != node.text:
        yield ops.replace_text(text, key, parts[0])
    after = key
    for part in parts[1:]:
        new = Clause(new_clause_key(), node.kind, text=part)
        yield ops.InsertClause(text.parents[key], after, new, split_from=key)
        after = new.key


def _joined(settled: Settling, key: str, _form: ArrangeForm) -> Iterator[Operation]:
    following = next_of(settled, key)
    if following is None:
        raise Invalid("There is no clause behind this one that it can be joined with.", "what")
    text = settled.standing.preview
    node = text.find(key)
    words = " ".join(filter(None, (node.text, following.heading, following.text)))
    yield ops.replace_text(text, key, words)
    yield ops.delete_clause(text, following.key, into=key)


_STEPS = {"add": _added, "move": _moved, "split": _split, "join": _joined}


def next_of(settled: Settling, key: str) -> Clause | None:
    """The clause behind this one that can be joined with it: alike, and nothing below it."""
    text = settled.standing.preview
    around = text.children_of(text.parents[key])
    at = [node.key for node in around].index(key)
    found = around[at + 1] if at + 1 < len(around) else None
    is_alike = found is not None and found.kind is around[at].kind and found.kind in _SINGLE
    return found if is_alike and found is not None and not found.children else None


def _kind_like(node: Clause) -> Kind:
    return node.kind if node.kind in _SINGLE else Kind.CLAUSE


def _form(settled: Settling, key: str) -> ArrangeForm:
    text = settled.standing.preview.find(key).text
    wanted = request.args.get("what", "add")
    held = {"what": wanted, "seen": stamp(settled, key)}
    if wanted == "split":
        held["text"] = text
    return _offered(settled, key, ArrangeForm(data=held))


def _offered(settled: Settling, key: str, form: ArrangeForm) -> ArrangeForm:
    """Let it choose among the places of the text, but those in the clause itself."""
    text = settled.standing.preview
    inside = {node.key for node in text.find(key).walk()}
    others = [node for node in text.walk() if node.key not in inside and node.kind is not Kind.ROW]
    form.place.choices = [
        SelectChoice("", said("Choose a place")),
        SelectChoice("first:", said("At the beginning of the text")),
        *(
            SelectChoice(f"after:{one.key}", said("Behind {name}", name=_name(settled, one)))
            for one in others
        ),
        *(
            SelectChoice(f"first:{one.key}", said("First in {name}", name=_name(settled, one)))
            for one in others
            if one.heading
        ),
    ]
    return form


def _name(settled: Settling, node: Clause) -> str:
    label = settled.labels[node.key].full if node.key in settled.labels else ""
    return f"{label} {settled.title(node.key)}".strip()


def _page(
    agreement: Any, settled: Settling, key: str, form: ArrangeForm, steps: tuple[Operation, ...]
) -> str | tuple[str, int]:
    body = consolidation.clause_page(
        agreement,
        settled,
        key,
        template="consolidation/arrange.html",
        steps=steps,
        form=form,
        following=next_of(settled, key),
    )
    return body, form.status
