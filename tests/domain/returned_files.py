"""Returned files for tests, written as short as they can be."""

from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.returned import Paragraph, Piece, ReturnedDocument, Revision

ANA, BO = "Ana", "Bo"
INS, DEL = "ins", "del"
KEYS = tuple(f"new-{number}" for number in range(60))
TEXT = ClauseTree(
    "Deal",
    (
        Clause(
            "search",
            Kind.CLAUSE,
            "Search",
            "",
            (
                Clause("form", Kind.CLAUSE, "Form", "A request states the need and the date."),
                Clause("duty", Kind.CLAUSE, "", "The Hub shall answer within thirty days."),
                Clause("cost", Kind.CLAUSE, "", "Each party bears its own costs of the search."),
            ),
        ),
        Clause("end", Kind.CLAUSE, "Ending", ""),
    ),
)
LINES = {
    "search": ("Search", "heading 1", 0),
    "form": ("Form. A request states the need and the date.", "clause text", 1),
    "duty": ("The Hub shall answer within thirty days.", "clause text", 1),
    "cost": ("Each party bears its own costs of the search.", "clause text", 1),
    "end": ("Ending", "heading 1", 0),
}


class File:
    """Gathers paragraphs and the revisions in them."""

    def __init__(self):
        self.revisions = {}
        self.paragraphs = []

    def number(self, change, author, date="2026-05-01T09:00:00Z"):
        return self.revisions.setdefault(Revision(change, author, date), len(self.revisions))

    def add(self, *parts, key="", style="clause text", level=1, mark=(), **more):
        """A paragraph of words and of (words, (change, author), …)."""
        pieces = []
        for part in parts:
            words, *changes = (part,) if isinstance(part, str) else part
            pieces.append(Piece(words, tuple(self.number(*change) for change in changes)))
        self.paragraphs.append(
            Paragraph(
                tuple(pieces),
                mark=tuple(self.number(*change) for change in mark),
                style=style,
                level=level,
                bookmarks=(f"_cl_{key}",) if key else (),
                **more,
            )
        )
        return self

    def keep(self, *keys):
        """Clauses of TEXT as they stand."""
        for key in keys:
            words, style, level = LINES[key]
            self.add(words, key=key, style=style, level=level)
        return self

    def read(self, **more):
        return ReturnedDocument(tuple(self.paragraphs), tuple(self.revisions), **more)
