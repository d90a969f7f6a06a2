"""A test for every file, at the mirrored path."""

from tests.house.source import ROOT, modules, name_of

WITHOUT = {
    "app/models": "tables: tests/migrations holds them to the database, actions use them",
    "app/domain/event.py": "data; tests/ledger and tests/house go through all of them",
    "app/domain/events.py": "data; the same",
    "app/domain/events_of_people.py": "data; the same",
    "app/domain/events_of_drafting.py": "data; the same",
    "app/domain/events_of_deciding.py": "data; the same",
    "app/domain/events_of_desk.py": "data; the same",
    "app/access/actor.py": "data; the matrix uses all of it",
    "app/cli/demonstration": "tests/cli/test_demo.py makes it and holds it to its laws",
    "app/web/forms": "shape only; tested through the pages that use them",
}
"""Files without a test of their own, and where they are tested."""


def is_excused(name: str) -> bool:
    return any(name == place or name.startswith(place + "/") for place in WITHOUT)


def test_every_file_has_its_test():
    missing = []
    for file in modules():
        name = name_of(file)
        if file.name == "__init__.py" or file.stem.startswith("_") or is_excused(name):
            continue
        folder = ROOT / "tests" / file.parent.relative_to(ROOT / "app")
        if not list(folder.glob(f"test_{file.stem}*.py")):
            missing.append(name)
    assert not missing


def test_every_excuse_is_still_needed():
    assert all((ROOT / place).exists() for place in WITHOUT)
