"""What is held of a person: shown, handed out and erased, each on their request."""
