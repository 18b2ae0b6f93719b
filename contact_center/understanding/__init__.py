"""What was not understood well, kept without personal data until an engineer has looked at it."""
