from campaign import bundles


def test_nothing_is_both_pulled_out_and_accepted(app):
    report = bundles.pulled(app, rounds=10)
    assert report.held, report.line()
    assert report.figures["pulled"] > 0


def test_without_the_gate_something_is(app):
    report = bundles.pulled(app, rounds=10, sabotage=True)
    assert not report.held, report.line()
