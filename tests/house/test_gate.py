"""Every change goes through one gate, on the record."""

import importlib
import inspect as python
import pkgutil

from sqlalchemy import inspect
from sqlalchemy.orm import RelationshipProperty

import app.actions
import app.models
from app.actions.unit import ACTIONS
from app.models.base import Base
from tests.house.source import APP, calls, modules, name_of

MAY_COMMIT = {
    "app/actions/unit.py",  # the gate
    "app/actions/accounts.py",  # what Flask-Security decides to write
    "app/actions/founding.py",  # nobody is there yet whom the gate could ask
    "app/http/auth.py",  # asks accounts.py to
    "app/ledger/delivery.py",  # marks mail as sent: nothing that people did
}
NO_ACTIONS = {"unit", "accounts", "founding", "upkeep"}
"""Modules of app/actions without use cases: the gate, the commits beside it, the whole database."""


def test_only_the_gate_commits():
    found = {name_of(file) for file in modules() if list(calls(file, "commit"))}
    assert found - MAY_COMMIT == set()


def test_every_action_is_registered_with_a_permission():
    for module in pkgutil.iter_modules(app.actions.__path__):
        if module.name in NO_ACTIONS:
            continue
        found = importlib.import_module(f"app.actions.{module.name}")
        for name, value in vars(found).items():
            ours = python.isfunction(value) and value.__module__ == found.__name__
            if ours and not name.startswith("_"):
                assert name in ACTIONS, f"{module.name}.{name} passes no gate"


def test_no_relationship_asks_the_database_by_surprise():
    assert app.models.__all__
    for mapper in Base.registry.mappers:
        for relation in inspect(mapper.class_).relationships:
            assert isinstance(relation, RelationshipProperty)
            assert relation.lazy == "raise_on_sql", relation


def test_only_the_kernel_reads_the_clock():
    for file in modules():
        if file == APP / "kernel" / "clock.py":
            continue
        for method in ("utcnow", "now", "today"):
            lines = [
                line
                for line in calls(file, method)
                if "clock." not in file.read_text(encoding="utf-8").splitlines()[line - 1]
            ]
            assert not lines, f"{name_of(file)}:{lines}"
