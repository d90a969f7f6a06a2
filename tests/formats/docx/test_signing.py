from app.formats.docx.ooxml import Ids
from app.formats.docx.signing import signature_blocks
from tests.formats.docx.samples import PARTIES


def test_a_block_names_the_party_and_leaves_lines_to_fill():
    known, unknown = PARTIES
    xml = signature_blocks([known], Ids())
    for words in (
        "Tartu Hub",
        "Foundation",
        "Tartu, Estonia",
        "Ana Ito",
        "Director",
        "Place",
        "Date",
    ):
        assert words in xml
    assert "Name and capacity" in signature_blocks([unknown], Ids())
    assert "Name and capacity" not in xml


def test_no_block_is_cut_by_the_end_of_a_page():
    xml = signature_blocks(PARTIES, Ids())
    assert xml.count("<w:tr>") == xml.count("<w:cantSplit/>") == 3 * len(PARTIES)


def test_each_block_carries_the_id_of_its_party():
    xml = signature_blocks(PARTIES, Ids())
    assert 'w:name="_pa_TAR"' in xml and 'w:name="_pa_KRK"' in xml
