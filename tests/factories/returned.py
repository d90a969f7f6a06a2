"""Word files that come back to a case: its text with changes and comments in it."""

from datetime import UTC, datetime

from app.domain.redline import build
from app.formats.docx import redline_writer
from app.formats.docx.redline_writer import Hand
from app.http.uploads import DOCX, Upload
from tests.factories.agreements import TREE, Case
from tests.formats.docx import office

ANA = Hand("Ana Ito", datetime(2026, 5, 1, 9, 0, 7, tzinfo=UTC))
NEW = TREE.replace("answer-time", text=TREE.find("answer-time").text.replace("15", "20"))


def file_of(case: Case, new=NEW, *, old=TREE, named: bool = True, **more) -> bytes:
    """The text of the case with all that differs from it as tracked changes of Ana's."""
    about = {"agreement": str(case.agreement.id), "version": "1"} if named else {}
    data = redline_writer.write(build(old, new), otherwise=ANA, **about, **more)
    return data if named else office.without_bookmarks(data)


def upload_of(data: bytes, name: str = "deal.docx") -> Upload:
    """The same as somebody sends it."""
    return Upload(name, DOCX, data)
