import re
from datetime import UTC, datetime

from app.kernel import clock, ids


def test_row_ids_are_uuids_of_version_seven_in_the_order_of_time():
    with clock.at(datetime(2026, 1, 1, tzinfo=UTC)):
        earlier = ids.new_id()
    with clock.at(datetime(2026, 1, 2, tzinfo=UTC)):
        later = ids.new_id()

    assert earlier.version == later.version == 7
    assert earlier.variant == "specified in RFC 4122"
    assert earlier < later
    assert earlier.int >> 80 == int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000)


def test_clause_keys_fit_the_grammar_and_do_not_repeat():
    keys = {ids.new_clause_key() for _ in range(1000)}

    assert len(keys) == 1000
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", key) and len(key) <= 28 for key in keys)


def test_tokens_hold_256_bits():
    assert len(ids.new_token()) >= 43
    assert ids.new_token() != ids.new_token()
