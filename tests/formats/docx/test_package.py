import zipfile
from io import BytesIO

from app.formats.docx.package import Link, Part, pack

PARTS = (
    Part("word/document.xml", "type/main", "<d/>", "officeDocument", owner=""),
    Part("word/styles.xml", "type/styles", "<s/>", "styles", "rIdS"),
    Part("customXml/item1.xml", "application/xml", "<c/>", "customXml"),
    Part(
        "customXml/itemProps1.xml",
        "type/props",
        "<p/>",
        "http://x/props",
        owner="customXml/item1.xml",
    ),
)


def read(data, name):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_the_order_of_the_parts_does_not_matter():
    assert pack(PARTS) == pack(reversed(PARTS))


def test_every_entry_has_the_same_date_and_owner():
    with zipfile.ZipFile(BytesIO(pack(PARTS))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in archive.infolist()} == {3}


def test_relationships_stand_with_their_owner():
    data = pack(PARTS, (Link("rIdL1", 'https://a.eu/?a="1"&b=2'),))
    assert 'Target="word/document.xml"' in read(data, "_rels/.rels")
    body = read(data, "word/_rels/document.xml.rels")
    assert 'Id="rIdS"' in body and 'Target="../customXml/item1.xml"' in body
    assert 'Target="https://a.eu/?a=&quot;1&quot;&amp;b=2" TargetMode="External"' in body
    assert 'Type="http://x/props"' in read(data, "customXml/_rels/item1.xml.rels")
