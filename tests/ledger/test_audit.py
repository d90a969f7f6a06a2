"""The record: one chain without gaps, in which every change shows."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select, text, update

from app.access.actor import ANYONE, SYSTEM
from app.domain import events as e
from app.ledger import audit
from app.ledger.audit import GENESIS, End
from app.models.audit import AuditEntry, AuditHead
from app.models.base import begin_writing

NOON = datetime(2026, 11, 2, 12, 0, 0, 250, tzinfo=UTC)


def write(session, *events, actor=SYSTEM, at=NOON):
    begin_writing(session)
    entries = audit.write(session, actor, at, None, events)
    session.commit()
    return entries


@pytest.fixture
def record(session):
    """Five entries, and a database that for once lets them be changed."""
    for number in range(1, 6):
        write(
            session,
            e.OrganisationAdded(organisation=f"Hub {number}"),
            at=NOON + timedelta(minutes=number),
        )
    assert audit.verify(session) == (5, None)
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("set local session_replication_role = replica"))
    else:
        triggers = text("select name from sqlite_master where type = 'trigger'")
        for name in session.scalars(triggers).all():
            session.execute(text(f"drop trigger {name}"))
    return session


def change(session, number, /, **values):
    session.execute(update(AuditEntry).where(AuditEntry.seq == number).values(**values))


def fault_of(session):
    found = audit.verify(session)[1]
    assert found is not None
    return found.seq, found.why.format(seq=found.seq)


def test_entries_are_numbered_from_one_without_gaps_and_each_holds_the_hash_before(session):
    first, second = write(
        session, e.OrganisationAdded(organisation="Lille"), e.OrganisationAdded(organisation="Pau")
    )
    (third,) = write(session, e.AgreementAbandoned())
    assert [entry.seq for entry in (first, second, third)] == [1, 2, 3]
    assert [first.previous, second.previous, third.previous] == [GENESIS, first.hash, second.hash]
    head = session.scalars(select(AuditHead)).one()
    assert (head.seq, head.hash) == (3, third.hash)


def test_what_is_rolled_back_takes_no_number(session):
    write(session, e.AgreementAbandoned())
    begin_writing(session)
    audit.write(session, SYSTEM, NOON, None, [e.AgreementTerminated()])
    session.rollback()
    assert write(session, e.AgreementAbandoned())[0].seq == 2
    assert audit.verify(session) == (2, None)


def test_who_saw_an_end_that_has_moved_still_writes_after_the_last_entry(session):
    (first,) = write(session, e.AgreementAbandoned())
    seen = End(first.seq, first.hash)
    (second,) = write(session, e.AgreementTerminated())
    begin_writing(session)
    late = audit.write(
        session, SYSTEM, NOON, None, [e.AgreementAbandoned(), e.AgreementTerminated()], seen
    )
    session.commit()
    assert [entry.seq for entry in late] == [3, 4]
    assert late[0].previous == second.hash
    assert audit.verify(session) == (4, None)


def test_an_end_that_never_was_is_not_written_after(session):
    (first,) = write(session, e.AgreementAbandoned())
    for seen in (End(1, "f" * 64), End(7, first.hash)):
        begin_writing(session)
        (entry,) = audit.write(session, SYSTEM, NOON, None, [e.AgreementTerminated()], seen)
        session.commit()
        first_of_two = session.get_one(AuditEntry, entry.seq - 1)
        assert entry.previous == first_of_two.hash
    assert audit.verify(session) == (3, None)


def test_an_empty_record_holds(session):
    assert audit.verify(session) == (0, None)


def test_the_database_itself_refuses_to_change_or_remove_an_entry(session):
    write(session, e.AgreementAbandoned())
    for statement in (update(AuditEntry).values(tag="x:y"), delete(AuditEntry)):
        with pytest.raises(Exception, match="audit_entry is never changed"):
            session.execute(statement)
        session.rollback()
    assert audit.verify(session) == (1, None)


@pytest.mark.parametrize(
    "values",
    [
        {"data": {"organisation": "Hub 9"}},
        {"tag": "organisation:changed"},
        {"at": NOON},
        {"hash": "f" * 64},
    ],
)
def test_a_changed_entry_is_named(record, values):
    change(record, 3, **values)
    assert fault_of(record) == (3, "entry 3 was changed")


def test_a_change_is_seen_even_where_the_session_remembers_the_entry_as_it_was(record):
    remembered = record.scalars(select(AuditEntry)).all()
    record.execute(text("update audit_entry set tag = 'x:y' where seq = 2"))
    assert len(remembered) == 5
    assert fault_of(record) == (2, "entry 2 was changed")


@pytest.mark.parametrize("seq", [1, 3])
def test_a_removed_entry_is_missed(record, seq):
    record.execute(delete(AuditEntry).where(AuditEntry.seq == seq))
    assert fault_of(record) == (seq, f"entry {seq} is missing")


def test_a_removed_entry_whose_place_is_closed_up_breaks_the_chain(record):
    record.execute(delete(AuditEntry).where(AuditEntry.seq == 3))
    change(record, 4, seq=3)
    change(record, 5, seq=4)
    assert fault_of(record) == (3, "entry 3 does not follow the one before it")


def test_two_entries_that_changed_places_break_the_chain(record):
    rows = record.execute(select(*AuditEntry.__table__.columns).where(AuditEntry.seq.in_((2, 3))))
    second, third = (dict(row) for row in rows.mappings())
    record.execute(delete(AuditEntry).where(AuditEntry.seq.in_((2, 3))))
    record.execute(insert(AuditEntry), [{**second, "seq": 3}, {**third, "seq": 2}])
    assert fault_of(record) == (2, "entry 2 does not follow the one before it")


def rehash(session, start):
    """What somebody with the database in hand would do: make the chain fit again from an entry."""
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()
    previous = entries[start - 2].hash if start > 1 else GENESIS
    for entry in entries[start - 1 :]:
        entry.previous = previous
        entry.hash = previous = audit.entry_hash(entry)
    session.flush()
    return previous


def test_who_changes_an_entry_and_hashes_its_own_breaks_the_next(record):
    change(record, 2, data={"organisation": "Hub 9"})
    entry = record.scalars(select(AuditEntry).where(AuditEntry.seq == 2)).one()
    entry.hash = audit.entry_hash(entry)
    record.flush()
    assert fault_of(record) == (3, "entry 3 does not follow the one before it")


@pytest.mark.parametrize("start", [1, 3, 5])
def test_who_hashes_everything_anew_from_an_entry_still_meets_the_head(record, start):
    change(record, start, data={"organisation": "Hub 9"})
    rehash(record, start)
    assert fault_of(record) == (6, "the head names an entry that is not there")


def test_who_forges_the_head_too_is_betrayed_by_a_hash_that_was_written_down(record):
    """The chain alone can't know it; an export from before does."""
    kept = record.scalars(select(AuditHead.hash)).one()
    change(record, 2, data={"organisation": "Hub 9"})
    record.execute(update(AuditHead).values(hash=rehash(record, 2)))
    assert audit.verify(record) == (5, None)
    assert record.scalars(select(AuditEntry.hash).where(AuditEntry.seq == 5)).one() != kept


def test_an_end_that_was_cut_off_is_missed(record):
    record.execute(delete(AuditEntry).where(AuditEntry.seq == 5))
    assert fault_of(record) == (5, "the head names an entry that is not there")


def test_a_head_that_was_taken_away_or_counts_wrong_is_a_fault(record):
    record.execute(update(AuditHead).values(seq=7))
    assert fault_of(record) == (6, "the head names an entry that is not there")
    record.execute(delete(AuditHead))
    assert fault_of(record)[0] == 6


def test_an_exported_entry_is_checked_offline_with_nothing_of_ours(session):
    (before, entry) = write(
        session,
        e.AgreementAbandoned(),
        e.OrganisationAdded(organisation="Łódź & Kraków — «hub»"),
        actor=ANYONE,
    )
    leaves = json.loads(json.dumps(audit.exported(entry)))
    stored = entry.hash

    canonical = json.dumps(leaves, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(b"\x00" + canonical.encode("utf-8")).hexdigest() == stored
    assert leaves["previous"] == before.hash
    assert leaves["at"] == "2026-11-02T12:00:00.000250+00:00"
    assert audit.hash_of({**leaves, "tag": "x:y"}) != stored


def test_an_entry_read_again_tomorrow_has_the_same_hash(session):
    """Whatever a database does to moments and JSON on their way."""
    write(session, e.BallotCounted(ballot=1, outcome="carried", tally={"yes": 2, "no": 1}))
    session.expunge_all()
    entry = session.scalars(select(AuditEntry)).one()
    assert audit.entry_hash(entry) == entry.hash
