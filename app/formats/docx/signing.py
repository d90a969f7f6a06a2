"""A block to sign for each party."""

from collections.abc import Iterable, Sequence

from app.domain.generated import Party
from app.formats.docx.ooxml import Ids, bookmark, paragraph, party_bookmark, run
from app.formats.docx.styles import TEXT_WIDTH

_FACTS = 4422
_LINE = (TEXT_WIDTH - _FACTS) // 2


def signature_blocks(parties: Iterable[Party], ids: Ids) -> str:
    """One block for each party, never cut by the end of a page."""
    return "".join(_block(party, ids) for party in parties)


def _block(party: Party, ids: Ids) -> str:
    name = bookmark(ids.next(), party_bookmark(party.code), run(party.name))
    facts = [paragraph("SignatureParty", name)]
    known = (
        party.legal_form,
        party.seat,
        f"Register number {party.register_number}" if party.register_number else "",
    )
    facts += [paragraph("SignatureFact", run(fact)) for fact in known if fact]
    signer = [paragraph("SignatureLine", run("Name and capacity"))]
    if party.representative:
        signer = [paragraph("SignatureParty", run(party.representative))]
        signer.append(paragraph("SignatureFact", run(party.capacity)))
    rows = (
        _row(_cell(facts, _FACTS, merge="restart"), _cell(signer, 2 * _LINE, span=2))
        + _row(
            _cell([paragraph("SignatureFact", "")], _FACTS, merge="continue"),
            _line("Place"),
            _line("Date"),
        )
        + _row(
            _cell([paragraph("SignatureFact", "")], _FACTS, merge="continue"),
            _cell([paragraph("SignatureLine", run("Signature"))], 2 * _LINE, span=2),
        )
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (_FACTS, _LINE, _LINE))
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="SignatureTable"/>'
        f'<w:tblW w:w="{_FACTS + 2 * _LINE}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>" + paragraph("SignatureEnd", "")
    )


def _row(*cells: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _line(words: str) -> str:
    return _cell([paragraph("SignatureLine", run(words))], _LINE)


def _cell(held: Sequence[str], width: int, *, span: int = 1, merge: str = "") -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merges = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{merges}</w:tcPr>'
        f"{''.join(held)}</w:tc>"
    )
