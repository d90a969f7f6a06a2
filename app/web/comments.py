"""Comments: starting a thread, replying, changing one's own words, resolving, finding them."""

import uuid
from typing import Any

from flask import Blueprint, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.policy import require
from app.actions import comments as actions
from app.domain import numbering
from app.http import auth, paging
from app.http.languages import flash
from app.kernel import clock
from app.kernel.errors import AppError, NotFound, WrongMoment
from app.kernel.said import said
from app.queries import agreements as found
from app.queries import amendments, comments, rounds
from app.queries.heads import Head, agreement_and_head
from app.queries.reading import session
from app.queries.reading_room import text_of
from app.web import comment_lists, commenting, unchanged
from app.web.forms.comments import EditForm, ReplyForm, StartForm
from app.web.rendering import page

door = Blueprint("comments", __name__, url_prefix="/agreements/<slug:slug>/comments")


@door.get("")
def index(slug: str) -> Response:
    """List the comments, narrowed by what the address says."""
    actor = auth.current_actor()
    agreement, head = agreement_and_head(actor, slug)

    def made() -> str:
        number = paging.page_number()
        listing = comment_lists.listing_of(head, number, lambda: _listing(agreement, head))
        return page("comments/index.html", head=head, listing=listing)

    # Without a version the list shows the draft, which is edited without a word to the record.
    if not head.version or not head.stamp:
        return make_response(made())
    return unchanged.kept(head, (), made)


def _listing(agreement: Any, head: Head) -> comment_lists.Listing:
    """What the address asks for of the list."""
    tree, _ = text_of(session(), agreement)
    filters = comment_lists.filters(tree)
    number = paging.page_number()
    total = comments.how_many(session(), agreement.id, filters)
    who = comments.speakers(session(), agreement.id)
    held = comments.discussions(
        session(),
        agreement.id,
        filters,
        known=who,
        limit=paging.PAGE_SIZE,
        skip=paging.offset(number),
    )
    labels = numbering.labels(tree)
    return comment_lists.Listing(
        slug=head.slug,
        noun=head.noun,
        lines=tuple(comment_lists.line(thread, head.slug, labels, tree) for thread in held),
        paged=comment_lists.pager(head.slug, paging.Page(held, number, total)),
        total=total,
        is_narrowed=filters != comments.Filters(),
        states=comment_lists.state_options(head.slug),
        kinds=comments.KINDS,
        speakers=tuple(sorted(who.values(), key=lambda one: one.name)),
        clauses=comment_lists.clause_options(tree, labels),
        asked=request.args,
        inside=head.mine.name if head.mine else "",
    )


@door.get("/new")
def start(slug: str) -> str:
    """Show the form of a new comment beside the words it is about."""
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    rounds.latest_round(session(), agreement)
    form = StartForm(data={"quote": request.args.get("quote", "")})
    return commenting.start_page(agreement, form)


@door.post("/new")
def post(slug: str) -> Response | tuple[str, int]:
    """Post a new comment; what was typed is kept where it can't be."""
    actor = auth.current_actor()
    opened = rounds.round_for_writing(actor, slug)
    agreement = opened.agreement
    form = StartForm(request.form)
    form.offer(commenting.others(agreement))
    closes_at, number = opened.closes_at, opened.number
    if form.validate():
        try:
            label = request.args.get("amendment", "")
            if form.is_inside:
                return redirect(commenting.keep_inside(actor, opened, form, label), 303)
            thread = actions.start_thread(
                actor,
                opened,
                text=form.text.data,
                kind=form.kind.data,
                anchor=commenting.anchor_of(opened, form.quote.data),
                amendment=amendments.get_amendment(agreement, label) if label else None,
                on_behalf_of=commenting.sender(agreement, form.on_behalf_of.data),
                form_key=form.form_key.data,
            )
        except WrongMoment as error:
            form.refuse(commenting.too_late(error, number, closes_at, agreement.timezone))
        except AppError as error:
            form.refuse(error)
        else:
            flash(
                said(
                    "Comment {number} is posted. Everybody who takes part can read it, and it is "
                    "answered before the next version.",
                    number=thread.number,
                )
            )
            return redirect(commenting.place_of(slug, thread.number, label), 303)
    return commenting.start_page(agreement, form), form.status


@door.get("/<number:number>")
def show(slug: str, number: int) -> str:
    """Show one thread on a page of its own."""
    return commenting.thread_page(slug, number, ReplyForm())


@door.post("/<number:number>/reply")
def reply(slug: str, number: int) -> Response | tuple[str, int]:
    """Reply in a thread."""
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    form = ReplyForm(request.form)
    form.offer(commenting.others(agreement))
    thread = comments.get_discussion(session(), agreement.id, number).row
    held = thread.round
    if form.validate():
        try:
            actions.reply(
                actor,
                thread,
                text=form.text.data,
                on_behalf_of=commenting.sender(agreement, form.on_behalf_of.data),
                form_key=form.form_key.data,
            )
        except WrongMoment as error:
            late = held and commenting.too_late(
                error, held.number, held.closes_at, agreement.timezone
            )
            form.refuse(late or error)
        except AppError as error:
            form.refuse(error)
        else:
            flash(said("Your reply is posted."))
            return redirect(commenting.back(slug, number), 303)
    return commenting.thread_page(slug, number, form), form.status


@door.route("/<number:number>/edit/<uuid:comment_id>", methods=["GET", "POST"])
def edit(slug: str, number: int, comment_id: uuid.UUID) -> Response | tuple[str, int]:
    """Change one's own words; that they were changed stays visible."""
    actor = auth.current_actor()
    agreement, head = agreement_and_head(actor, slug)
    comment = comments.get_comment(session(), agreement.id, comment_id)
    if not request.form:
        _may_open(actor, comment)
    form = EditForm(request.form or None, data={"text": comment.text})
    if request.method == "POST" and form.validate():
        try:
            actions.edit_comment(actor, comment, text=form.text.data)
        except AppError as error:
            form.refuse(error)
        else:
            flash(said("Changed. The comment is marked as edited."))
            return redirect(url_for("comments.show", slug=slug, number=number), 303)
    return page("comments/edit.html", head=head, form=form, number=number), form.status


def _may_open(actor: Actor, comment: Any) -> None:
    """Let nobody read in a form what the page no longer shows, or never showed as theirs."""
    require(actor, Permission.COMMENT_EDIT, comment, clock.utcnow())
    if comment.retracted_at is not None:
        raise NotFound("This comment was taken back.")


@door.post("/<number:number>/retract/<uuid:comment_id>")
def retract(slug: str, number: int, comment_id: uuid.UUID) -> Response:
    """Take one's own words back; that something stood there stays visible."""
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    comment = comments.get_comment(session(), agreement.id, comment_id)
    actions.retract_comment(actor, comment)
    flash(said("Taken back. The thread says that something stood there."))
    return redirect(url_for("comments.show", slug=slug, number=number), 303)


@door.post("/<number:number>/resolve")
def resolve(slug: str, number: int) -> Response:
    """Mark a thread as settled."""
    return _settled(slug, number, resolved=True)


@door.post("/<number:number>/reopen")
def reopen(slug: str, number: int) -> Response:
    """Open a settled thread again."""
    return _settled(slug, number, resolved=False)


def _settled(slug: str, number: int, *, resolved: bool) -> Response:
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    thread = comments.get_discussion(session(), agreement.id, number).row
    actions.resolve_thread(actor, thread, resolved=resolved)
    flash(
        said("Comment {number} is resolved.", number=number)
        if resolved
        else said("Comment {number} is open again.", number=number)
    )
    return redirect(commenting.back(slug, number), 303)
