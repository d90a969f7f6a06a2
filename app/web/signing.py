"""The signing room: what is missing before adoption, the text to sign, who has signed, copies."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.access import policy
from app.access.permissions import Permission
from app.actions import signatures as actions
from app.domain.lifecycle import CopyState, RequestState
from app.formats import signed_copies
from app.http import auth, uploads
from app.kernel import clock
from app.kernel.errors import AppError, WrongMoment
from app.queries import agreements as found
from app.queries import files as stored
from app.queries import signing_board, version_pages
from app.queries import word_files as word
from app.queries.comments import Speaker
from app.queries.heads import head_of
from app.queries.reading import session
from app.queries.signing_board import Board, PartyLine
from app.web.checklist import before_adoption, before_signature
from app.web.forms.base import Form
from app.web.forms.signing import ConfirmDetails, Decline, HandIn, Judge
from app.web.rendering import page

if TYPE_CHECKING:
    from app.models.agreements import Agreement
    from app.models.signatures import SignatureRequest

door = Blueprint("signing", __name__, url_prefix="/agreements/<slug:slug>/signing")

KINDS = (
    uploads.PDF,
    uploads.DOCX,
    uploads.FileKind(".png", "image/png", 10, b"\x89PNG\r\n\x1a\n"),
    uploads.FileKind(".jpg", "image/jpeg", 10, b"\xff\xd8\xff"),
    uploads.FileKind(".jpeg", "image/jpeg", 10, b"\xff\xd8\xff"),
)
HASH_DIGITS = 12

_JUDGED = {
    CopyState.COUNTED: "%(organisation)s has signed.",
    CopyState.DOUBTFUL: "The copy of %(organisation)s is doubtful. The party reads why.",
    CopyState.REFUSED: "The copy of %(organisation)s is refused. The party reads why.",
}


@dataclass(frozen=True)
class Row:
    """One party on the board, as _ui/signing.board asks for it."""

    org: Speaker
    state: str
    words: str
    moment: datetime | None
    href: str


@dataclass(frozen=True)
class Forms:
    """The forms of a party's page."""

    confirm: ConfirmDetails
    hand_in: HandIn
    decline: Decline
    judge: Judge

    @property
    def status(self) -> int:
        """The HTTP status of the page: that of the form that was refused."""
        return max(form.status for form in (self.confirm, self.hand_in, self.decline, self.judge))


@door.get("")
def board(slug: str) -> str:
    """Show how far adoption and signing are."""
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    held = signing_board.board_of(actor, agreement)
    return page(
        "signing/board.html",
        head=head_of(actor, agreement),
        agreement=agreement,
        board=held,
        checks=tuple(before_adoption(held, agreement)),
        own_checks=tuple(before_signature(held.mine, held, slug)) if held.mine else (),
        waiting=[_row(party, slug) for party in held.parties if not _has_signed(party)],
        signed=[_row(party, slug) for party in held.parties if _has_signed(party)],
        to_judge=[party for party in held.parties if party.waiting],
    )


@door.route("/adopt", methods=["GET", "POST"])
def adopt(slug: str) -> Response | tuple[str, int]:
    """Freeze the carried text as the file to be signed; asks once before."""
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    policy.require(actor, Permission.VERSION_ADOPT, agreement, clock.utcnow())
    held = signing_board.board_of(actor, agreement)
    form = Form()
    if request.method == "POST":
        try:
            _adopt(agreement, held)
        except AppError as error:
            form.refuse(error)
        else:
            flash(gettext("Adopted. The text to sign is frozen; its fingerprint stands below."))
            return redirect(url_for("signing.board", slug=slug), 303)
    head = head_of(actor, agreement)
    return page("signing/adopt.html", head=head, board=held, form=form), form.status


def _adopt(agreement: "Agreement", held: Board) -> None:
    """Render the execution version outside the gate, then let the gate check that it still fits."""
    if held.candidate is None or not signing_board.is_carried(held.ballot):
        raise WrongMoment("The ballot on the whole text is not carried.")
    text = version_pages.text_of_version(session(), agreement, held.candidate.number)
    content = word.execution_of(
        text,
        day=word.local_day(clock.utcnow(), agreement.timezone),
        agreement=str(agreement.id),
        parties=[party.details for party in held.parties],
    )
    actions.adopt_version(
        auth.current_actor(),
        agreement,
        version_hash=text.tree.version_hash,
        execution=stored.new_file(
            f"{agreement.slug}-{text.number}-to-sign.docx", uploads.DOCX.media_type, content
        ),
    )


@door.route("/open", methods=["GET", "POST"])
def open_signing(slug: str) -> Response | tuple[str, int]:
    """Ask every party to sign; asks the facilitator once before."""
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    policy.require(actor, Permission.SIGNING_OPEN, agreement, clock.utcnow())
    form = Form()
    if request.method == "POST":
        try:
            actions.open_signing(actor, agreement)
        except AppError as error:
            form.refuse(error)
        else:
            flash(gettext("Signing is open. Everybody with a seat is told."))
            return redirect(url_for("signing.board", slug=slug), 303)
    held = signing_board.board_of(actor, agreement)
    head = head_of(actor, agreement)
    return page("signing/open.html", head=head, board=held, form=form), form.status


@door.get("/parties/<slug:name>")
def party(slug: str, name: str) -> str:
    """Show one party: its details, who signs, what it handed in."""
    return _shown(slug, name, _forms())[0]


@door.post("/parties/<slug:name>/details")
def confirm(slug: str, name: str) -> Response | tuple[str, int]:
    """Confirm the details of a party as they were shown."""

    def act(line: PartyLine, forms: Forms) -> str:
        seen = forms.confirm.seen.data or ""
        actions.confirm_details(
            auth.current_actor(), line.participant, seen=int(seen[:9]) if seen.isdecimal() else -1
        )
        return str(
            gettext(
                "Confirmed: the signature page will say this of %(organisation)s.",
                organisation=line.who.name,
            )
        )

    return _posted(slug, name, ConfirmDetails, act)


@door.post("/parties/<slug:name>/copies")
def hand_in(slug: str, name: str) -> Response | tuple[str, int]:
    """Take in a signed copy, and say what its bytes show."""

    def act(line: PartyLine, _: Forms) -> str:
        actor, asked = auth.current_actor(), _request_of(line)
        policy.require(actor, Permission.COPY_HAND_IN, asked, clock.utcnow())
        upload = uploads.received(request.files.get("file"), KINDS)
        frozen = signing_board.board_of(actor, asked.agreement).frozen
        told = signed_copies.findings(
            upload.content,
            upload.media_type,
            execution=signing_board.execution_bytes(session(), asked.agreement_id),
            digits=frozen.version_hash[:HASH_DIGITS] if frozen else "",
        )
        file = stored.new_file(upload.name, upload.media_type, upload.content)
        actions.hand_in_copy(actor, asked, file=file, findings=told)
        return str(
            gettext(
                "The copy of %(organisation)s is in. The facilitator looks at it before it counts.",
                organisation=line.who.name,
            )
        )

    return _posted(slug, name, HandIn, act)


@door.post("/parties/<slug:name>/decline")
def decline(slug: str, name: str) -> Response | tuple[str, int]:
    """Say that a party will not sign."""

    def act(line: PartyLine, forms: Forms) -> str:
        actions.decline_to_sign(
            auth.current_actor(), _request_of(line), reason=forms.decline.reason.data
        )
        return str(
            gettext(
                "%(organisation)s declines to sign. The facilitator is told why.",
                organisation=line.who.name,
            )
        )

    return _posted(slug, name, Decline, act)


@door.post("/parties/<slug:name>/copies/<uuid:copy_id>")
def judge(slug: str, name: str, copy_id: uuid.UUID) -> Response | tuple[str, int]:
    """Count, doubt or refuse a copy."""

    def act(line: PartyLine, forms: Forms) -> str:
        copy = signing_board.copy_of(line, copy_id)
        state = CopyState(forms.judge.state.data)
        reason = forms.judge.reason.data or ""
        actions.judge_copy(auth.current_actor(), copy.row, state=state, reason=reason)
        return str(gettext(_JUDGED[state], organisation=line.who.name))

    return _posted(slug, name, Judge, act)


def _posted(
    slug: str, name: str, kind: type[Form], act: Callable[[PartyLine, Forms], str]
) -> Response | tuple[str, int]:
    """Do what a form of a party's page asks for, or show the page with the form refused."""
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    line = signing_board.party_of(signing_board.board_of(actor, agreement), name)
    forms = _forms(kind)
    form = next(
        one
        for one in (forms.confirm, forms.hand_in, forms.decline, forms.judge)
        if isinstance(one, kind)
    )
    if form.validate():
        try:
            sentence = act(line, forms)
        except AppError as error:
            form.refuse(error)
        else:
            flash(sentence)
            return redirect(url_for("signing.party", slug=slug, name=name), 303)
    return _shown(slug, name, forms)


def _forms(posted: type[Form] | None = None) -> Forms:
    """The forms of the page; what was typed goes to the one that was posted."""

    def made(kind: type[Form]) -> Form:
        return kind(request.form) if kind is posted else kind()

    return Forms(
        confirm=made(ConfirmDetails),
        hand_in=made(HandIn),
        decline=made(Decline),
        judge=made(Judge),
    )


def _shown(slug: str, name: str, forms: Forms) -> tuple[str, int]:
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    held = signing_board.board_of(actor, agreement)
    line = signing_board.party_of(held, name)
    body = page(
        "signing/party.html",
        head=head_of(actor, agreement),
        agreement=agreement,
        board=held,
        party=line,
        own=held.mine is not None and held.mine.slug == line.slug,
        forms=forms,
        words=_words(line),
        endings=", ".join(sorted({kind.ending for kind in KINDS})),
    )
    return body, forms.status


def _request_of(line: PartyLine) -> "SignatureRequest":
    if line.request is None:
        raise WrongMoment("Nobody has been asked to sign yet.")
    return line.request


def _has_signed(line: PartyLine) -> bool:
    return line.state is RequestState.SIGNED


def _row(line: PartyLine, slug: str) -> Row:
    state = "signed" if _has_signed(line) else "attention" if _needs_care(line) else "waiting"
    return Row(
        org=line.who,
        state=state,
        words=_words(line),
        moment=line.request.decided_at if line.request and _has_signed(line) else None,
        href=url_for("signing.party", slug=slug, name=line.slug),
    )


def _needs_care(line: PartyLine) -> bool:
    """Whether the facilitator should look: nobody signs, it declined, its copy is in doubt."""
    doubtful = line.waiting is not None and line.waiting.state is CopyState.DOUBTFUL
    return line.state is RequestState.DECLINED or doubtful or not line.signatories


def _words(line: PartyLine) -> str:
    """Where one party stands, in a few words."""
    return ", ".join(_told(line))


def _told(line: PartyLine) -> Iterator[str]:
    yield ", ".join(line.signatories) if line.signatories else gettext("no signatory is named")
    last = line.copies[-1] if line.copies else None
    if line.state is RequestState.SIGNED and line.counted:
        yield gettext("counted by %(person)s", person=line.counted.judged_by)
    elif line.state is RequestState.DECLINED:
        yield gettext("declined to sign")
    elif line.waiting:
        doubtful = line.waiting.state is CopyState.DOUBTFUL
        yield gettext("its copy is in doubt" if doubtful else "its copy waits to be looked at")
    elif last is not None and last.state is CopyState.REFUSED:
        yield gettext("its copy was refused")
    elif line.state is RequestState.REQUESTED:
        yield gettext("nothing handed in yet")
    elif line.confirmed_at is None:
        yield gettext("details not confirmed")
