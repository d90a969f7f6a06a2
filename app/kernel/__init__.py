"""Ids, clock, errors: what every floor may use."""
