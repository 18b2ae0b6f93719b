"""What a citizen is told by the service itself, and how it is worded."""
