"""How fast a message is answered, beside Rasa's default configuration: `.venv/bin/python -m benchmarks.turns`."""
