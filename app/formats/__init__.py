"""Domain values to files and back. Knows neither tables nor requests."""
