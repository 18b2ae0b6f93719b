"""How fast the console's pages come at a million cases, and what they weigh: `.venv/bin/python -m benchmarks.pages`."""
