"""A made-up agreement in the reading room, with a note of every kind."""

from typing import Any

from tests.web.made_up import MOMENT, node, org

TAR, KRA, LIL, BIL = org("Tartu", 2), org("Kraków", 3), org("Lille", 1), org("Bilbao", 5)
TAG_17 = '<a class="tag org-2" href="#n-17" data-note="n-17">A17 TAR</a>'
TAG_22 = '<a class="tag org-3" href="#n-22" data-note="n-22">A22 KRA</a>'
CONTESTED = (
    '<span class="either" role="group" aria-label="Two amendments change these words">'
    f'<del class="plain">two thirds of the votes cast</del> {TAG_17}'
    '<ins class="org-2">more than half of the votes cast</ins> <span class="or">or</span> '
    f'{TAG_22}<ins class="org-3">three quarters of all Hubs</ins></span>'
)


def comment(number: int, who: dict[str, Any], gist: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"t{number}",
        "kind": "comment",
        "org": who,
        "by": "Ane Etxeberria",
        "when": MOMENT,
        "kind_word": "Concern",
        "gist": gist,
        **more,
    }


def amendment(number: int, who: dict[str, Any], gist: str, **more: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "kind": "amendment",
        "org": who,
        "by": f"Amendment A{number}",
        "when": MOMENT,
        "gist": gist,
        **more,
    }


def _definitions() -> dict[str, Any]:
    terms = [("hub", "Hub", "means an innovation hub that has signed this Agreement;")]
    terms.append(("days", "Working Day", "means a day other than a Saturday or a Sunday."))
    below = [node(f"d-{k}", "definition", heading_html=h, text_html=t) for k, h, t in terms]
    return node(
        "definitions",
        "clause",
        "Article 1",
        heading_html="Definitions",
        children=[node("meaning", "clause", "1.1", text_html="In this Agreement:", children=below)],
    )


def _meetings() -> dict[str, Any]:
    points = [
        node(
            "five-ask",
            "clause",
            "(a)",
            text_html="at least five Hubs ask for it in writing; or",
            notes=[comment(90, TAR, "Five of thirty is too few.")],
        ),
        node(
            "breach",
            "clause",
            "(b)",
            text_html='a Hub has given Notice under <a class="xref" href="#c-votes">4.3</a>.',
            children=[node("late", "clause", "(i)", text_html="or was late with it.")],
        ),
    ]
    talk = [{"org": TAR, "by": "Mart Kask", "when": MOMENT, "html": "Would twenty do?"}]
    return node(
        "meetings",
        "clause",
        "4.2",
        heading_html="Meetings",
        text_html=(
            "The Back Office calls each meeting, with its agenda, "
            '<mark class="quoted" id="q-t88" data-note="n-t88">at least fifteen '
            '<a class="term" href="#c-d-days">Working Days</a> before it</mark>, and also if:'
        ),
        children=points,
        notes=[
            comment(
                88,
                BIL,
                "Fifteen days is too short for us: our board meets monthly and must see the "
                "agenda in translation before it gives a mandate.",
                words="q-t88",
                open=True,
                replies=talk,
                reply_address="/reply",
                reply_label="Reply as Lille",
            )
        ],
    )


def _votes() -> dict[str, Any]:
    return node(
        "votes",
        "clause",
        "4.3",
        text_html=f"Each Hub has one vote. The Committee decides by {CONTESTED}, unless unanimous.",
        notes=[
            amendment(
                17,
                TAR,
                "Simple majority, so that decisions are possible when few take part",
                state="11 hubs support",
                clashes=[{"words": "A22", "href": "#n-22"}],
            ),
            amendment(
                22,
                KRA,
                "Three quarters of all hubs: decisions bind everyone’s budget.",
                facts=[{"term": "Support", "words": "9 hubs"}],
                actions=[{"label": "Support", "address": "/s", "post": True, "primary": True}],
                href="/amendments/22",
            ),
        ],
    )


def context() -> dict[str, Any]:
    """What agreements/read.html asks for."""
    silence = node(
        "silence",
        "clause",
        "4.4",
        change="is-new org-1",
        text_html=(
            '<a class="tag org-1" href="#n-31" data-note="n-31">A31 LIL</a><ins class="org-1">'
            "A proposal is adopted if no Hub objects within fifteen Working Days.</ins>"
        ),
        notes=[amendment(31, LIL, "New clause: silence procedure", mine=True)],
    )
    gone = node(
        "posters",
        "clause",
        "4.5",
        change="is-gone org-2",
        text_html='<del class="org-2">Each Hub displays the emblem of the Network.</del>',
    )
    governance = node(
        "governance",
        "clause",
        "Article 4",
        heading_html="Governance of the Network",
        children=[_meetings(), _votes(), silence, gone],
        notes=[comment(70, KRA, "Is a committee needed at all?", answered=True, state="Answered")],
    )
    return {
        "head": _head(),
        "page": {
            "version_words": "version 2.0",
            "view": "all",
            "views": [
                {"name": "As it stands", "address": "?view=stands"},
                {"name": "All amendments", "address": "?view=all", "current": True},
            ],
            "comment_address": "/comments/new",
            "amend_address": "/amendments/new",
        },
        "outline": _outline(),
        "nodes": [_definitions(), governance, _annex()],
        "whole": [],
        "legend": [TAR, KRA, LIL],
    }


def _annex() -> dict[str, Any]:
    rows = [
        node("fees-1", "row", cells_html=["Service", "Fee in euro"]),
        node("fees-2", "row", cells_html=["Test before invest", "4,000"]),
    ]
    table = node("fees-table", "table", heading_html="Fees", children=rows)
    return node("fees", "annex", "Annex A", heading_html="Fees", children=[table])


def _outline() -> list[dict[str, Any]]:
    below = [
        {"key": "meetings", "label": "4.2", "title": "Meetings", "heat": 2},
        {"key": "votes", "label": "4.3", "title": "Votes", "heat": 14, "contested": True},
    ]
    return [
        {"key": "definitions", "label": "1", "title": "Definitions", "heat": 0},
        {
            "key": "governance",
            "label": "4",
            "title": "Governance of the Network",
            "heat": 31,
            "children": below,
        },
        {"key": "fees", "label": "A", "title": "Fees", "heat": 1},
    ]


def _head() -> dict[str, Any]:
    names = ["Drafting", "Consultation, round 2", "Voting", "Consolidation", "Adoption", "Signing"]
    states = ["done", "now", *["later"] * 4]
    rooms = [("text", "Text", None), ("amendments", "Amendments", 24), ("ballots", "Ballots", 6)]
    return {
        "title": "Framework Cooperation Agreement",
        "facts_bold": "Version 2.0",
        "facts": " · 30 hubs in 20 countries · 78 clauses",
        "deadline": MOMENT,
        "deadline_words": "Comments and amendments close",
        "phases": [
            {"name": name, "state": state} for name, state in zip(names, states, strict=True)
        ],
        "rooms": [
            {"key": key, "name": name, "address": f"/{key}", "count": count}
            for key, name, count in rooms
        ],
    }
