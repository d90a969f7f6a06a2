"""The command `concordat` finds its way and loads only what it needs."""

import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import app.cli
from app.command import IN_THE_APP, ON_FILES, main

CONCORDAT = Path(sys.executable).parent / "concordat"


def test_help_names_every_command(capsys):
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    for name in {**ON_FILES, **IN_THE_APP}:
        assert name in told
    assert main([]) == 0


def test_an_unknown_command_is_wrong_use(capsys):
    assert main(["vote"]) == 2
    assert "no command 'vote'" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["word"], ["word", "perfect"]])
def test_a_group_without_one_of_its_commands_is_wrong_use(words, capsys):
    assert main(words) == 2
    assert f"no command '{' '.join(words)}'" in capsys.readouterr().err


def test_every_command_of_a_module_can_be_called():
    for module in pkgutil.iter_modules(app.cli.__path__):
        commands = getattr(importlib.import_module(f"app.cli.{module.name}"), "COMMANDS", {})
        for name in commands:
            assert {**ON_FILES, **IN_THE_APP}.get(name) == module.name


@pytest.mark.parametrize(("name", "module"), {**ON_FILES, **IN_THE_APP}.items())
def test_every_command_is_there(name, module):
    assert callable(importlib.import_module(f"app.cli.{module}").COMMANDS[name])


@pytest.mark.parametrize("module", sorted(set(ON_FILES.values())))
def test_commands_on_files_load_neither_the_web_nor_the_database(module):
    question = (
        f"import sys, app.command, app.cli.{module}; "
        "print(sorted({'flask', 'sqlalchemy', 'werkzeug'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def run(tmp_path, *words, **settings):
    environment = {**os.environ, "CONCORDAT_INSTANCE_FOLDER": str(tmp_path), **settings}
    return subprocess.run(
        [str(CONCORDAT), *words],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_installed_command_makes_a_database_and_refuses_in_one_line(tmp_path):
    assert run(tmp_path, "init").returncode == 0
    copy = tmp_path / "copy"
    assert run(tmp_path, "backup", str(copy)).returncode == 0
    again = run(tmp_path, "backup", str(copy))
    assert again.returncode == 1
    assert again.stderr.splitlines() == [
        f"concordat backup: {copy} exists already. Name a file that doesn't."
    ]


def test_a_wrong_setting_is_told_by_name_and_without_its_value(tmp_path):
    told = run(tmp_path, "init", CONCORDAT_SECRET_KEY="tell-nobody", CONCORDAT_THREADS="many")
    assert told.returncode == 2
    assert "CONCORDAT_THREADS" in told.stderr
    assert "tell-nobody" not in told.stderr
    assert "many" not in told.stderr
