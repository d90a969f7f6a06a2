from campaign import entries


def test_those_who_write_at_once_make_one_record_and_nobody_is_refused(app):
    report = entries.together_in_one_record(app, rounds=8)
    assert report.held, report.line()
    assert report.figures["entries"] == 8 * 9


def test_who_trusted_the_end_that_was_seen_would_be_refused_or_break_it(app):
    report = entries.together_in_one_record(app, rounds=8, sabotage=True)
    assert any("refused" in fault for fault in report.faults), report.line()
