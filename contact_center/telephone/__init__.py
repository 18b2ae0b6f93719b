"""Telephone calls: the menu that answers, the queue, who takes a caller, and who is to be called back."""
