"""A file holds one idea, a function does one thing, a name says what is behind it."""

import statistics

import pytest

from tests.house.source import APP, functions, modules, name_of

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
MIDDLE_FUNCTION = 10
NO_NAMES = {"utils", "util", "helpers", "common", "misc", "manager", "stuff", "base_utils"}


def long_functions(files) -> list[str]:
    return [
        f"{name_of(file)}:{function.lineno} {function.name} has {length} lines"
        for file in files
        for function in functions(file)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    ]


@pytest.mark.parametrize("folder", ["app", "tests", "benchmarks", "campaign"])
def test_no_file_is_too_long(folder):
    long = {
        name_of(file): length
        for file in modules(folder)
        if (length := len(file.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert not long


def test_no_function_is_too_long():
    assert not long_functions(modules())


def test_the_functions_are_small():
    lengths = [
        (function.end_lineno or 0) - function.lineno + 1
        for file in modules()
        for function in functions(file)
    ]
    assert statistics.median(lengths) <= MIDDLE_FUNCTION


def test_no_file_is_a_junk_drawer():
    assert not [name_of(file) for file in modules() if file.stem in NO_NAMES]


def test_the_map_imports_nothing():
    assert "import " not in (APP / "__init__.py").read_text(encoding="utf-8").split('"""')[-1]
