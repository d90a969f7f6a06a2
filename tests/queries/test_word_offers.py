"""What a file would bring, by clause."""

from app.domain import roundtrip
from app.domain.changes import new_words, old_words
from app.domain.returned_remarks import RemarkItem, Remarks
from app.queries.word_offers import groups
from tests.domain.returned_files import ANA, DEL, INS, KEYS, TEXT, File

FILE = (
    File()
    .keep("search", "form")
    .add(
        "The Hub shall answer within ",
        ("thirty", (DEL, ANA)),
        ("ten", (INS, ANA)),
        " days.",
        key="duty",
    )
    .add(("Nobody pays.", (INS, ANA)), mark=((INS, ANA),))
    .keep("cost", "end")
)
FOUND = roundtrip.compare(FILE.read(), TEXT, KEYS)


def test_items_and_comments_stand_with_their_clause():
    remark = RemarkItem("remark-1", "thread", "Bo", "", "Why?", "form")
    form, duty = groups(FOUND, TEXT, Remarks((remark,), ()))
    assert (form.key, form.label, form.remarks) == ("form", "Article 1.1", (remark,))
    words, new = duty.offers
    assert (words.sentence, new.sentence) == ("Words changed", "New")
    (change,) = words.changes
    assert old_words(change.text) == TEXT.find("duty").text
    assert new_words(change.text) == "The Hub shall answer within ten days."
    assert (new.changes[0].label, old_words(new.changes[0].text)) == ("Article 1.3", "")


def test_what_no_longer_fits_the_present_text_says_why():
    present = TEXT.replace("duty", text="The Hub shall answer within five days.")
    words, new = groups(FOUND, present, Remarks((), ()))[0].offers
    assert (words.state, words.why) == ("attention", "The words it changes read differently now.")
    assert new.state == "clean"
    already = TEXT.replace("duty", text="The Hub shall answer within ten days.")
    assert groups(FOUND, already, Remarks((), ()))[0].offers[0].state == "obsolete"
