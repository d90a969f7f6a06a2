"""Rows for tests: small typed functions that are committed, as the gate wants it."""
