"""Staff, roles, sessions, API keys."""
