"""Mentions: whom an @ and a name mean."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.mentions import Target, mentions_in

LILLE = Target("organisation", uuid.UUID(int=1), "Lille Hub", "LIL")
PORTO = Target("organisation", uuid.UUID(int=2), "Porto", "POR")
PORTO_LAW = Target("organisation", uuid.UUID(int=3), "Porto Law", "PLA")
CLAIRE = Target("person", uuid.UUID(int=4), "Claire Dubois", of="Lille Hub")
SEAN = Target("person", uuid.UUID(int=5), "Seán O'Brien", of="Porto")
CAST = (LILLE, PORTO, PORTO_LAW, CLAIRE, SEAN)


def meant(text: str, *cast: Target) -> list[tuple[str, Target]]:
    return [(one.words, one.target) for one in mentions_in(text, cast or CAST)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@Lille Hub, what do you say?", [("@Lille Hub", LILLE)]),
        ("What does @LIL say, or @por?", [("@LIL", LILLE), ("@por", PORTO)]),
        ("(@claire dubois)", [("@claire dubois", CLAIRE)]),
        ("@Claire: see above", [("@Claire", CLAIRE)]),
        ("Thanks, @Seán O'Brien.", [("@Seán O'Brien", SEAN)]),
        ("@Porto Law and @Porto", [("@Porto Law", PORTO_LAW), ("@Porto", PORTO)]),
        ("@Lille\nHub", [("@Lille\nHub", LILLE)]),
        ("@Porto and @Porto again", [("@Porto", PORTO)]),
    ],
)
def test_a_name_after_an_at_is_a_mention(text, expected):
    assert meant(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Write to claire@lille hub",
        "https://example.org/@Porto",
        "@Portos",
        "@ Porto",
        "@Nobody here",
        "Porto",
        "@@Porto",
        "",
    ],
)
def test_an_address_or_a_longer_word_mentions_nobody(text):
    assert meant(text) == []


def test_a_first_name_two_people_share_means_neither_and_a_full_one_both():
    twin = Target("person", uuid.UUID(int=6), "Claire Dubois", of="Porto")
    other = Target("person", uuid.UUID(int=7), "Claire Petit", of="Porto")
    assert meant("@Claire", CLAIRE, other) == []
    assert meant("@Claire Dubois", CLAIRE, twin) == [
        ("@Claire Dubois", CLAIRE),
        ("@Claire Dubois", twin),
    ]


def test_a_mention_says_which_organisation_is_spoken_to():
    facilitator = Target("person", uuid.UUID(int=8), "Sofie Maes")
    assert [one.organisation for one in (LILLE, CLAIRE, facilitator)] == [
        "Lille Hub",
        "Lille Hub",
        "the facilitator",
    ]


@given(st.text(max_size=200))
def test_any_text_can_be_looked_through(text):
    for words, target in meant(text):
        assert words in text
        assert target in CAST


@given(st.sampled_from(CAST), st.text(alphabet="ab .,\n", max_size=20))
def test_a_name_is_found_wherever_it_stands(target, before):
    assert target in [held for _, held in meant(f"{before.rstrip('ab.')} @{target.name}")]
