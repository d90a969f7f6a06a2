"""Rows for tests: small typed functions that add to the session and flush."""
