"""The parts of the pages: each renders, needs no inline style or script, can be listened to."""

import re
from html.parser import HTMLParser

import pytest
from markupsafe import Markup

from app.web import rendering
from tests.web import made_up, reading_room

UI = made_up.ROOT / "app/web/templates/_ui"
VOID = {"input", "link", "meta", "br", "hr", "path", "rect", "circle", "line"}


class Page(HTMLParser):
    """A page taken apart; `problems` holds tags that don't match."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.problems: list[str] = []
        self.feed(html)
        self.problems += [f"{tag} stays open" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing at line {self.getpos()[0]}")

    def all(self, name: str) -> list[str]:
        return [found for _, attributes in self.tags if (found := attributes.get(name))]


@pytest.fixture(scope="module")
def made():
    return made_up.templates()


@pytest.fixture(scope="module")
def parts(made):
    return made.get_template("dev/parts.html").render(**made_up.parts_context())


@pytest.fixture(scope="module")
def reading(made):
    return made.get_template("agreements/read.html").render(**reading_room.context())


def macro(made, file, name):
    return getattr(made.get_template(f"_ui/{file}.html").module, name)


@pytest.mark.parametrize("which", ["parts", "reading"])
def test_a_page_is_well_formed_and_what_names_something_finds_it(which, request):
    page = Page(request.getfixturevalue(which))
    assert page.problems == []
    ids = page.all("id")
    assert sorted(ids) == sorted(set(ids))
    named = " ".join(
        word
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for")
        for word in page.all(name)
    )
    assert set(named.split()) <= set(ids)


@pytest.mark.parametrize("which", ["parts", "reading"])
def test_a_page_needs_no_inline_style_and_no_inline_script(which, request):
    html = request.getfixturevalue(which)
    page = Page(html)
    assert page.all("style") == []
    assert [name for _, held in page.tags for name in held if name.startswith("on")] == []
    assert re.findall(r"<style|<script(?![^>]* src=)|javascript:", html) == []


def test_the_page_of_parts_shows_every_part(made):
    shown = (UI.parent / "dev/parts.html").read_text()
    others = "".join(file.read_text() for file in UI.parent.rglob("*.html"))
    for file in UI.glob("*.html"):
        for name in re.findall(r"{% macro (\w+)\(", file.read_text()):
            inside = len(re.findall(rf"\b{name}\(", others)) > 1
            assert re.search(rf"\b(call )?{name}\(", shown) or inside, f"{file.name}: {name}"


def test_every_control_has_a_name(parts):
    page = Page(parts)
    labelled = set(page.all("for"))
    for tag, held in page.tags:
        if tag in {"textarea", "select"} or (
            tag == "input" and held.get("type", "text") in {"text", "search"}
        ):
            assert held.get("id") in labelled, held


def test_every_icon_that_is_asked_for_is_drawn(made):
    names = set()
    for file in UI.parent.rglob("*.html"):
        names |= set(re.findall(r"icon\(\"([\w-]+)\"\)", file.read_text()))
    draw = macro(made, "icon", "icon")
    assert all(' d=""' not in draw(name) for name in names)
    assert len(names) > 5


def test_every_style_sheet_is_there_and_small():
    for sheet in rendering.SHEETS:
        file = made_up.ROOT / "static" / sheet
        assert len(file.read_text().splitlines()) < 400, sheet


def test_every_script_is_reached_from_the_page():
    folder = made_up.ROOT / "static/src/js"
    words = "".join(file.read_text() for file in folder.glob("*.js"))
    words += (UI.parent / "base.html").read_text()
    for file in folder.glob("*.js"):
        assert f"/{file.name}" in words, file.name
        assert len(file.read_text().splitlines()) < 400


def test_errors_stand_at_their_fields_and_together_above(made):
    form = made_up.parts_context()["form"]
    above = macro(made, "forms", "summary")(form)
    assert "3 fields need another look" in above
    assert '<a href="#months">Months after the end</a>' in above
    field = macro(made, "forms", "field")(form.months, "A whole number.")
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="months-hint months-error"' in field
    assert "A ban without an end" in field


def test_a_button_that_cannot_be_pressed_says_why(made):
    html = macro(made, "buttons", "button")("Publish", id="p", why="23 have no answer.")
    assert 'type="button"' in html
    assert 'aria-describedby="p-why"' in html
    assert "23 have no answer." in html


@pytest.mark.parametrize(
    ("count", "step", "words"),
    [(0, 0, "notes"), (1, 1, "note"), (4, 1, "notes"), (5, 2, "notes"), (9, 2, "notes"),
     (10, 3, "notes"), (17, 3, "notes"), (18, 4, "notes"), (400, 4, "notes")],
)  # fmt: skip
def test_heat_has_five_steps_and_always_a_number(made, count, step, words):
    html = macro(made, "outline", "heat")(count)
    assert f"heat-{step}" in html
    assert re.search(rf">{count}<span class=\"vh\"> {words}</span>", html)


def test_what_people_write_stays_words(made):
    html = macro(made, "note", "note")(
        reading_room.comment(1, made_up.org("<b>", 1), "<script>alert(1)</script>")
    )
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<b>" not in html


def test_the_bars_of_a_chart_add_up_and_say_themselves(made):
    parts = [
        {"kind": k, "count": n, "words": k} for k, n in (("yes", 19), ("no", 5), ("absent", 6))
    ]
    html = macro(made, "ballot", "chart")(parts, 30, needed=16, label="19 of 30 said yes.")
    starts = [float(found) for found in re.findall(r'<rect class="\w+" x="([\d.]+)%', html)]
    assert starts == pytest.approx([0, 63.33, 80], abs=0.01)
    assert 'aria-label="19 of 30 said yes."' in html
    assert 'x1="53.33%"' in html


def test_an_empty_ballot_has_a_chart_without_bars(made):
    assert "<rect" not in macro(made, "ballot", "chart")([], 0, label="Nobody has voted.")


@pytest.mark.parametrize(
    ("rest", "name"), [("8 days left", ""), ("3 hours left", "is-last"), ("closed", "is-over")]
)
def test_the_last_day_of_a_deadline_is_marked(rest, name):
    made = made_up.templates()
    made.globals["left"] = lambda _: rest
    html = macro(made, "head", "deadline")("Votes close", made_up.MOMENT)
    assert re.search(rf'class="deadline( {name})?"', html)
    assert (name in html) and (("· " in html) == (rest != "closed"))


def test_notes_follow_the_words_they_are_about(reading):
    for clause, note in [
        ("c-meetings", "n-t88"),
        ("c-five-ask", "n-t90"),
        ("c-votes", "n-17"),
        ("n-17", "n-22"),
        ("c-silence", "n-31"),
    ]:
        assert reading.index(f'id="{clause}"') < reading.index(f'id="{note}"')
    assert reading.index('id="n-t88"') < reading.index('id="c-votes"')


def test_lettered_clauses_are_one_list_and_articles_are_sections(reading):
    page = Page(reading)
    assert ("section", "c-governance") in [(tag, held.get("id")) for tag, held in page.tags]
    assert ("li", "c-breach") in [(tag, held.get("id")) for tag, held in page.tags]
    assert reading.count('class="subs"') == 2
    assert '<strong class="run-in">Meetings.</strong>' in reading
    assert "<dfn>Hub</dfn>" in reading
    assert '<th scope="col">Fee in euro</th>' in reading


def test_one_may_write_about_a_clause_only_where_the_page_says_so(made):
    context = reading_room.context()
    with_tools = made.get_template("agreements/read.html").render(**context)
    assert 'href="/amendments/new?clause=meetings"' in with_tools
    assert "Amend Article 4" in with_tools
    context["page"] |= {"comment_address": "", "amend_address": ""}
    assert 'class="reach"' not in made.get_template("agreements/read.html").render(**context)


def test_a_clause_that_is_in_no_version_yet_has_no_tools(made):
    node = made_up.node("new", "clause", "4.9", text_html="Words.", is_new=True)
    context = reading_room.context() | {"nodes": [node]}
    assert "clause=new" not in made.get_template("agreements/read.html").render(**context)


def test_an_agreement_without_text_says_what_happens_next(made):
    context = reading_room.context() | {"nodes": [], "outline": []}
    html = made.get_template("agreements/read.html").render(**context)
    assert "No text yet." in html


def test_a_reply_is_sent_once_and_with_our_token(made):
    note = reading_room.comment(3, reading_room.TAR, "Why?", reply_address="/r", form_key="k1")
    html = macro(made, "note", "note")(note)
    assert '<input type="hidden" name="form_key" value="k1">' in html
    assert 'name="csrf_token"' in html


def test_a_folded_note_leads_to_where_one_replies(made):
    note = reading_room.comment(
        4, reading_room.TAR, "Why?", reply_address="/r", href="/t/4", form_key="k2"
    )
    html = macro(made, "note", "note")(note)
    assert 'href="/t/4" data-reply="/r"' in html
    assert 'data-form-key="k2"' in html
    assert "<form" not in html
    assert "<form" in macro(made, "note", "note")(note | {"open": True})


def test_safe_html_is_not_escaped_twice(made):
    note = reading_room.amendment(5, reading_room.TAR, "Why & how", body_html=Markup("<p>So.</p>"))
    html = macro(made, "note", "note")(note)
    assert "<p>So.</p>" in html
    assert "Why &amp; how" in html
