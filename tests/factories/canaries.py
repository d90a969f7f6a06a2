"""Words planted inside one organisation, so that a test hears where they come out."""

import io
import zipfile
from dataclasses import dataclass
from datetime import timedelta

from app.actions import ballots, comments
from app.actions.checking import ask_for_check, check_draft
from app.actions.inside import edit_inside, keep_note, reply_inside
from app.domain import operations as ops
from app.domain.anchors import anchor
from app.domain.ballots import VotingRule
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot
from app.models.base import db
from app.models.comments import Thread
from app.models.inside import InternalNote, InternalRemark
from tests.factories.agreements import TREE, Case
from tests.factories.amendments import make_amendment, make_draft, rewording

CANARIES = (
    "qzyxnote",
    "qzyxwhole",
    "qzyxreply",
    "qzyxedited",
    "qzyxabout",
    "qzyxtalk",
    "qzyxwhy",
    "qzyxtext",
    "qzyxheading",
    "qzyxasked",
    "qzyxback",
    "qzyxsecond",
)
"""One word for each place: no page, file or letter of anybody else may ever hold one."""


@dataclass
class Public:
    """What everybody may see: there so that pages and files have something to show."""

    thread: Thread
    amendment: AmendmentRow
    ballot: Ballot


@dataclass
class Inside:
    """What was planted inside Lille."""

    note: InternalNote
    draft: AmendmentRow
    remark: InternalRemark

    @property
    def signs(self) -> tuple[bytes, ...]:
        """Everything that tells of it: the words and the names of its rows."""
        ids = (self.note.id, self.draft.id, self.remark.id)
        named = [sign for one in ids for sign in (str(one), one.hex)]
        return tuple(sign.encode() for sign in (*CANARIES, *named))


def make_public(case: Case, now) -> Public:
    """A comment with a reply, an amendment and a ballot on it."""
    thread = comments.start_thread(
        case.actor("Porto"),
        case.round,
        text="Too short.",
        kind="concern",
        anchor=anchor(TREE, "1", "answer-time"),
    )
    comments.reply(case.actor("Lille"), thread, text="We agree.")
    row = make_amendment(case, "Porto", rewording(case, "answer-time", "15", "20"))
    ballot = ballots.open_ballot(
        case.actor("facilitator"),
        case.round,
        question="Twenty days?",
        rule=VotingRule(),
        closes_at=now + timedelta(days=2),
        amendments=[row],
    )
    return Public(thread, row, ballot)


def plant(case: Case, colleague: str, public: Public) -> Inside:
    """Notes on words, on the whole, on an amendment and on a draft; drafts; checks of them."""
    lille = case.actor("Lille")
    note = keep_note(
        lille,
        case.agreement,
        text="@Porto @Marc Petit qzyxnote",
        version_id=case.version.id,
        anchor=anchor(TREE, "1", "answer-time"),
    )
    reply_inside(case.actor(colleague), note, text="qzyxreply")
    changed = reply_inside(lille, note, text="qzyxbefore")
    edit_inside(lille, changed, text="qzyxedited")
    keep_note(lille, case.agreement, text="qzyxwhole")
    keep_note(lille, case.agreement, text="qzyxabout", amendment=public.amendment)
    draft = make_draft(
        case,
        "Lille",
        rewording(case, "answer-form", "in writing", "qzyxtext"),
        ops.set_heading(TREE, "ending", "qzyxheading"),
        rationale="qzyxwhy",
    )
    keep_note(lille, case.agreement, text="qzyxtalk", amendment=draft)
    ask_for_check(lille, draft, remark="qzyxasked")
    check_draft(
        case.actor(colleague), draft, passes=False, remark="qzyxback", seen=draft.row_version
    )
    make_draft(
        case,
        "Lille",
        rewording(case, "answer-time", "20", "qzyxsecond", of=public.amendment),
        to=public.amendment,
    )
    db.session.commit()
    return Inside(note, draft, changed)


def opened(body: bytes) -> bytes:
    """Everything an answer holds; of a zipped file every part of it, as it reads unpacked."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        return b"\n".join(
            name.encode() + b"\n" + file.read(name) for name in sorted(file.namelist())
        )
