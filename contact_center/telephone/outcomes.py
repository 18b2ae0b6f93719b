"""What may become of a call, and of a wish to be called back."""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of a call."""

    FILED = "filed"
    INFORMED = "informed"
    """They heard what they wanted to know."""
    REFERRED = "referred"
    """It is nothing that we deal with, and they know who does."""
    CALLBACK = "callback"
    """They are called back."""
    CUT_OFF = "cut_off"
    WRONG_NUMBER = "wrong_number"
    ABUSIVE = "abusive"
    HUNG_UP = "hung_up"
    """While the menu spoke."""
    ABANDONED = "abandoned"
    """While they waited for an agent."""


WRITTEN = tuple(outcome for outcome in Outcome if outcome not in (Outcome.HUNG_UP, Outcome.ABANDONED))
"""Those that an agent may write of a call."""


class Result(StrEnum):
    """What became of a wish to be called back."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    NOT_NEEDED = "not_needed"
