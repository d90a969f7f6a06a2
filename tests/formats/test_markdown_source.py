"""Foreign Markdown: which nodes its blocks become, and that every word stays."""

from app.domain.outline import lines
from app.formats.markdown_source import read


def shape(text):
    """Kind, number, heading, text of every node, two spaces a level."""
    found = []

    def walk(nodes, depth):
        for node in nodes:
            parts = [str(node.kind), node.number or "", node.heading, node.text]
            found.append("  " * depth + " | ".join(parts))
            walk(node.children, depth + 1)

    walk(read(text).tree.clauses, 0)
    return found


def test_headings_items_and_paragraphs_become_the_tree():
    assert shape(
        "# Deal\n\n## Search\n\n1. **Duty.** The hub:\n   - answer; and\n   - help.\n\n"
        "   It owes no result.\n2. Nothing else.\n"
    ) == [
        "clause |  | Search | ",
        "  clause |  | Duty | The hub:",
        "    bullet |  |  | answer; and",
        "    bullet |  |  | help.",
        "    para |  |  | It owes no result.",
        "  clause |  |  | Nothing else.",
    ]


def test_the_first_heading_is_the_title_and_belongs_to_the_text():
    document = read("# **Our** deal\n\nWords.\n")
    assert document.tree.title == "Our deal"
    assert document.text == "Our deal\nWords."


def test_a_file_without_title_is_called_by_its_front_matter_or_its_name():
    assert read("---\ntitle: 'Terms'\n---\nWords.\n").tree.title == "Terms"
    named = read("Words.\n", "house_rules.md")
    assert named.tree.title == "house rules"
    assert named.text == "Words."


def test_typed_numbers_that_can_be_computed_go_and_others_stay():
    text = "# T\n\n## 1. Search\n\n### 1.1 Form\n\nWords.\n\n### § 3a Fee\n\nMore.\n"
    assert shape(text) == [
        "clause |  | Search | ",
        "  clause |  | Form | ",
        "    para |  |  | Words.",
        "  clause | § 3a | Fee | ",
        "    para |  |  | More.",
    ]


def test_annexes_and_parts():
    text = "# T\n\n## Part I General\n\n### Scope\n\n## Annex A: Fees\n\n1. One euro.\n"
    assert shape(text) == [
        "division |  | Part I General | ",
        "  clause |  | Scope | ",
        "annex |  | Fees | ",
        "  clause |  |  | One euro.",
    ]


def test_terms_under_a_definitions_heading_are_definitions():
    text = "## Definitions\n\n“**Client**” means who pays.\n\n- “Fee” means the price.\n\nMore.\n"
    assert shape(text)[1:] == [
        "  definition |  | Client | means who pays.",
        "  definition |  | Fee | means the price.",
        "  para |  |  | More.",
    ]


def test_foreign_braces_are_words_and_links_keep_theirs():
    text = "Pay {{amount}} as [agreed](https://x.eu/a) on [page](../b.md) \\[1\\].\n"
    (para,) = read(text).tree.clauses
    assert para.text == "Pay \\{\\{amount\\}\\} as [agreed](https://x.eu/a) on page \\[1\\]."
    assert [item.what for item in read(text).unmapped] == ["link to ../b.md, its words are kept"]


def test_footnotes_follow_the_paragraph_they_belong_to():
    assert shape("One[^a].\n\nTwo.\n\n[^a]: The note.\n") == [
        "para |  |  | One.", "para |  |  | The note.", "para |  |  | Two.",
    ]  # fmt: skip


def test_tables_have_a_row_a_node():
    assert shape("| a | b |\n|---|---|\n| 1 | `x|y` |\n") == [
        "table |  |  | ", "  row |  |  | a | b", "  row |  |  | 1 | x\\|y",
    ]  # fmt: skip


def test_html_gives_its_words_and_is_listed():
    document = read("<!-- secret -->\n\n<div class='x'>\nOne <b>two</b>\n</div>\n\nA<br>b\n")
    assert document.text == "One two\nA b"
    assert "HTML comment or script" in {item.what for item in document.unmapped}


def test_typed_paragraph_numbers_nest_by_their_sequences():
    text = "1.1 First\n\n(a) inner one\n\n(b) inner two\n\n1.2 Second\n\n2024 was a year.\n"
    assert shape(text) == [
        "clause | 1.1 |  | First",
        "  clause | (a) |  | inner one",
        "  clause | (b) |  | inner two",
        "clause | 1.2 |  | Second",
        "para |  |  | 2024 was a year.",
    ]


def test_an_outline_line_shows_label_words_and_key():
    tree = read("## Search\n\n1. One two three four five six seven eight nine.\n").tree
    first, second = lines(tree)
    assert first == f"Article 1 Search [{tree.clauses[0].key}]"
    assert second.startswith("  1.1 One two three four five six seven eight … [c")
