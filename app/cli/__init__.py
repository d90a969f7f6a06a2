"""The commands, one module a noun; each offers COMMANDS."""
