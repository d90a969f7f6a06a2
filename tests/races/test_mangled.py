from campaign import mangled

ROUNDS = 30


def test_no_torn_file_breaks_the_reader(app):
    report = mangled.mangled(app, ROUNDS, seed=7)
    assert report.faults == ()
    assert 0 < report.figures["refused"] < ROUNDS


def test_without_the_guard_it_would_break(app):
    assert not mangled.mangled(app, ROUNDS, seed=7, sabotage=True).held
