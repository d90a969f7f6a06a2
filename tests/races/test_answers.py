from campaign import answers


def test_no_answer_is_overwritten_unseen(app):
    report = answers.both(app, rounds=4)
    assert report.held, report.line()
    assert report.figures["left_out"] > 0


def test_without_what_was_seen_answers_are_overwritten(app):
    report = answers.both(app, rounds=4, sabotage=True)
    assert any("overwritten" in fault for fault in report.faults), report.line()
