"""The source as the house tests read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"


def modules(folder: str = "app") -> list[Path]:
    """Every Python file of a folder of the project."""
    return sorted((ROOT / folder).rglob("*.py"))


def name_of(file: Path) -> str:
    """A file's path from the root of the project."""
    return file.relative_to(ROOT).as_posix()


@cache
def tree_of(file: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(file.read_text(encoding="utf-8"))


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(file: Path, method: str) -> Iterator[int]:
    """The lines on which `something.method(…)` is called."""
    for node in ast.walk(tree_of(file)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == method
        ):
            yield node.lineno
