"""The tests, laid out as the house is; tests/house keeps the house rules."""
