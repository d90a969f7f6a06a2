from app.formats.docx import properties, writer
from tests.formats.docx.samples import DAY, agreement, part, text_of

MAP = f"{{{properties.MAP}}}"


def file():
    return writer.write(agreement(), status="Draft", version="2", day=DAY, agreement="agr-1")


def test_the_file_says_which_text_it_is():
    custom = text_of(file(), "docProps/custom.xml")
    for name, value in (
        ("agreement", "agr-1"),
        ("version", "2"),
        ("version hash", agreement().version_hash),
        ("file", "version"),
    ):
        assert f'name="Concordat {name}"><vt:lpwstr>{value}</vt:lpwstr>' in custom


def test_the_map_has_every_clause_nested_with_the_hash_of_its_words():
    root = part(file(), "customXml/item1.xml")
    tree = agreement()
    assert root.get("hash") == tree.version_hash and root.get("numbering") == "article"
    held = [node.get("key") for node in root.iter(f"{MAP}c")]
    assert held == list(tree.nodes)
    deep = next(node for node in root.iter(f"{MAP}c") if node.get("key") == "deeper")
    assert deep.getparent().get("key") == "deep"
    assert deep.get("words") == properties.words_hash(tree.find("deeper"))


def test_a_file_without_a_day_has_no_date_in_it():
    data = writer.write(agreement(), status="Draft", version="1")
    assert "dcterms:created" not in text_of(data, "docProps/core.xml")
