"""Starting from a file: upload, look at how it was understood, then keep it or not."""

from collections import Counter
from dataclasses import replace

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.policy import require
from app.actions import agreements
from app.domain import prose
from app.domain.clauses import ClauseTree, Kind
from app.domain.numbering import labels, unnumbered
from app.http import auth, quarantine
from app.http.quarantine import Waiting
from app.http.uploads import DOCX, MARKDOWN, TEXT, received
from app.kernel import clock
from app.kernel.errors import AppError
from app.queries import drafts, network
from app.queries.files import new_file
from app.queries.templates import size_of
from app.web.forms.imports import ConfirmForm, FileForm
from app.web.lessons import Beside, lessons_of
from app.web.rendering import page

door = Blueprint("imports", __name__, url_prefix="/agreements/new/file")

_KINDS = (DOCX, MARKDOWN, TEXT)
_NAMES = {
    Kind.DIVISION: lazy_gettext("parts"),
    Kind.CLAUSE: lazy_gettext("clauses"),
    Kind.RECITAL: lazy_gettext("recitals"),
    Kind.PARA: lazy_gettext("paragraphs"),
    Kind.BULLET: lazy_gettext("points"),
    Kind.DEFINITION: lazy_gettext("definitions"),
    Kind.TABLE: lazy_gettext("tables"),
    Kind.ROW: lazy_gettext("rows"),
    Kind.ANNEX: lazy_gettext("annexes"),
    Kind.GENERATED: lazy_gettext("pages made later"),
    Kind.VERBATIM: lazy_gettext("kept as they came"),
}


@door.route("", methods=["GET", "POST"])
def choose() -> str | Response | tuple[str, int]:
    """Take a file and read it; nothing is kept yet."""
    actor = _starter()
    form = FileForm(request.form)
    if request.method == "GET":
        return page("imports/choose.html", form=form)
    try:
        upload = received(request.files.get("file"), _KINDS)
        token = quarantine.put(upload, actor.user_id)
    except AppError as error:
        form.refuse(error)
        return page("imports/choose.html", form=form), form.status
    return redirect(url_for("imports.preview", token=token), 303)


@door.get("/<token>")
def preview(token: str) -> str:
    """Show how a file was understood: its text with numbers, and what had no place in it."""
    held = quarantine.get(token, auth.current_actor().user_id)
    zone = str(current_app.config["TIME_ZONE"])
    form = ConfirmForm(title=held.document.tree.title, timezone=zone)
    return _preview(token, held, form)


@door.post("/<token>")
def confirm(token: str) -> str | Response | tuple[str, int]:
    """Make an agreement of a file, with the file itself as evidence."""
    actor = auth.current_actor()
    held = quarantine.get(token, actor.user_id)
    form = ConfirmForm(request.form)
    if not form.validate():
        return _preview(token, held, form), form.status
    tree = _titled(held.document.tree, form)
    beginning = drafts.from_file(tree, held.name)
    try:
        agreement = agreements.import_agreement(
            actor,
            network.workspace(),
            tree=tree,
            beside=beginning.beside,
            provenance=beginning.provenance,
            timezone=form.timezone.data,
            original=new_file(held.name, held.media_type, held.content),
            unmapped=len(held.document.unmapped),
        )
    except AppError as error:
        form.refuse(error)
        return _preview(token, held, form), form.status
    quarantine.drop(token)
    flash(
        gettext(
            "Started: %(agreement)s. %(file)s is kept with it as it came.",
            agreement=agreement.title,
            file=held.name,
        )
    )
    return redirect(url_for("drafting.overview", slug=agreement.slug), 303)


@door.post("/<token>/discard")
def discard(token: str) -> Response:
    """Throw an uploaded file away."""
    held = quarantine.get(token, auth.current_actor().user_id)
    quarantine.drop(token)
    flash(gettext("Thrown away: %(file)s. Nothing of it is kept.", file=held.name))
    return redirect(url_for("imports.choose"), 303)


def _starter() -> Actor:
    """Who may start an agreement; asked before a byte is read."""
    actor = auth.current_actor()
    require(actor, Permission.AGREEMENT_START, network.workspace(), clock.utcnow())
    return actor


def _titled(tree: ClauseTree, form: ConfirmForm) -> ClauseTree:
    named = replace(tree, title=prose.canonical(prose.escape(form.title.data or "")))
    if form.numbers.data == "computed":
        return unnumbered(named)
    return named


def _preview(token: str, held: Waiting, form: ConfirmForm) -> str:
    tree = held.document.tree
    return page(
        "imports/preview.html",
        token=token,
        form=form,
        file=held.name,
        size=size_of(tree),
        kinds=_counted(tree),
        unmapped=held.document.unmapped,
        given=sum(node.number is not None for node in tree.walk()),
        nodes=lessons_of(tree, Beside(labels(tree))),
    )


def _counted(tree: ClauseTree) -> list[tuple[str, int]]:
    """How many nodes of each kind there are, by what a reader calls them."""
    found = Counter(node.kind for node in tree.walk())
    return [(str(_NAMES[kind]), many) for kind, many in found.items()]
