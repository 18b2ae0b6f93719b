"""The kinds of case that have ways of their own; complaints and inquiries go the common way."""

from contact_center.agencies.entries import CaseType

COMPLIMENT: CaseType = "compliment"
"""Has no deadline: nothing is owed for a kind word. It is passed on to the person it is about."""
SUGGESTION: CaseType = "suggestion"
"""Is answered with an outcome, see `contact_center.cases.outcomes`."""
