"""One pass brings so much in a day and no more; the next day it brings again."""

import os
import time
from pathlib import Path

import pytest

from app.http import pass_uses
from app.kernel.errors import WrongMoment
from app.kernel.ids import new_token


@pytest.fixture(autouse=True)
def _in_app(app):
    with app.app_context():
        yield


def test_a_day_has_an_end_for_each_pass_apart():
    one, other = new_token(), new_token()
    for _ in range(pass_uses.MOST_A_DAY):
        pass_uses.count(one)
    with pytest.raises(WrongMoment, match="Go on tomorrow"):
        pass_uses.count(one)
    with pytest.raises(WrongMoment):
        pass_uses.count(one.upper())
    pass_uses.count(other)


def test_the_next_day_begins_anew_and_nothing_of_the_old_one_stays(app):
    token = new_token()
    for _ in range(pass_uses.MOST_A_DAY):
        pass_uses.count(token)
    yesterday = time.time() - pass_uses.DAY - 1
    folder = Path(app.instance_path) / "passes"
    for held in folder.iterdir():
        os.utime(held, (yesterday, yesterday))
    pass_uses.count(token)
    assert len([*folder.iterdir()]) == 1
