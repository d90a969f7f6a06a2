"""`concordat run` serves, with its worker, until it is told to stop."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from app.actions import upkeep
from app.cli.server import COMMANDS
from tests.conftest import make_app

CONCORDAT = Path(sys.executable).parent / "concordat"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def served(tmp_path):
    port = free_port()
    environment = {**os.environ, "CONCORDAT_INSTANCE_FOLDER": str(tmp_path)}
    process = subprocess.Popen(
        [str(CONCORDAT), "run", "--port", str(port)],
        env=environment,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process, f"http://127.0.0.1:{port}"
    process.kill()
    process.communicate()


def test_it_makes_its_database_serves_and_stops(served):
    process, address = served
    assert address in process.stdout.readline()
    for _ in range(100):
        try:
            answer = urllib.request.urlopen(address + "/readyz", timeout=5)
            break
        except OSError:
            time.sleep(0.1)
    assert answer.read() == b"ready\n"
    assert "waitress" not in str(answer.headers)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) in {0, -signal.SIGINT, 1}


def test_the_worker_can_sweep_once(tmp_path):
    app = make_app(tmp_path, f"sqlite:///{tmp_path / 'x.sqlite3'}")
    with app.app_context():
        upkeep.bring_up_to_date()
        assert COMMANDS["worker"](["--once"]) == 0
