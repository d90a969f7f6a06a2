"""Sentences come back from the database as what they were made of."""

from sqlalchemy import select, text

from app.kernel.said import Said, counted, said
from app.models.amendments import AmendmentRow
from tests.factories.agreements import make_case
from tests.factories.contributions import reword

FELL = said("{label} was withdrawn.", label="A1")


def stored(session, case, **values):
    row = reword(case, "Lille", "15", "20")
    for name, value in values.items():
        setattr(row, name, value)
    session.commit()
    session.expire_all()
    return session.scalars(select(AmendmentRow)).one()


def test_a_sentence_keeps_its_message_and_the_words_of_people_are_kept_as_typed(session):
    row = stored(session, make_case(), reason=FELL, rebase_reasons=[FELL, "As it was then."])
    assert isinstance(row.reason, Said)
    assert (row.reason, row.reason.params) == ("A1 was withdrawn.", {"label": "A1"})
    first, second = row.rebase_reasons
    assert (first.message, second) == ("{label} was withdrawn.", "As it was then.")
    assert not isinstance(second, Said)


def test_a_number_still_chooses_how_it_reads(session):
    row = stored(session, make_case(), rebase_reasons=[counted(1, "{n} word", "{n} words")])
    assert (row.rebase_reasons[0], row.rebase_reasons[0].plural) == ("1 word", "{n} words")


def test_nobody_can_type_a_sentence(session):
    typed = '\x02{"message": "{a.b}", "plural": "", "params": {"a": 1}}'
    row = stored(session, make_case(), reason=typed)
    assert row.reason == typed[1:]
    assert not isinstance(row.reason, Said)


def test_words_that_were_stored_before_there_were_sentences_stay_words(session):
    row = stored(session, make_case(), reason="")
    session.execute(text("update amendment set reason = 'A1 was not adopted.'"))
    session.expire_all()
    assert row.reason == "A1 was not adopted."
    assert not isinstance(row.reason, Said)
