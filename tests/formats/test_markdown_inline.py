"""Foreign Markdown inside a line."""

import pytest

from app.formats.markdown_inline import Inline


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("**a** *b* ***c***", "**a** *b* ***c***"),
        ("__a__ _b_ snake_case_name", "**a** *b* snake_case_name"),
        ("2 * 3 * 4", "2 \\* 3 \\* 4"),
        ("`a*b*` \\*c\\*", "a\\*b\\* \\*c\\*"),
        ("one\ntwo  \nthree\\\nfour", "one two\nthree\nfour"),
        ("a &amp; b &euro;", "a & b €"),
        ("<span class='x'>a</span> <b>b</b>", "a b"),
        ("[a [b] c](https://x.eu/(1))", "[a \\[b\\] c](https://x.eu/%281%29)"),
        (
            "<https://x.eu> https://y.eu.",
            "[https://x.eu](https://x.eu) [https://y.eu](https://y.eu).",
        ),
        (
            "[a] and [Known] and [b][known]",
            "\\[a\\] and [Known](https://k.eu) and [b](https://k.eu)",
        ),
        ("~~gone~~ ![alt](x.png)", "gone alt"),
        ("**unclosed and [broken](", "\\*\\*unclosed and \\[broken\\]("),
    ],
)
def test_marks(text, prose):
    assert Inline({"known": "https://k.eu"}).read(text) == prose


def test_notes_and_what_is_left_out_are_told():
    inline = Inline()
    inline.read("a[^1] ![x](y.png) [z](#there) <i>k</i>")
    assert inline.notes == ["1"]
    assert inline.left_out[:2] == ["image y.png", "link to #there, its words are kept"]
