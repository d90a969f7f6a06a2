import re
import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings

from app.domain.clauses import ClauseTree, Kind, Numbering, Place
from app.domain.numbering import labels
from app.formats.docx import lint, writer
from app.formats.docx.comments import Note
from app.kernel.errors import Invalid
from tests.domain.strategies import trees
from tests.formats.docx.samples import (
    DAY,
    PARTIES,
    agreement,
    clause,
    names_of,
    paragraphs,
    text_of,
    to_sign,
)

FACTS = {"status": "Proposed text", "version": "2", "day": DAY, "agreement": "agr-1"}


def write(tree, **more):
    return writer.write(tree, **{**FACTS, "parties": PARTIES, **more})


def sign(tree, **more):
    return writer.for_signature(tree, version="3", day=DAY, parties=PARTIES, **more)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(trees())
def test_any_agreement_makes_the_same_clean_file_twice(tree):
    data = write(tree)
    assert lint.check(data) == ()
    assert data == write(tree)


def test_the_same_file_on_any_day_and_with_one_date_inside():
    data = write(agreement())
    assert names_of(data)[0] == "[Content_Types].xml"
    assert names_of(data)[1:] == sorted(names_of(data)[1:])
    assert "2026-11-21T00:00:00Z" in text_of(data, "docProps/core.xml")


def test_the_title_page_and_the_margins_tell_which_text_this_is():
    tree = agreement()
    data = write(tree)
    shown = paragraphs(data)
    assert shown[:4] == [
        ("Title", "Search & match"),
        ("CoverFacts", "Version 2 · Proposed text"),
        ("CoverFacts", "21 November 2026"),
        ("CoverFacts", f"Text {tree.version_hash[:12]}"),
    ]
    assert tree.version_hash[:12] in text_of(data, "word/footer1.xml")
    assert "Version 2 · Proposed text" in text_of(data, "word/header1.xml")


def test_the_contents_list_two_levels_with_their_labels():
    entries = [words for style, words in paragraphs(write(agreement())) if style.startswith("TOC")]
    assert entries == [
        *("Background", "Agreed terms", "Article 1Definitions", "Article 2Search"),
        *("Article 3Relief", "Annex AFee", "Article 1Fee"),
    ]


def test_a_blank_is_seen_under_its_label():
    data = write(agreement(), blanks={"answer_days": "working days"})
    highlighted = re.search(
        r'<w:highlight w:val="yellow"/></w:rPr><w:t[^>]*>\[([^]]+)', text_of(data)
    )
    assert highlighted and highlighted[1] == "working days"


def test_guidance_and_remarks_become_comments_on_their_clause():
    notes = {"form": (Note("Ana Ito", "Why?", replies=(Note("Bo Kern", "So."),), resolved=True),)}
    data = write(agreement(), guidance={"form": "Keep it *short*."}, notes=notes)
    assert lint.check(data) == ()
    comments = text_of(data, "word/comments.xml")
    assert "Keep it short." in comments and "Why?" in comments and "So." in comments
    assert "word/comments.xml" not in names_of(write(agreement()))


def test_who_signs_what_is_still_open_is_told_so():
    with pytest.raises(Invalid, match="answer_days"):
        sign(agreement(), signatures=PARTIES)
    with pytest.raises(Invalid, match="Nobody is named to sign"):
        sign(to_sign(), signatures=())


def test_the_execution_version_has_one_block_for_each_party():
    data = sign(to_sign(), signatures=PARTIES)
    assert lint.check(data) == ()
    document = text_of(data)
    assert document.count('<w:tblStyle w:val="SignatureTable"/>') == len(PARTIES)
    assert "_pa_TAR" in document and "_pa_KRK" in document
    assert 'w:edit="readOnly"' in text_of(data, "word/settings.xml")
    said = [words for _, words in paragraphs(data)]
    assert "Ana Ito" in said and "Director" in said and "Register number 90001234" in said


def test_blocks_stand_at_the_end_where_the_text_has_no_place_for_them():
    tree = to_sign().remove("signatures")
    said = [words for _, words in paragraphs(sign(tree, signatures=PARTIES))]
    assert said.index("Signatures") > said.index("The fee is 10 euro.")


def test_a_copy_to_work_on_tracks_changes():
    settings = text_of(write(agreement()), "word/settings.xml")
    assert "<w:trackRevisions/>" in settings and 'w:edit="trackedChanges"' in settings


@pytest.mark.office
@pytest.mark.parametrize("numbering", Numbering)
@pytest.mark.parametrize("parted", [True, False])
def test_libreoffice_counts_as_we_do(tmp_path, numbering, parted):
    """What another program prints as numbers and references is what we computed."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed: nobody else has counted our numbers")
    tree = agreement(numbering, parted=parted)
    printed = _printed(tree, tmp_path)
    found = labels(tree)
    for key, node in tree.nodes.items():
        words = (node.heading or node.text).split(" {{")[0].split(",")[0].split(" [[")[0]
        own = found[key].own
        if own and "**" not in words:
            assert re.search(rf"(?m)^\s*{re.escape(own)}\s+{re.escape(words)}", printed), (
                own,
                words,
            )
    for key in ("fee-sum", "given", "d-client"):
        assert f"{found[key].full}" in " ".join(printed.split())


def _printed(tree: ClauseTree, folder) -> str:
    file = folder / "out.docx"
    file.write_bytes(write(tree))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
    subprocess.run(
        [*command, "--outdir", str(folder), str(file)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / "out.txt").read_text(encoding="utf-8-sig")


def test_a_clause_with_nothing_but_a_word_is_fine():
    data = write(ClauseTree("T", (clause("one", text="Word."),)), parties=())
    assert lint.check(data) == ()


def test_under_a_heading_of_the_text_what_is_generated_has_no_title_of_its_own():
    tree = to_sign().remove("signatures")
    block = clause("signatures", text="signatures", kind=Kind.GENERATED)
    tree = tree.insert(Place(None, "annex-fee"), clause("signing", "Signing", kind=Kind.DIVISION))
    tree = tree.insert(Place("signing", None), block)
    data = sign(tree, signatures=PARTIES)
    assert lint.check(data) == ()
    assert "Signatures" not in [words for _, words in paragraphs(data)]
