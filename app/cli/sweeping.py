"""What the worker does every minute."""


def sweep() -> None:
    """Count the ballots that are due, send the notices that wait."""
