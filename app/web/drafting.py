"""The draft of an agreement: its blanks, its title, and its clauses, edited without script."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from app.access.actor import Actor
from app.actions import drafts as actions
from app.domain import prose
from app.domain import written as writing
from app.domain.clauses import ClauseTree, Kind, Numbering
from app.domain.numbering import Label, labels, unnumbered
from app.formats.template_source import Question, TemplateDocument, questions
from app.http import auth
from app.http.languages import tell
from app.http.statuses import status_of
from app.kernel.errors import AppError, Conflict, Invalid, NotFound
from app.kernel.said import said
from app.queries import agreements, drafts, heads, participants, templates
from app.queries.templates import size_of
from app.web.forms.amendments import Sheet, fresh_sheet, read_sheet
from app.web.forms.drafting import BlanksForm, DetailsForm, SheetForm, blanks_form, worded
from app.web.lessons import Beside, guides_of, lessons_of
from app.web.rendering import page
from app.web.start import groups_of

if TYPE_CHECKING:
    from app.models.agreements import Agreement, Draft

door = Blueprint("drafting", __name__, url_prefix="/agreements/<slug:slug>/draft")

_WAS = "was-"
Answer = str | Response | tuple[str, int]
_STALE = said(
    "Somebody saved the draft while you were writing. Your words are kept below; where theirs "
    "differ, both are shown. Save again to let yours stand."
)


@dataclass(frozen=True)
class _Desk:
    """The facilitator at work on a draft."""

    slug: str
    actor: Actor
    draft: "Draft"
    tree: ClauseTree
    names: Mapping[str, Label]

    @property
    def agreement(self) -> "Agreement":
        """The agreement that is drafted."""
        return self.draft.agreement


@door.get("")
def overview(slug: str) -> str:
    """Show the whole draft with its guidance, and what is still blank."""
    return _overview(_desk(slug))


@door.post("/details")
def details(slug: str) -> Answer:
    """Change the title and the numbering."""
    desk = _desk(slug)
    form = DetailsForm(request.form)
    if form.validate():
        try:
            actions.edit_draft(
                desk.actor,
                desk.draft,
                tree=_detailed(desk.tree, form),
                seen=form.row_version.data or 0,
            )
            flash(gettext("Saved."))
            return redirect(url_for("drafting.overview", slug=slug), 303)
        except AppError as error:
            form.refuse(error)
            form.row_version.data = desk.draft.row_version
    return _overview(desk, form), form.status


@door.route("/blanks", methods=["GET", "POST"])
def blanks(slug: str) -> Answer:
    """Fill blanks, all on one page; what is left empty stays a blank."""
    desk = _desk(slug)
    template = _template(desk)
    known = {one.name: one for one in questions(template)} if template else {}
    open_now = drafts.open_blanks(desk.draft)
    given = participants.known_answers(desk.agreement.id)
    form = blanks_form(
        open_now,
        known,
        request.form if request.method == "POST" else None,
        given={name: words for name, words in given.items() if name in open_now},
        row_version=desk.draft.row_version,
    )
    if request.method == "POST" and form.validate():
        values = worded(form, template)
        if not form.errors:
            try:
                return _filled(desk, form, values)
            except AppError as error:
                form.refuse(error)
                form.row_version.data = desk.draft.row_version
    asked = [Question(name, label, "text") for name, label in open_now.items()]
    body = page(
        "drafting/blanks.html",
        head=heads.head_of(desk.actor, desk.agreement),
        form=form,
        groups=groups_of(desk.tree, asked, open_now),
        given=given,
    )
    return body, form.status


@door.route("/clauses/<key:key>", methods=["GET", "POST"])
def edit(slug: str, key: str) -> Answer:
    """Write on one article, annex or clause: words, new clauses, moves and deletions."""
    desk = _desk(slug)
    if key not in desk.tree.nodes and request.method == "GET":
        raise NotFound("There is no such clause in the draft. Somebody may have deleted it.")
    if request.method == "GET":
        sheet = fresh_sheet(desk.tree, desk.names, (key,))
        return _sheet(desk, key, sheet, SheetForm(row_version=desk.draft.row_version))
    sheet, form = _typed(desk.tree, desk.names), SheetForm(request.form)
    do, _, rest = request.form.get("do", "save").partition(" ")
    if do in ("add", "drop"):
        return _sheet(desk, key, _rearranged(sheet, do, rest), form, was=_was())
    return _save(desk, key, sheet, form)


def _desk(slug: str) -> _Desk:
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    draft = drafts.editable_draft(actor, agreement)
    tree = drafts.text_of(draft)
    return _Desk(slug, actor, draft, tree, labels(tree))


def _template(desk: _Desk) -> TemplateDocument | None:
    """The template's version it was made from, while the library still has it."""
    try:
        return templates.get_template(desk.agreement.template_slug, desk.agreement.template_version)
    except NotFound:
        return None


def _overview(desk: _Desk, form: DetailsForm | None = None) -> str:
    beside, blanks_left = desk.draft.beside, drafts.open_blanks(desk.draft)
    text = Beside(
        desk.names,
        blanks=blanks_left,
        guidance=beside.get("guidance", {}),
        mandatory=frozenset(beside.get("mandatory", ())),
        rules=beside.get("rules", {}),
    )
    nodes = lessons_of(desk.tree, text)
    return page(
        "drafting/overview.html",
        agreement=desk.agreement,
        head=heads.head_of(desk.actor, desk.agreement),
        draft=desk.draft,
        nodes=nodes,
        size=size_of(desk.tree),
        blanks=blanks_left,
        given=sum(node.number is not None for node in desk.tree.walk()),
        form=form
        or DetailsForm(
            title=desk.tree.title,
            numbering=str(desk.tree.numbering),
            row_version=desk.draft.row_version,
        ),
    )


def _detailed(tree: ClauseTree, form: DetailsForm) -> ClauseTree:
    title = " ".join((form.title.data or "").split())
    named = replace(tree, title=title, numbering=Numbering(form.numbering.data))
    if form.renumber.data:
        return unnumbered(named)
    return named


def _filled(desk: _Desk, form: BlanksForm, values: Mapping[str, str]) -> Response:
    actions.fill_blanks(desk.actor, desk.draft, values=values, seen=form.row_version.data or 0)
    count = len(values)
    filled = ngettext("Filled: %(num)s blank.", "Filled: %(num)s blanks.", count)
    flash(filled if count else gettext("Nothing filled."))
    return redirect(url_for("drafting.overview", slug=desk.slug), 303)


def _typed(tree: ClauseTree, names: Mapping[str, Label]) -> Sheet:
    """What was typed, without what only stood in the fields while somebody else changed it."""
    sheet, was = read_sheet(tree, names, request.form), _was()
    words = {
        key: (heading, text)
        for key, (heading, text) in sheet.words.items()
        if replace(tree.nodes[key], heading=heading, text=text).node_hash != was.get(key)
    }
    return replace(sheet, words=words)


def _was() -> Mapping[str, str]:
    """The hash of each clause as it stood when the page was made."""
    return {
        name.removeprefix(_WAS): value
        for name, value in request.form.items()
        if name.startswith(_WAS)
    }


def _rearranged(sheet: Sheet, do: str, rest: str) -> Sheet:
    if do == "drop":
        return sheet.dropping(rest)
    side, _, key = rest.partition(" ")
    return sheet.adding(side, key)


def _save(desk: _Desk, key: str, sheet: Sheet, form: SheetForm) -> Answer:
    try:
        tree = writing.text_of(desk.tree, sheet.written())
        actions.edit_draft(desk.actor, desk.draft, tree=tree, seen=form.row_version.data or 0)
    except Conflict:
        form.refuse(Conflict(_STALE))
        form.row_version.data = desk.draft.row_version
        return _sheet(desk, key, sheet, form, show_theirs=True), form.status
    except AppError as error:
        name = error.field if isinstance(error, Invalid) else ""
        errors = {name: tell(error)} if name else {}
        form.refuse(error if not errors else Invalid("One thing needs another look, see below."))
        return _sheet(desk, key, sheet, form, errors=errors, was=_was()), status_of(error)
    name = _name(tree, labels(tree), key) if key in tree.nodes else gettext("the draft")
    flash(gettext("Saved: %(clause)s.", clause=name))
    return redirect(url_for("drafting.overview", slug=desk.slug, _anchor=f"c-{key}"), 303)


def _sheet(
    desk: _Desk,
    key: str,
    sheet: Sheet,
    form: SheetForm,
    *,
    errors: Mapping[str, str] | None = None,
    was: Mapping[str, str] | None = None,
    show_theirs: bool = False,
) -> str:
    beside = desk.draft.beside
    lines = tuple(sheet.lines())
    notes = Beside(desk.names, guidance=beside.get("guidance", {}))
    return page(
        "drafting/edit.html",
        head=heads.head_of(desk.actor, desk.agreement),
        key=key,
        name=_name(desk.tree, desk.names, key) if key in desk.tree.nodes else gettext("The draft"),
        form=form,
        sheet=sheet,
        lines=lines,
        errors=errors or {},
        was=was or {one: node.node_hash for one, node in desk.tree.nodes.items()},
        theirs=_theirs(desk.tree, sheet) if show_theirs else {},
        guides=guides_of(desk.tree.find(key), notes) if key in desk.tree.nodes else (),
        mandatory=frozenset(beside.get("mandatory", ())),
        places=sorted({label.full for label in desk.names.values() if label.full}),
    )


def _theirs(tree: ClauseTree, sheet: Sheet) -> Mapping[str, tuple[str, str]]:
    """What the draft says now where something else is typed."""
    return {
        key: (tree.nodes[key].heading, tree.nodes[key].text)
        for key in sheet.words
        if key in tree.nodes
    }


def _name(tree: ClauseTree, names: Mapping[str, Label], key: str) -> str:
    node = tree.find(key)
    words = prose.plain(node.heading) if node.kind is not Kind.GENERATED else ""
    return f"{names[key].full} {words}".strip() or gettext("this paragraph")
