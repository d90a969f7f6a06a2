"""The committed bundle is built from the committed sources, and says where nothing comes from."""

import gzip

from tests.house.vendored import CHECKSUMS, STATIC, checksums

LARGEST = 110_000
"""Bytes of the editor, compressed; it loads only on the page that needs it."""


def test_the_bundle_was_built_from_these_sources():
    assert CHECKSUMS.read_text(encoding="utf-8") == checksums(), "python3 dev.py build-static"


def test_the_lock_names_no_address():
    assert "http" not in (STATIC / "package-lock.json").read_text(encoding="utf-8")


def test_the_editor_stays_small():
    assert len(gzip.compress((STATIC / "vendor" / "editor.js").read_bytes())) < LARGEST
