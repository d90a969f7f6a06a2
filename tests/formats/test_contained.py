"""Reading foreign files in a limited process."""

import json
import subprocess
import sys
from time import sleep

import pytest

from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.imported import ImportedDocument, Unmapped
from app.formats import contained
from app.formats.contained import from_json, read_contained, to_json
from app.kernel.errors import Invalid


def read(folder, data: bytes, name: str, **how) -> ImportedDocument:
    file = folder / "original"
    file.write_bytes(data)
    with file.open("rb") as opened:
        return read_contained(opened, name, **how)


def test_a_text_is_read_as_the_reader_alone_would(tmp_path):
    found = read(tmp_path, b"# Deal\n\n## Scope\n\n1. We share.\n2. We pay.\n", "d.md")
    assert found.tree.title == "Deal"
    assert [node.text for node in found.tree.walk() if node.text] == ["We share.", "We pay."]


def test_what_the_reader_refuses_comes_back_as_its_sentence(tmp_path):
    with pytest.raises(Invalid) as refusal:
        read(tmp_path, b"PK\x03\x04 this is no container", "a.docx")
    assert refusal.value.field == "file"
    assert "damaged" in str(refusal.value)


def test_neither_a_text_nor_a_word_file_is_refused(tmp_path):
    with pytest.raises(Invalid, match=r"neither a text nor a Word file"):
        read(tmp_path, b"\0\1\2\3", "a.txt")


def test_a_process_that_lasts_too_long_is_ended(tmp_path):
    with pytest.raises(Invalid, match="too large or too tangled"):
        read(tmp_path, b"# Deal\n", "a.md", seconds=0.01)


def test_the_process_has_little_memory_and_none_of_our_secrets(monkeypatch, tmp_path):
    monkeypatch.setenv("CONCORDAT_SECRET_KEY", "never to be seen")
    script = (
        "from app.formats.contained import _limit, MEMORY; import resource, sys; _limit();"
        "assert resource.getrlimit(resource.RLIMIT_AS) == (MEMORY, MEMORY);"
        "bytearray(2 * MEMORY)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, timeout=60
    )
    assert b"MemoryError" in done.stderr

    seen = {}

    def note(*_arguments, **keywords):
        seen.update(keywords)
        raise subprocess.TimeoutExpired("python", 1)

    monkeypatch.setattr(subprocess, "run", note)
    with pytest.raises(Invalid):
        read(tmp_path, b"", "a.md")
    assert "CONCORDAT_SECRET_KEY" not in seen["env"]


def test_what_was_read_comes_back_whole():
    tree = ClauseTree("Deal", (Clause("a", Kind.CLAUSE, "Scope", "We share."),))
    document = ImportedDocument(tree, (Unmapped("after Scope", "a picture"),))
    assert from_json(json.loads(json.dumps(to_json(document)))) == document


NODE = {"key": "a", "kind": "para", "number": None, "heading": "", "text": "x", "children": []}


@pytest.mark.parametrize(
    "clauses",
    [
        [{**NODE, "kind": "row"}],
        [{**NODE, "text": 7}],
        [{"key": "a"}],
        [NODE, NODE],
        [{**NODE, "children": [NODE]}],
        "abc",
    ],
)
def test_nothing_that_does_not_fit_is_trusted(clauses):
    version = {
        "format": 1,
        "title": "T",
        "language": "en",
        "numbering": "article",
        "clauses": clauses,
    }
    with pytest.raises(Invalid):
        from_json({"tree": version, "unmapped": []})


def test_a_text_nobody_could_read_is_refused(tmp_path):
    long = "# Deal\n\n" + "".join(f"1. Clause {n} is short.\n" for n in range(10_001))
    with pytest.raises(Invalid, match=r"has 10\d\d\d paragraphs; 10000 can be taken in"):
        read(tmp_path, long.encode(), "a.md")


def test_a_paragraph_nobody_could_compare_is_refused():
    longest = Clause("long", Kind.CLAUSE, text="x" * 50_000)
    whole = ImportedDocument(ClauseTree("T", (longest,)), ())
    assert from_json(to_json(whole)).tree == whole.tree
    longer = ImportedDocument(
        ClauseTree("T", (Clause("long", Kind.CLAUSE, text="x" * 50_001),)), ()
    )
    with pytest.raises(Invalid, match="50001 characters"):
        from_json(to_json(longer))


def test_work_apart_gives_what_it_made_or_its_reason():
    assert contained.apart(lambda: b"made") == b"made"

    def refuses():
        raise Invalid("No.")

    with pytest.raises(Invalid, match=r"^No\.$"):
        contained.apart(refuses)


def test_work_apart_that_takes_too_much_is_ended():
    with pytest.raises(Invalid, match="too large or too tangled"):
        contained.apart(lambda: bytes(2 * contained.MEMORY))
    with pytest.raises(Invalid, match="too large or too tangled"):
        contained.apart(lambda: sleep(30) or b"", seconds=0.05)
