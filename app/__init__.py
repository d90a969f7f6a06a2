"""Concordat: organisations writing an agreement together.

The map, from the ground up; imports go down only (docs/architecture.md):
kernel · domain · models | formats · access · ledger · queries · actions · http · web | cli ·
settings · factory · command.
"""
