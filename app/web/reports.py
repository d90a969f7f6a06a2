"""The report of a round: as a page, for Word, as a table; whole or of one organisation."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.reports import Report
from app.formats import xlsx
from app.formats.docx import report as docx_report
from app.http import auth
from app.kernel import clock
from app.queries import agreements, reports
from app.queries.heads import head_of
from app.queries.reading import session
from app.queries.rounds import latest_round
from app.web import desk_lists, files
from app.web.rendering import page

door = Blueprint("reports", __name__, url_prefix="/agreements/<slug:slug>/rounds")


@door.get("/report")
def latest(slug: str) -> Response:
    """The report of the latest round."""
    agreement = agreements.get_agreement(auth.current_actor(), slug)
    held = latest_round(session(), agreement)
    return redirect(url_for("reports.show", slug=slug, number=held.number), 302)


@door.get("/<number:number>/answers")
def mine(slug: str, number: int) -> Response:
    """The report of the reader's own organisation; the whole one for whoever has none."""
    actor = auth.current_actor()
    own = head_of(actor, agreements.get_agreement(actor, slug)).mine
    code = own.code if own else None
    return redirect(url_for("reports.show", slug=slug, number=number, organisation=code), 302)


@door.get("/<number:number>/report")
def show(slug: str, number: int) -> str:
    """Show every contribution of a round with its decision and the reason."""
    actor = auth.current_actor()
    agreement, report = _report(slug, number)
    head = head_of(actor, agreement)
    return page(
        "reports/show.html",
        head=head,
        report=report,
        views=desk_lists.views(slug, "report") if head.is_facilitator else None,
        organisation=_organisation(),
        mine=head.mine,
    )


@door.get("/<number:number>/report.docx")
def as_word(slug: str, number: int) -> Response:
    """The report as a Word file."""
    agreement, report = _whole(slug, number)
    return files.attachment(
        f"{_name(agreement, report)}.docx", files.WORD, docx_report.write(report)
    )


@door.get("/<number:number>/report.xlsx")
def as_table(slug: str, number: int) -> Response:
    """The report as a spreadsheet."""
    agreement, report = _whole(slug, number)
    return files.attachment(f"{_name(agreement, report)}.xlsx", files.TABLE, xlsx.write(report))


def _report(slug: str, number: int) -> tuple[Any, Report]:
    agreement = agreements.get_agreement(auth.current_actor(), slug)
    held, now, whose = reports.round_numbered(agreement, number), clock.utcnow(), _organisation()
    return agreement, reports.report_of(agreement, held, now, whose)


def _whole(slug: str, number: int) -> tuple[Any, Report]:
    """The report as a file holds it: with how many stand where, unless it is one organisation's."""
    agreement, report = _report(slug, number)
    if report.organisation:
        return agreement, report
    held = reports.round_numbered(agreement, number)
    stands = reports.stands_of(auth.current_actor(), agreement, held, report.as_of)
    return agreement, replace(report, stands=stands)


def _organisation() -> str:
    return request.args.get("organisation", "")[:3].upper()


def _name(agreement: Any, report: Report) -> str:
    """What a file is called: English as all that stands in it, for it goes to everybody."""
    whose = f" for {report.organisation}" if report.organisation else ""
    return f"{agreement.title}, round {report.round}, decisions{whose}"
