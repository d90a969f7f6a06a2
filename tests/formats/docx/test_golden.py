"""The same text gives the same parts on every machine, and a change of them is seen.

After a change that is meant: `python -m tests.formats.docx.test_golden` prints the new digests.
"""

import hashlib
import io
import zipfile

import pytest

from app.domain import redline
from app.domain.clauses import Kind, Place
from app.formats.docx import redline_writer, writer
from app.formats.docx.comments import Note
from tests.formats.docx.samples import DAY, HAND, PARTIES, agreement, clause, to_sign

DIGESTS = {
    "version": "4fe81bea7c0112a8",
    "signature": "a917eeae976a2a01",
    "redline": "09d79b6ce44ab91c",
}


def files():
    """One file of each sort, by name."""
    reply = Note("Bo Kern", "So.", "2026-05-01T10:00:00Z")
    note = Note("Ana Ito", "Why?", "2026-05-01T09:05:00Z", (reply,), quote="binding")
    notes = {"form": (note,), "costs": (note,), "after": (note,)}
    new = agreement().remove("after").move("costs", Place("relief", None))
    new = new.insert(Place("search", "form"), clause("new", "New", "Is **new**."))
    new = new.replace("r-one", text="A Client looks").insert(
        Place("background", "r-one"), clause("r-new", text="for a partner.", kind=Kind.RECITAL)
    )
    return {
        "version": writer.write(
            agreement(), status="Draft", version="1", day=DAY, parties=PARTIES, notes=notes
        ),
        "signature": writer.for_signature(
            to_sign(), version="3", day=DAY, parties=PARTIES, signatures=PARTIES
        ),
        "redline": redline_writer.write(
            redline.build(agreement(), new), otherwise=HAND, version="1", notes=notes
        ),
    }


def digest(data):
    """Over the names and bytes of all parts in their order; how they are packed is zlib's."""
    found = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            found.update(f"{name} {len(content)}\n".encode() + content)
    return found.hexdigest()[:16]


@pytest.mark.parametrize("name", sorted(DIGESTS))
def test_the_parts_are_what_they_were(name):
    assert digest(files()[name]) == DIGESTS[name]


if __name__ == "__main__":
    for name, data in files().items():
        print(f'    "{name}": "{digest(data)}",')  # noqa: T201
