"""Agencies, categories, the working calendar and deadlines."""
