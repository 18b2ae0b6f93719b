"""What a person may want of a case that is filed: add to it, withdraw it, reopen it, rate the reply."""
