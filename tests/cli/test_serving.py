"""The line stays open after a 304, and is hung up where that was asked for."""

import contextlib
import socket
import threading

import pytest
from waitress.channel import HTTPChannel
from waitress.server import create_server

from app.cli.serving import Task, lines


@pytest.fixture
def port(monkeypatch):
    monkeypatch.setattr(HTTPChannel, "task_class", Task)

    def answer(environ, start_response):
        if environ["PATH_INFO"] == "/held":
            start_response("304 Not Modified", [("ETag", '"one"')])
            return []
        start_response("200 OK", [("Content-Length", "4")])
        return [b"page"]

    server = create_server(answer, host="127.0.0.1", port=0, threads=1)
    thread = threading.Thread(target=run, args=(server,), daemon=True)
    thread.start()
    yield server.effective_port
    server.task_dispatcher.shutdown(cancel_pending=True, timeout=5)
    server.close()
    thread.join(5)


def run(server) -> None:
    with contextlib.suppress(OSError):  # it was waiting at a socket that has just been closed
        server.run()


def ask(line, path, more=""):
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: here\r\n{more}\r\n".encode())
    return line.recv(4096)


def test_a_line_goes_on_after_a_304(port):
    with socket.create_connection(("127.0.0.1", port), 5) as line:
        for _ in range(2):
            held = ask(line, "/held")
            assert held.startswith(b"HTTP/1.1 304")
            assert b"close" not in held.lower()
        assert ask(line, "/").startswith(b"HTTP/1.1 200")


def test_a_line_ends_where_its_caller_wants_it(port):
    with socket.create_connection(("127.0.0.1", port), 5) as line:
        assert b"connection: close" in ask(line, "/held", "Connection: close\r\n").lower()
        assert line.recv(4096) == b""


def test_many_browsers_may_hold_a_line():
    assert 100 <= lines() <= 10_000
