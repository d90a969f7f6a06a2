"""Real files with tracked changes read as other programs read them, or it is known why not."""

import json
import subprocess
import sys
from pathlib import Path

from tests.corpus import tracked_table

PAGE = Path(__file__).resolve().parents[2] / "docs/word-tracked-changes.md"


def test_every_difference_is_explained_and_the_page_says_so(corpus):
    rows = list(tracked_table.compared(corpus))
    unknown = [row for row in rows if row.oracle and not row.equal and not row.reason]
    assert unknown == []
    assert {row.reason for row in rows if row.oracle and not row.equal} <= set(
        tracked_table.BECAUSE
    )
    assert tracked_table.table(rows) == PAGE.read_text(encoding="utf-8")


def test_no_file_breaks_the_command(corpus):
    files = [str(path) for path in sorted((corpus / "tracked_changes").rglob("*.docx"))]
    program = "from app.command import main; main()"
    words = ["word", "read", "--view", "events", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", program, *words, *files],
        capture_output=True,
        check=False,
        text=True,
        timeout=300,
        cwd=PAGE.parents[1],
    )
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [report["file"] for report in reports] == files
    assert all(report["ok"] or report["error"].endswith(".") for report in reports)
    assert "Traceback" not in done.stderr
