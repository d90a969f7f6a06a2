"""Changes outside the clauses are told: the title, the parties, the signature blocks."""

from dataclasses import replace

from app.domain.clauses import Clause, Kind
from app.domain.returned import Row
from app.domain.returned_around import changed_around
from app.domain.returned_words import reading
from tests.domain.returned_files import ANA, DEL, INS, TEXT, File

ROWS = (Clause("p-head", Kind.ROW, "", "Party | Seat"), Clause("p-a", Kind.ROW, "", "Hub | Lille"))
PARTIES = Clause("parties", Kind.GENERATED, "The parties", "parties", ROWS)
BASE = replace(TEXT, clauses=(PARTIES, *TEXT.clauses))


def told(file, **more):
    document = file.read(rows=(Row(1, (), ((), ())), Row(1, (), ((), ()))), **more)
    return changed_around(reading(document, (BASE,), {}), BASE)


def file(title="Deal", seat="Lille"):
    made = File().add(title, style="Title", level=-1)
    made.add("The parties", style="Part title", level=-1, key="parties")
    for row, cells in enumerate((("Party", "Seat"), ("Hub", seat))):
        for cell, words in enumerate(cells):
            made.add(words, style="Table text", level=-1, row=row, cell=cell)
    return made.keep("search", "form", "duty", "cost", "end")


def test_what_nobody_changed_is_not_told():
    assert told(file()) == ()


def test_words_changed_without_tracking_are_told():
    assert told(file(title="Another deal")) == ("title",)
    assert told(file(seat="Roubaix")) == ("parties",)


def test_tracked_changes_are_told():
    assert told(file(title=("Deal", (DEL, ANA)))) == ("title",)
    assert told(file(seat=("Lille", (DEL, ANA)))) == ("parties",)
    held = file().add(("Ann", (INS, ANA)), style="Signature party", level=-1)
    assert told(held) == ("signatures",)
