"""The collector rests for a moment, and never longer."""

import gc

import pytest

from app.kernel.collecting import collecting_nothing


def test_nothing_is_collected_inside_and_everything_after():
    with collecting_nothing():
        assert not gc.isenabled()
        with collecting_nothing():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error():
    with pytest.raises(ValueError, match="no"), collecting_nothing():
        raise ValueError("no")
    assert gc.isenabled()


def test_what_leaves_no_circles_is_old_when_it_is_done():
    with collecting_nothing(circles=False):
        made = [[number] for number in range(1000)]
    young = {id(one) for one in gc.get_objects(generation=0)}
    assert young.isdisjoint(map(id, made))
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_what_somebody_froze_stays_frozen():
    gc.freeze()
    try:
        with collecting_nothing(circles=False):
            pass
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
