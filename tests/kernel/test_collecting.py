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
