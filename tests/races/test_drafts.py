from campaign import drafts


def test_no_saved_edit_is_lost(app):
    report = drafts.lost_update(app, rounds=4)
    assert report.held, report.line()
    assert report.figures["refused"] > 0


def test_without_the_row_version_edits_are_lost(app):
    report = drafts.lost_update(app, rounds=4, sabotage=True)
    assert not report.held, report.line()
