"""Finds the corpus; without it these checks are skipped, and say so."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def corpus():
    folder = Path(os.environ.get("CONCORDAT_CORPUS", ROOT.parent / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip(f"NO CORPUS at {folder}: set CONCORDAT_CORPUS to run the corpus checks")
    return folder


def pytest_collection_modifyitems(items):
    for item in items:
        if "corpus" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.corpus)
