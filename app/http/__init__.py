"""What the doors share: who is calling, CSRF, headers, limits, error to status."""
