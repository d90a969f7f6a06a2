"""A hundred agreements with amendments through LibreOffice and back, with anchors and without."""

from tests.formats.docx import deals, office
from tests.formats.docx.test_round_trip import case, comes_back

COUNT, AT_ONCE = 100, 20


def test_a_hundred_through_libreoffice_and_back(tmp_path):
    office.needed()
    for start in range(0, COUNT, AT_ONCE):
        cases = {str(seed): case(seed) for seed in range(start, start + AT_ONCE)}
        files = {name: deals.redlined(*both) for name, both in cases.items()}
        for name, data in office.saved_again(files, tmp_path / str(start)).items():
            comes_back(data, *cases[name])
            comes_back(office.without_bookmarks(data), *cases[name])
