from app.domain.clauses import ClauseTree, Kind
from app.formats.docx import writer
from tests.formats.docx.samples import agreement, clause, paragraphs, text_of


def style_of(tree, words):
    data = writer.write(tree, status="Draft", version="1")
    return next(style for style, said in paragraphs(data) if said == words and style[:3] != "TOC")


def test_the_outline_has_no_gap_with_and_without_divisions():
    assert style_of(agreement(), "Agreed terms") == "Heading1"
    assert style_of(agreement(), "Search") == "Heading2"
    assert style_of(agreement(), "Costs") == "Heading3"
    plain = agreement(parted=False)
    assert style_of(plain, "Search") == "Heading1" and style_of(plain, "Costs") == "Heading2"
    assert style_of(plain, "Fee") == "Heading1"


def test_every_kind_has_its_style():
    tree = agreement()
    found = {
        "A Client looks for a partner.": "Recital",
        "It owes no result.": "PlainText",
        "Client; Clients means whoever asks a Hub.": "Definition",
        "travel;": "BulletText",
        "deep;": "SubclauseText",
        "Counting goes on.": "ClauseText",
        "Dates": "TableCaption",
        "§ 3a\tThis came with its number.": "ClauseText",
    }
    assert {words: style_of(tree, words) for words in found} == found


def test_unnumbered_words_stand_where_the_text_of_their_clause_begins():
    para = clause("p", text="Alone.", kind=Kind.PARA)
    items = clause("i", text="item:", children=[para])
    tree = ClauseTree("T", (clause("a", "A", children=[clause("b", text="b", children=[items])]),))
    document = text_of(writer.write(tree, status="Draft", version="1"))
    assert '<w:pStyle w:val="PlainText"/><w:ind w:left="1758" w:firstLine="0"/>' in document


def test_deeper_than_word_counts_the_label_is_typed():
    node = clause("c0", text="bottom")
    for number in range(1, 11):
        node = clause(f"c{number}", text="x", children=[node])
    said = paragraphs(writer.write(ClauseTree("T", (node,)), status="Draft", version="1"))
    assert [words for _, words in said if words.endswith("bottom")] == ["(a)\tbottom"]
