"""How well messages are understood, beside Rasa's default pipeline: `.venv/bin/python -m benchmarks.nlu`."""
