"""Inbox, dialogue with the assistant, outbox."""
