"""Inserted and deleted words on a page: form, tag and hidden words."""

from app.domain import redline
from app.domain.clauses import Clause, ClauseTree, Kind, Place
from app.domain.redline import Author, Change, Either
from app.formats import redline_html
from app.formats.prose_html import Quote

TARTU = Author(17, "Tartu", "TAR", 2, "square")
KRAKOW = Author(22, "Kraków", "KRA", 3, "diamond", "/a/22")
OFFICE = Author(0, "the facilitator", "", 0)
AUTHORS = {17: TARTU, 22: KRAKOW, 0: OFFICE}
HIDDEN = '<span class="vh">Amendment </span>'
TAG = f'<a class="tag org-2" href="#n-17" data-note="n-17">{HIDDEN}A17 TAR</a>'
TAG_22 = f'<a class="tag org-3" href="/a/22">{HIDDEN}A22 KRA</a>'
END = '<span class="vh">]</span>'


def _shown(*parts: redline.Part, tags: bool = True, quotes: tuple[Quote, ...] = ()) -> str:
    how = redline_html.Shown(labels={}, old_labels={}, authors=AUTHORS, tags=tags)
    return str(redline_html.words(parts, how, quotes))


def test_words_that_go_and_come() -> None:
    parts = (
        Change("=", "pays ", "pays "),
        Change("-", "30", by=(17,)),
        Change("+", "60", by=(17,)),
    )
    struck = f'<del class="org-2"><span class="vh">[deleted by Tartu: </span>30{END}</del>'
    comes = f'<ins class="org-2"><span class="vh">[inserted by Tartu: </span>60{END}</ins>'
    assert _shown(*parts) == f'pays {struck}<span class="sp"> </span>{TAG}{comes}'
    assert _shown(*parts, tags=False) == f"pays {struck}{comes}"


def test_an_author_is_tagged_once_in_a_text() -> None:
    parts = (
        Change("+", "a", by=(17,)),
        Change("=", " b ", " b "),
        Change("+", "c", by=(17,)),
        Change("+", "d", by=(22,)),
    )
    shown = _shown(*parts)
    assert shown.count(TAG) == 1
    assert shown.count(TAG_22) == 1


def test_the_facilitators_hand_has_no_tag_and_no_colour() -> None:
    assert _shown(Change("+", "hand", by=(0,))) == (
        f'<ins><span class="vh">[inserted by the facilitator: </span>hand{END}</ins>'
    )
    assert _shown(Change("-", "hand")) == (
        f'<del><span class="vh">[deleted: </span>hand{END}</del>'
    )


def test_several_who_strike_the_same_words_strike_them_grey() -> None:
    assert '<del class="plain"><span class="vh">[deleted by Tartu and Kraków: </span>' in _shown(
        Change("-", "x", by=(17, 22))
    )


def test_alternatives_are_a_group_with_or() -> None:
    either = Either(
        (
            (Change("-", "two thirds", by=(17,)), Change("+", "half", by=(17,))),
            (Change("-", "two thirds", by=(22,)),),
        )
    )
    assert _shown(either) == (
        '<span class="either" role="group" aria-label="Two amendments change these words">'
        f'<del class="plain"><span class="vh">[deleted: </span>two thirds{END}</del>'
        f'<span class="sp"> </span>{TAG}'
        f'<ins class="org-2"><span class="vh">[inserted by Tartu: </span>half{END}</ins>'
        '<span class="sp"> </span><span class="or">or</span>'
        f'<span class="sp"> </span>{TAG_22}<span class="or">without them</span></span>'
    )


def test_quotes_are_found_in_the_old_words() -> None:
    parts = (
        Change("+", "Now e", by=(17,)),
        Change("-", "E", by=(17,)),
        Change("=", "ach Hub", "ach Hub"),
    )
    shown = _shown(*parts, quotes=(Quote(5, 8, "9"),))
    assert 'ach <mark class="quoted" id="q-9" data-note="n-9">Hub</mark>' in shown


def test_everything_is_escaped() -> None:
    bad = Author(5, "<b>", "<i>", 1, href='x"y')
    how = redline_html.Shown(labels={}, old_labels={}, authors={5: bad})
    shown = str(redline_html.words([Change("+", "<script>", by=(5,))], how))
    assert "<b>" not in shown
    assert "<i>" not in shown
    assert "<script>" not in shown
    assert 'x"y' not in shown


def _clause(key: str, text: str, *children: Clause) -> Clause:
    return Clause(key, Kind.CLAUSE, text=text, children=children)


def test_a_whole_redline() -> None:
    old = ClauseTree(
        "Deal",
        (
            _clause("a", "One.", _clause("a1", "In.")),
            _clause("b", "Two [[a]]."),
            _clause("c", "Three."),
        ),
    )
    new = old.move("a", Place(None, "c")).insert(Place(None, "b"), _clause("n", "New."))
    shown = str(redline_html.document(redline.build(old, new, (17,), AUTHORS)))
    assert 'moved to <a class="xref" href="#c-a">Article 4</a></span>' in shown
    assert shown.count(TAG) == 3  # at both places of the move, and in the new clause
    assert "moved here from Article 1</span> " in shown
    assert '<div class="clause is-new org-2" id="c-n">' in shown
    assert shown.count('id="c-a"') == 1
    assert '<span class="no">Article 4</span>' in shown
    assert 'Two <a class="xref" href="#c-a">Article 4</a>.' in shown


def test_lettered_clauses_are_lists_and_headed_ones_sections() -> None:
    sub = _clause("s", "by mail;")
    items = _clause("c", "Notice is given:", sub, Clause("p", Kind.PARA, text="Always."))
    old = ClauseTree("T", (Clause("a", Kind.CLAUSE, "Notices", children=(items,)),))
    new = old.insert(Place("c", "s"), Clause("n", Kind.CLAUSE, "Web.", "On a page."))
    shown = str(redline_html.document(redline.build(old, new, (17,), AUTHORS)))
    assert '<section class="article" id="c-a">\n<h2><span class="no">Article 1</span> ' in shown
    assert '<ol class="subs">\n<li id="c-s"><span class="no">(a)</span><div><p>by mail;' in shown
    assert '<li class="is-new org-2" id="c-n"><span class="no">(b)</span><div><h3>' in shown
    assert shown.count(TAG) == 1


def test_rows_verbatim_and_definitions_have_their_own_form() -> None:
    rows = (Clause("r1", Kind.ROW, text="**Fee** | Sum"), Clause("r2", Kind.ROW, text="a | 30"))
    signed = Clause("s1", Kind.ROW, text="Lille | Director")
    old = ClauseTree(
        "T",
        (
            Clause("t", Kind.TABLE, "Fees", children=rows),
            Clause("v", Kind.VERBATIM, text="x = *y*\n  z"),
            Clause("d", Kind.DEFINITION, "Hub", "means a hub."),
            Clause("parties", Kind.GENERATED, text="parties"),
            Clause("signatures", Kind.GENERATED, text="signatures", children=(signed,)),
        ),
    )
    new = old.replace("r2", text="a | 60 euro")
    shown = str(redline_html.document(redline.build(old, new)))
    assert "<td><strong>Fee</strong></td><td>Sum</td>" in shown
    assert "<td>a</td><td><del>" in shown
    assert "<pre>x = *y*\n  z</pre>" in shown
    assert "<p><dfn>Hub</dfn> means a hub.</p>" in shown
    assert '<p><span class="blank">[parties]</span></p>' in shown
    assert '<table>\n<tr id="c-s1"><td>Lille</td><td>Director</td></tr>\n</table>' in shown
    assert "[signatures]" not in shown


def test_the_tag_says_the_label_of_the_amendment() -> None:
    secondary = Author(23, "Kraków", "KRA", 3, label="A22.1")
    how = redline_html.Shown(labels={}, old_labels={}, authors={23: secondary})
    assert "A22.1 KRA</a>" in redline_html.words((Change("+", "a", by=(23,)),), how)


def test_clauses_stand_in_a_page_without_a_title_and_lead_to_the_text() -> None:
    old = ClauseTree(
        "T", (Clause("a", Kind.CLAUSE, text="See [[b]]."), Clause("b", Kind.CLAUSE, text="B."))
    )
    new = old.replace("a", text="Read [[b]].")
    html = redline_html.clauses(redline.build(old, new), href=lambda key: f"/text#c-{key}")
    assert "<h1>" not in html
    assert '<a class="xref" href="/text#c-b">' in html
    assert "Read" in html


def test_a_text_in_another_language_than_its_page_says_so() -> None:
    tree = ClauseTree("Title", (Clause("a", Kind.CLAUSE, text="Words."),), language="pl")
    line = redline.build(tree, tree)
    plain = redline_html.clauses(line)
    assert redline_html.clauses(line, spoken="pl") == plain
    assert redline_html.clauses(line, spoken="de") == f'<div lang="pl">{plain}</div>'
    assert redline_html.in_language(plain[:0], "pl", "de") == ""


def test_what_only_listeners_hear_is_in_the_language_of_the_page() -> None:
    tree = ClauseTree("Title", (Clause("a", Kind.CLAUSE, text="Words."),))
    line = redline.build(tree, tree.replace("a", text="Others."), (17, 22), AUTHORS)

    def tell(words: str) -> str:
        return words.replace("inserted by", "eingefügt von").replace(" and ", " und ")

    html = redline_html.clauses(line, tell=tell, spoken="de")
    assert '<span class="vh" lang="de">[eingefügt von Tartu und Kraków: </span>' in html
