"""Every change anyone can make: one function each, through one gate (unit.py)."""
