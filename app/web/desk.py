"""The facilitator's desk: the answers to all contributions of a round, and who took part."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.actions import dispositions, reminders
from app.domain.lifecycle import AgreementState, Outcome
from app.domain.redline import Redline
from app.formats import markdown, redline_html
from app.http import auth
from app.http.languages import current, flash, tell
from app.kernel import clock
from app.kernel.errors import AppError
from app.kernel.said import said
from app.queries import (
    agreements,
    amendment_pages,
    comments,
    owing,
    participation,
    pulse,
    readers,
    results,
    saved_answers,
)
from app.queries import desk as found
from app.queries.desk import Desk, Item
from app.queries.desk_items import desk_of
from app.queries.heads import head_of
from app.queries.reading import session
from app.web import desk_lists
from app.web.forms.desk import AnswerForm, BatchForm
from app.web.rendering import page

door = Blueprint("desk", __name__, url_prefix="/agreements/<slug:slug>/desk")


@door.get("")
def answers(slug: str) -> str:
    """Show what has no answer, or what the address asks for."""
    return listed(slug, BatchForm())


@door.get("/participation")
def taking_part(slug: str) -> str:
    """Show which parties and people read, commented, proposed and voted."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    held = found.round_on_desk(actor, agreement)
    desk, now = desk_of(agreement, held, actor), clock.utcnow()
    return page(
        "desk/participation.html",
        owing=owing.owing_in(session(), agreement, now),
        now=now,
        agreement=agreement,
        heats=pulse.heat_of(desk),
        days=pulse.days_of(agreement, desk, now),
        head=head_of(actor, agreement),
        views=desk_lists.views(slug, "participation"),
        opened=held,
        part=participation.participation_in(held),
        people=readers.readers_of(session(), actor, agreement, held),
    )


@door.post("/reminders")
def remind(slug: str) -> Response:
    """Remind everybody who still owes something."""
    actor = auth.current_actor()
    many = reminders.send_reminders(actor, agreements.get_agreement(actor, slug))
    flash(
        said("1 person is reminded.")
        if many == 1
        else said("{many} people are reminded.", many=many)
    )
    return redirect(url_for("desk.taking_part", slug=slug), 303)


@door.route("/comments/<number:number>", methods=["GET", "POST"])
def comment(slug: str, number: int) -> Response | str | tuple[str, int]:
    """Show one comment with its thread, and answer it."""
    agreement, desk = opened(slug)
    item = desk.get(f"C{number}")
    form = _form(agreement, item)
    if _is_done(desk.round, item, form):
        return _answered(slug, desk, item)
    discussion = comments.get_discussion(session(), agreement.id, number)
    return _answer_page(agreement, item, form, discussion=discussion)


@door.route("/amendments/<label>", methods=["GET", "POST"])
def amendment(slug: str, label: str) -> Response | str | tuple[str, int]:
    """Show one amendment, and answer it; where no ballot decides, this decides."""
    agreement, desk = opened(slug)
    item = desk.get(label.upper())
    form = _form(agreement, item)
    if _is_done(desk.round, item, form):
        return _answered(slug, desk, item)
    about = amendment_pages.page_of(auth.current_actor(), agreement, item.number, None)
    line = about.written.redline
    return _answer_page(
        agreement,
        item,
        form,
        about=about,
        redline=_redlined(line) if line else Markup(),
        why=markdown.to_html(about.row.rationale),
        **_result(desk, item),
    )


def _result(desk: Desk, item: Item) -> dict[str, Any]:
    """What the accepted amendments make of its clauses by now, once it is one of them."""
    if not item.is_accepted:
        return {}
    result = results.result_of(desk.round, item.clauses)
    return {"result": result, "reads": _redlined(result.redline)}


def _redlined(line: Redline) -> Markup:
    return redline_html.clauses(line, tags=False, tell=tell, spoken=current())


def opened(slug: str) -> tuple[Any, Desk]:
    """The agreement and its desk, for a facilitator."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    return agreement, desk_of(agreement, found.round_on_desk(actor, agreement), actor)


def _is_done(held: Any, item: Item, form: AnswerForm) -> bool:
    """Give the answer that was sent; a refusal is put on the form."""
    if request.method != "POST" or not form.validate():
        return False
    outcome, words = Outcome(form.outcome.data), form.answer.data or ""
    repeats, seen = form.duplicate_of.data or "", form.seen.data or 0
    actor = auth.current_actor()
    try:
        if item.is_amendment:
            dispositions.answer_amendment(
                actor,
                held,
                amendment_id=item.id,
                outcome=outcome,
                answer=desk_lists.filled_for(item, words),
                duplicate_of=repeats,
                seen=seen,
            )
        else:
            dispositions.answer_comments(
                actor,
                held,
                threads=[item.id],
                outcome=outcome,
                answer=desk_lists.filled_for(item, words),
                duplicate_of=repeats,
                seen={item.id: seen},
            )
    except AppError as error:
        form.refuse(error)
        return False
    return True


def _form(agreement: Any, item: Item) -> AnswerForm:
    """What was typed, else the answer given so far."""
    data = {
        "outcome": item.outcome,
        "answer": item.answer,
        "duplicate_of": item.duplicate_of,
        "seen": item.seen,
    }
    form = AnswerForm(request.form if request.method == "POST" else None, data=data)
    decides = agreement.state == AgreementState.CONSOLIDATION
    form.offer(is_amendment=item.is_amendment, decides=decides)
    return form


def _answered(slug: str, desk: Desk, item: Item) -> Response:
    """Say so, and go on: to the next one without an answer where that was asked for."""
    following = desk.next_after(item.number)
    flash(said("Answered: {number}.", number=item.number))
    asked = desk_lists.wanted()
    if request.form.get("then") == "next" and following is not None:
        return redirect(desk_lists.answer_address(slug, following, asked), 303)
    return redirect(desk_lists.back_to(slug, desk, (item.number,)), 303)


def _answer_page(
    agreement: Any, item: Item, form: AnswerForm, **shown: object
) -> str | tuple[str, int]:
    """The page of one contribution. After a refusal it shows what stands by now."""
    actor = auth.current_actor()
    desk = desk_of(agreement, found.round_on_desk(actor, agreement), actor)
    item = desk.get(item.number)
    if form.status == 409:
        form.seen.raw_data = [str(item.seen)]
    asked = desk_lists.wanted()
    body = page(
        "desk/answer.html",
        head=head_of(actor, agreement),
        views=desk_lists.views(agreement.slug, "answers"),
        desk=desk,
        item=item,
        form=form,
        group=desk.group_of.get(item.number),
        beside=[
            (
                one,
                desk_lists.answer_address(agreement.slug, one, asked),
                desk_lists.answer_words(one),
            )
            for one in desk.items
            if one.on == item.number
        ],
        saved=saved_answers.saved_answers_of(agreement.id),
        answer_words=desk_lists.answer_words(item),
        ballot_words=desk_lists.ballot_words(item),
        here=desk_lists.answer_address(agreement.slug, item, asked),
        back=desk_lists.address(agreement.slug, asked),
        asked_query=desk_lists.query(asked),
        following=desk.next_after(item.number),
        **shown,
    )
    return (body, form.status) if form.status != 200 else body


def listed(slug: str, form: BatchForm) -> str:
    """The list, with what was typed and ticked."""
    actor = auth.current_actor()
    agreement, desk = opened(slug)
    return page(
        "desk/answers.html",
        head=head_of(actor, agreement),
        views=desk_lists.views(slug, "answers"),
        form=form,
        saved=saved_answers.saved_answers_of(agreement.id),
        **desk_lists.context(slug, desk, form.picked),
    )
