"""How fast a similar open case is found among a million: `.venv/bin/python -m benchmarks.duplicates`."""
