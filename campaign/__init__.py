"""Runs that try to break the promises: races, crashes, copies under load. `dev.py campaign`."""
