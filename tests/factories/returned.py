"""Word files that come back to a case: its text with changes and comments in it."""

from datetime import UTC, datetime

from app.domain.redline import build
from app.formats.docx import redline_writer
from app.formats.docx.redline_writer import Hand
from app.http.uploads import DOCX, Upload
from tests.factories.agreements import TREE, Case
from tests.formats.docx import office, settling

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


def inside(data, words, more):
    """Words that Ana typed into an insertion of somebody else's, tracked."""
    mark = b'<w:ins w:id="901" w:author="Ana" w:date="2026-05-09T10:00:00Z"><w:r><w:t>'

    def change(body):
        at = body.index(words, body.index(b"<w:ins "))
        opening = body[body.rindex(b"<w:ins ", 0, at) : at]
        look = opening[opening.index(b"<w:r>") : opening.rindex(b">") + 1]
        opening = opening[: opening.index(b"<w:r>")]
        return body.replace(
            words,
            words
            + b"</w:t></w:r></w:ins>"
            + mark
            + more
            + b"</w:t></w:r></w:ins>"
            + opening
            + look,
            1,
        )

    return settling.changed_body(data, change)
