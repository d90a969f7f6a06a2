"""One small agreement with every kind of node, its parties, and ways to look into a Word file."""

import io
import zipfile
from datetime import UTC, date, datetime

from lxml import etree

from app.domain import placeholders
from app.domain.clauses import Clause, ClauseTree, Kind, Numbering
from app.domain.generated import Party, filled
from app.formats.docx.ooxml import W
from app.formats.docx.redline_writer import Hand

DAY = date(2026, 11, 21)
HAND = Hand("Tartu Hub", datetime(2026, 5, 1, 9, 0, 7, tzinfo=UTC))
PARTIES = (
    Party("TAR", "Tartu Hub", "Foundation", "Tartu, Estonia", "90001234", "Ana Ito", "Director"),
    Party("KRK", "Kraków Park", "sp. z o.o.", "Kraków, Poland", "0000058058"),
)


def clause(key, heading="", text="", children=(), kind=Kind.CLAUSE, number=None):
    return Clause(key, kind, heading, text, tuple(children), number)


def agreement(numbering=Numbering.ARTICLE, *, parted=True):
    """Recitals, definitions, lists four deep, a foreign number, a table, an annex, signatures."""
    recitals = [
        clause("r-one", text="A Client looks for a partner.", kind=Kind.RECITAL),
        clause("r-two", text="The Hubs wish to help.", kind=Kind.RECITAL),
    ]
    terms = [
        clause(
            "definitions",
            "Definitions",
            children=[
                clause(
                    "d-client", "Client; Clients", "means whoever asks a Hub.", kind=Kind.DEFINITION
                )
            ],
        ),
        clause("search", "Search", children=_search()),
        clause("relief", "Relief", children=_relief()),
    ]
    annex = clause("annex-fee", "Fee", children=_fee(), kind=Kind.ANNEX)
    parties = clause("parties", text="parties", kind=Kind.GENERATED)
    signatures = clause("signatures", text="signatures", kind=Kind.GENERATED)
    if parted:
        recitals = [clause("background", "Background", children=recitals, kind=Kind.DIVISION)]
        terms = [clause("terms", "Agreed terms", children=terms, kind=Kind.DIVISION)]
    clauses = (parties, *recitals, *terms, signatures, annex)
    return ClauseTree("Search & match", clauses, "en", numbering)


def _search():
    deep = clause("deep", text="deep;", children=[clause("deeper", text="deeper still.")])
    return [
        clause("form", "Form", "It is **binding** if *signed*, see [us](https://a.eu/?x=1&y=2)."),
        clause(
            "duty",
            "Duty",
            "The Hub shall:",
            children=[
                clause("answer", text="answer within {{answer_days}} days under [[force]]; and"),
                clause("names", text="name a partner:", children=[deep]),
                clause("no-result", text="It owes no result.", kind=Kind.PARA),
            ],
        ),
        clause(
            "costs",
            "Costs",
            children=[
                clause("own-costs", text="Each bears its own costs, [[annex-fee]] aside:"),
                clause("travel", text="travel;", kind=Kind.BULLET),
            ],
        ),
    ]


def _relief():
    rows = [
        clause("row-0", text="Milestone | Due", kind=Kind.ROW),
        clause("row-1", text=r"M1 | 1 March, see [[search]] \| later", kind=Kind.ROW),
    ]
    return [
        clause("force", text="No one is liable as [[fee-sum]] and [[given]] and [[d-client]] say."),
        clause("given", text="This came with its number.", number="§ 3a"),
        clause("after", text="Counting goes on."),
        clause("code", text="if (a < b) {\n  *pay*();\n}", kind=Kind.VERBATIM),
        clause("dates", "Dates", children=rows, kind=Kind.TABLE),
    ]


def _fee():
    return [clause("fee", "Fee", children=[clause("fee-sum", text="The fee is 10 euro.")])]


def to_sign():
    """The agreement with its blank filled and its parties named."""
    tree = placeholders.fill(agreement(), {"answer_days": "15"})
    return filled(tree, PARTIES)


def part(data, name="word/document.xml"):
    """One part of a file, parsed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def text_of(data, name="word/document.xml"):
    """One part of a file as it stands in the container."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def names_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def changed(data, name, old, new):
    """The file with one stretch of a part replaced, which must be there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as was, zipfile.ZipFile(out, "w") as is_now:
        for entry in was.namelist():
            content = was.read(entry)
            if entry == name:
                assert old.encode() in content, old
                content = content.replace(old.encode(), new.encode(), 1)
            is_now.writestr(entry, content)
    return out.getvalue()


def paragraphs(data):
    """(style, words) of every paragraph of the body."""
    found = []
    for node in part(data).iter(f"{{{W}}}p"):
        style = node.find(f"{{{W}}}pPr/{{{W}}}pStyle")
        words = "".join(t.text or "" for t in node.iter(f"{{{W}}}t", f"{{{W}}}delText"))
        found.append(("" if style is None else style.get(f"{{{W}}}val"), words))
    return found
