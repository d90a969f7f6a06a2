"""Measurements, each beside its floor in the same run. `python3 dev.py bench [NAMES]`."""
