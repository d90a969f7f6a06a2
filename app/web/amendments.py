"""The amendments of an agreement: the list, each one's page, support, withdrawal, confirmation."""

import re

from flask import Blueprint, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.actions import amendments as act
from app.formats import markdown, redline_html
from app.http import auth, paging
from app.http.languages import current, flash, tell
from app.http.statuses import status_of
from app.kernel.errors import AppError
from app.kernel.said import said
from app.queries import (
    agreements,
    amendment_grounds,
    amendment_lists,
    amendment_pages,
    heads,
    inside,
    reading,
)
from app.queries import amendments as found
from app.queries.amendment_lists import Wanted
from app.queries.amendment_pages import Written
from app.web.forms.amendments import WithdrawForm
from app.web.rendering import page

door = Blueprint("amendments", __name__, url_prefix="/agreements/<slug:slug>/amendments")
_PAGE = 100
_LABEL = re.compile(r"\bA\d{1,5}(?:\.\d{1,4})?\b")


@door.get("")
def index(slug: str) -> str:
    """List the amendments by clause, narrowed by what the address asks for."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    wanted = Wanted(
        clause=request.args.get("clause", ""),
        organisation=request.args.get("organisation", ""),
        state=request.args.get("state", ""),
        mine=request.args.get("mine") == "1",
    )
    number = paging.page_number()
    listed = amendment_lists.listed(
        actor, agreement, wanted, skip=paging.offset(number, _PAGE), limit=_PAGE
    )
    return page(
        "amendments/index.html",
        room="agreements",
        agreement=agreement,
        head=heads.head_of(actor, agreement),
        listed=listed,
        sheet=paging.Page((), number, listed.wanted, _PAGE),
        wanted=wanted,
        opened=agreements.round_of(reading.session(), agreement.id),
    )


@door.get("/<label>")
def show(slug: str, label: str) -> str:
    """Show one amendment: what it changes, why, who stands behind it, what became of it."""
    return _shown(slug, label)


@door.post("/<label>/support")
def support(slug: str, label: str) -> Response | tuple[str, int]:
    """Stand behind an amendment, or no longer."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    row = found.get_amendment(agreement, label)
    supports = request.form.get("supports") == "1"
    try:
        act.support_amendment(actor, row, supports=supports)
    except AppError as error:
        return _shown(slug, label, tell(error)), status_of(error)
    mine = heads.head_of(actor, agreement).mine
    name = mine.name if mine else said("Your organisation")
    done = said("{organisation} supports amendment {amendment}.")
    if not supports:
        done = said("{organisation} no longer supports amendment {amendment}.")
    flash(said(done, organisation=name, amendment=row.label))
    return redirect(url_for(".show", slug=slug, label=row.label), 303)


@door.post("/<label>/withdraw")
def withdraw(slug: str, label: str) -> Response | tuple[str, int]:
    """Take one's own amendment back; `in_favour_of` names the one it makes room for."""
    agreement = agreements.get_agreement(auth.current_actor(), slug)
    row = found.get_amendment(agreement, label)
    form = WithdrawForm(request.form)
    other = str(form.in_favour_of.data or "").strip() if form.validate() else ""
    try:
        favoured = found.get_amendment(agreement, other) if other else None
        act.withdraw_amendment(auth.current_actor(), row, in_favour_of=favoured)
    except AppError as error:
        return _shown(slug, label, tell(error)), status_of(error)
    flash(
        said(
            "{label} is withdrawn in favour of {other}. It stays in the record.",
            label=row.label,
            other=favoured.label,
        )
        if favoured
        else said("{label} is withdrawn. It stays in the record.", label=row.label)
    )
    there = favoured.label if favoured else row.label
    return redirect(url_for(".show", slug=slug, label=there), 303)


@door.post("/<label>/confirm")
def confirm(slug: str, label: str) -> Response | tuple[str, int]:
    """Confirm what could be carried of an amendment to the new version."""
    agreement = agreements.get_agreement(auth.current_actor(), slug)
    row = found.get_amendment(agreement, label)
    wording = amendment_grounds.for_rewriting(agreement, label).steps
    try:
        act.confirm_rebased(auth.current_actor(), row, operations=wording)
    except AppError as error:
        return _shown(slug, label, tell(error)), status_of(error)
    flash(said("{label} stands as it is shown here.", label=row.label))
    return redirect(url_for(".show", slug=slug, label=row.label), 303)


def redline_of(slug: str, written: Written) -> Markup:
    """The redline of a change as HTML; its references lead to the text of the agreement."""
    if written.redline is None:
        return Markup("")
    return redline_html.clauses(
        written.redline,
        tell=tell,
        spoken=current(),
        tags=False,
        href=lambda key: f"/agreements/{slug}#c-{key}",
    )


def _shown(slug: str, label: str, refusal: str = "") -> str:
    actor = auth.current_actor()
    agreement, head = heads.agreement_and_head(actor, slug)
    about = amendment_pages.page_of(actor, agreement, label, head.mine)
    return page(
        "amendments/show.html",
        room="agreements",
        agreement=agreement,
        head=head,
        about=about,
        redline=redline_of(slug, about.written),
        inside=inside.notes_of(
            reading.session(),
            agreement.id,
            actor.organisations_in(agreement.id),
            amendment=about.row.id,
        ),
        why=_linked(slug, about.row.rationale, about.others),
        refusal=refusal,
    )


def _linked(slug: str, rationale: str, labels: frozenset[str]) -> Markup:
    """The reasons as HTML, with the labels of other amendments as links."""

    def link(match: re.Match[str]) -> str:
        label = match[0]
        return f"[{label}](/agreements/{slug}/amendments/{label})" if label in labels else label

    return markdown.to_html(_LABEL.sub(link, rationale))
