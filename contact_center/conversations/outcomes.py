"""What becomes of a conversation that an agent has dealt with."""

from enum import StrEnum


class Outcome(StrEnum):
    """As the agent says it when they end it."""

    INFORMED = "informed"
    """The person has what they asked for."""
    FILED = "filed"
    """There is a case now, or there was one."""
    REFERRED = "referred"
    """It is for somebody else, whom the person was named."""
    NO_ANSWER = "no_answer"
    """The person writes no more."""
    ABUSIVE = "abusive"
