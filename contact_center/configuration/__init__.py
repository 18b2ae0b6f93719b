"""What administrators change: a registry of kinds of entries, one mechanism that changes them, and its history."""
