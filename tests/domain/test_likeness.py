"""Likeness: who asks for the same goes together, whatever the order of the rest."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.likeness import Said, alike, arranged

NOTICE = "notice"
TOPICS = (
    *("budget", "travel", "venue", "minutes", "language"),
    *("agenda", "quorum", "proxy", "chair", "deadline"),
)


def said(number: str, words: str, clause: str | None = NOTICE, at: tuple[int, int] = (0, 0)):
    return Said(number, clause, words, *at)


FIFTEEN = (
    said("C1", "Fifteen days is too short for us: our board meets every month."),
    said("C2", "The board of our organisation meets each month, so fifteen days are too short."),
    said("C3", "Who pays the travel to a meeting in another country?"),
    said("C4", "Fifteen days, and our board meets once a month: too short."),
)


def test_who_says_the_same_in_other_words_goes_with_the_first():
    (group,) = alike(FIFTEEN)
    assert group.numbers == ("C1", "C2", "C4")
    assert {"fifteen", "board", "short"} <= set(group.shared)


def test_only_what_is_about_one_clause_goes_together():
    moved = (FIFTEEN[0], said("C2", FIFTEEN[1].words, "another"))
    assert alike(moved) == ()
    whole = tuple(said(f"C{at}", FIFTEEN[0].words, None) for at in range(3))
    assert alike(whole)[0].numbers == ("C0", "C1", "C2")


def test_pointing_at_the_same_words_needs_less():
    wishes = ("Twenty days, as in our statutes.", "Twenty Working Days. August is a bad month.")
    apart = tuple(said(f"C{at}", words) for at, words in enumerate(wishes))
    assert alike(apart) == ()
    (group,) = alike(tuple(said(one.number, one.words, at=(30, 37)) for one in apart))
    assert group.quoted


def test_pointing_at_other_words_is_another_wish():
    elsewhere = (said("A1", "jointly", at=(0, 7)), said("A2", "jointly", at=(30, 37)))
    assert alike(elsewhere) == ()
    assert alike((elsewhere[0], said("A2", "jointly", at=(3, 7))))


def test_other_figures_are_another_wish():
    assert alike((said("C1", "Let it be 30 days."), said("C2", "Let it be 45 days."))) == ()
    assert alike((said("C1", "Let it be 30 days."), said("C2", "Let it be 30 days!")))


def test_what_nearly_everybody_says_counts_for_nothing():
    held = tuple(
        said(f"C{at}", f"The consortium leader decides on {word}.")
        for at, word in enumerate(
            [
                "budget",
                "travel",
                "venue",
                "minutes",
                "language",
                "agenda",
                "quorum",
                "proxy",
                "chair",
                "deadline",
            ]
        )
    )
    assert alike(held) == ()


def test_no_chain_of_small_steps_leads_from_one_wish_to_another():
    steps = (
        said("C1", "alpha bravo charlie delta echo foxtrot golf hotel india juliet"),
        said("C2", "foxtrot golf hotel india juliet kilo lima mike november oscar"),
        said("C3", "kilo lima mike november oscar papa quebec romeo sierra tango"),
    )
    (group,) = alike(steps)
    assert group.numbers == ("C1", "C2")


def test_people_join_and_split_what_likeness_found():
    (group,) = arranged(FIFTEEN, {"C4": ""})
    assert group.numbers == ("C1", "C2")
    (group,) = arranged(FIFTEEN, {"C3": "C2"})
    assert group.numbers == ("C1", "C2", "C4", "C3")
    assert arranged(FIFTEEN, dict.fromkeys(("C1", "C2", "C4"), "")) == ()
    (group,) = arranged(FIFTEEN, {"C1": "", "C2": "", "C4": "C3"})
    assert group.numbers == ("C3", "C4")


def test_marks_in_a_circle_or_to_nowhere_group_nothing():
    alone = (said("C1", "Budget."), said("C2", "Travel."), said("C3", "Venue."))
    assert arranged(alone, {"C1": "C9"}) == ()
    for group in arranged(alone, {"C1": "C2", "C2": "C1"}):
        assert len(set(group.numbers)) == len(group.numbers)


words = st.lists(
    st.sampled_from(TOPICS[:8]),
    max_size=6,
)
some = st.lists(
    st.tuples(words, st.sampled_from(["a", "b", None]), st.integers(0, 3)), max_size=12
).map(
    lambda rows: tuple(
        said(f"C{at}", " ".join(row[0]), row[1], (row[2], row[2] + row[2]))
        for at, row in enumerate(rows)
    )
)


@settings(max_examples=60)
@given(some, st.dictionaries(st.integers(0, 11), st.sampled_from(["", "C0", "C3", "C7"])))
def test_nobody_is_in_two_groups_and_nobody_alone_in_one(held, marked):
    marks = {f"C{at}": to for at, to in marked.items() if at < len(held)}
    groups = arranged(held, marks)
    numbers = [number for group in groups for number in group.numbers]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) <= {one.number for one in held}
    assert all(len(group.numbers) > 1 for group in groups)
    assert groups == arranged(held, marks)
    assert not {number for number, to in marks.items() if not to} & {
        other for group in groups for other in group.others
    }
