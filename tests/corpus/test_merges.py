"""Merges that people really committed: none that a line merge settles is lost."""

import pytest

from benchmarks.merges import cases, kinds, of_group, of_hunks


@pytest.fixture(scope="module")
def three_way(corpus):
    return list(cases(corpus / "merges", "three_way"))


def test_every_clean_merge_is_kept(three_way):
    found = kinds([case for case in three_way if case["git_line"] == "exact"])
    assert found["exact"] == {"right": len([c for c in three_way if c["git_line"] == "exact"])}


def test_conflicts_are_settled_rightly_more_often_than_otherwise(three_way):
    found = kinds([case for case in three_way if case["git_line"] == "conflict"])["conflict"]
    assert found["right"] >= RIGHT
    assert found["other"] <= OTHER


def test_hunks_are_settled_rightly(three_way):
    found = [one for case in three_way for one in of_hunks(case)]
    assert found.count("right") >= HUNKS


def test_concurrent_amendments_merge(corpus):
    found = [of_group(case) for case in cases(corpus / "merges", "groups")]
    assert found.count("right") >= GROUPS


RIGHT, OTHER, HUNKS, GROUPS = 110, 69, 130, 241
"""The floors of benchmarks/merges.py: they only rise."""
