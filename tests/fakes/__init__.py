"""Servers that stand for the providers, and behave as they do."""
