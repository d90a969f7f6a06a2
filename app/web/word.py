"""Taking a copy to Word: the text, amendments as tracked changes, two versions, the answers."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.http import auth
from app.kernel.errors import NotFound
from app.queries import amendment_lists, word_exports
from app.queries.amendment_lists import Line, Wanted
from app.queries.heads import Head, agreement_and_head
from app.queries.reading import session
from app.queries.word_exports import Wish
from app.web import files
from app.web.forms.word import Taking
from app.web.rendering import page

door = Blueprint("word", __name__, url_prefix="/agreements/<slug:slug>/word")

_MOST_LISTED = 3000


@door.get("")
def index(slug: str) -> str:
    """Show what can be taken along; where amendments collide, which become comments."""
    actor = auth.current_actor()
    agreement, head = agreement_and_head(actor, slug)
    asked = Wanted(state=amendment_lists.OPEN)
    listed = amendment_lists.listed(actor, agreement, asked, limit=_MOST_LISTED)
    form = _form(head, agreement.id)
    looks = form.what.data in {"open", "chosen"} and form.validate()
    held = word_exports.set_of(session(), agreement, _wish(form, head)) if looks else None
    return page(
        "word/index.html",
        head=head,
        form=form,
        groups=_by_organisation(line for _, lines in listed.groups for line in lines),
        held=held,
        again=_address("word.copy", slug, told=["1"]),
    )


@door.get("/copy.docx")
def copy(slug: str) -> Response:
    """The copy that the address asks for; what can't be shown in it is told first."""
    actor = auth.current_actor()
    agreement, head = agreement_and_head(actor, slug)
    form = _form(head, agreement.id)
    if not form.validate():
        raise NotFound("There is no such copy of this agreement.")
    if form.what.data == "chosen" and not form.labels.data:
        flash(gettext("Choose the amendments that you want to take along."), "warn")
        return redirect(url_for("word.index", slug=slug), 303)
    made = word_exports.export(session(), agreement, _wish(form, head))
    if made.left and request.args.get("told") != "1":
        return redirect(_address("word.index", slug), 303)
    return files.attachment(made.name, files.WORD, made.content)


def _form(head: Head, agreement_id: uuid.UUID) -> Taking:
    form = Taking(request.args)
    rounds = word_exports.rounds_of(session(), agreement_id)
    form.offer(range(1, head.version + 1), [one.number for one in rounds])
    return form


def _wish(form: Taking, head: Head) -> Wish:
    mine = head.mine.id if head.mine and form.only_mine.data else None
    return replace(form.wish(), organisation=mine)


def _address(endpoint: str, slug: str, **more: list[str]) -> str:
    """What this address asks for, asked elsewhere."""
    asked = {name: request.args.getlist(name) for name in request.args if name != "told"}
    return f"{url_for(endpoint, slug=slug)}?{urlencode({**asked, **more}, doseq=True)}"


def _by_organisation(lines: Iterable[Line]) -> Sequence[tuple[str, Sequence[Line]]]:
    """By the name of the organisation, each with its amendments in the order of the text."""
    ordered = sorted(lines, key=lambda line: line.who.name.casefold())
    return [(name, [*held]) for name, held in groupby(ordered, key=lambda line: line.who.name)]
