from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from app.formats.icalendar import Moment, to_ics

AT = datetime(2026, 12, 2, 10, 0, tzinfo=timezone(timedelta(hours=1)))
MADE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def lines(*moments: Moment) -> list[str]:
    made = to_ics(moments, made_at=MADE, name="Concordat")
    return made.decode().replace("\r\n ", "").split("\r\n")


def test_a_deadline_is_an_entry_in_utc_with_its_words_and_where_to_go():
    found = lines(Moment("a-round-1", AT, "Round 1 closes: Deal, part 2; final", "https://x/a"))
    assert found[0] == "BEGIN:VCALENDAR" and found[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART:20261202T090000Z" in found and "UID:a-round-1" in found
    assert "SUMMARY:Round 1 closes: Deal\\, part 2\\; final" in found
    assert "URL:https://x/a" in found


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_no_line_is_too_long_and_no_sign_is_lost(words):
    made = to_ics([Moment("u", AT, words, "https://x")], made_at=MADE, name=words)
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    unescaped = made.decode().replace("\r\n ", "")
    for sign in "\\;,":
        words = words.replace(sign, f"\\{sign}")
    assert f"SUMMARY:{words}\r\n" in unescaped


def test_words_over_several_lines_stay_one_entry():
    assert "SUMMARY:one\\ntwo" in lines(Moment("u", AT, "one\r\ntwo", "https://x"))
