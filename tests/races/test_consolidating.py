from campaign import consolidating


def test_no_edit_is_lost_and_no_conflict_is_settled_twice(app):
    report = consolidating.two_at_once(app, rounds=2)
    assert report.held, report.line()
    assert report.figures["settled"] == 1
    assert report.figures["refused"] > 0


def test_without_the_gate_edits_are_lost(app):
    report = consolidating.two_at_once(app, rounds=2, sabotage=True)
    assert not report.held, report.line()
