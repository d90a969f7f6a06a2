"""Word out and Word in."""
