"""The rules of a case's life, as they are written in the issue and in docs/architecture.md."""

from datetime import timedelta

OPEN = {"received", "assigned", "in_progress", "waiting", "reopened", "transferred"}
"""The citizen still waits for something. The clock runs in each of them, but for `waiting`."""

REPLY_MAY_BE_RATED_FOR = timedelta(days=14)

MARKS = {"approaching": 80, "breached": 100}
"""Per cent of the time; the three escalations are the agency's own."""
LEVELS = ("officer", "supervisor", "head")

LEADS_TO = {
    "take": "in_progress",
    "word": "in_progress",
    "ask": "waiting",
    "close": "closed",
    "withdraw": "withdrawn",
    "reopen": "reopened",
    "transfer": "transferred",
}
FROM = {
    "take": OPEN - {"in_progress"},
    "word": OPEN - {"in_progress"},
    "ask": OPEN - {"waiting"},
    "answer": OPEN,
    "add": OPEN,
    "join": OPEN,
    "reply": OPEN | {"answered"},
    "close": OPEN | {"answered"},
    "transfer": OPEN,
    "interim": OPEN - {"waiting"},
    "withdraw": OPEN | {"answered"},
    "reopen": {"answered", "closed", "withdrawn"},
}
"""From where; what is not here may be done wherever a case stands."""

ADDS = {"answer", "add"}
"""Whatever the one who filed a case adds to it, be it meant as the answer or not, is what it waits for."""

TOLD = {"ask", "reply", "interim", "transfer", "word"}
"""Of what the filer, and whoever has joined, hear by a message; and that an open case is closed, unless it is a
compliment. Who files by phone is told of that by SMS as well."""
BY_CITIZENS = {"answer", "add", "withdraw", "reopen", "rate"}
"""What the filer does, by writing to us."""

NIGHT_BEGINS, NIGHT_ENDS = 21, 8
"""Hours in Bahrain between which nothing is sent but to who wrote in the last hour."""
AWAKE_FOR = timedelta(hours=1)
