"""The job queue: procrastinate on our own database, so that a job is stored with what it is about.

Jobs are named here; `contact_center.tasks` says what each does. Jobs that share a lock run one at a time, in the
order in which they were stored; a job that waits for its next try holds back those behind it.
"""

from datetime import datetime
from typing import Any

import procrastinate
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.database import driver_connection, libpq_url

HANDLE_MESSAGE = "handle_message"
"""`inbox_id`: understand one inbound message and store the replies. Lock: the conversation."""
DELIVER = "deliver"
"""`conversation_id`: send what waits in the conversation's outbox. Lock: the conversation's outbox."""
TELL_FOLLOWERS = "tell_followers"
"""`event_id`: tell those who joined a case what the agency said in this event. Lock: the case."""
REMOVE_TRACES = "remove_traces"
"""`request_id`: remove what an erasure left outside the database."""

SEND_HELD = "send_held"
"""Every minute: let go of the messages that waited for the morning."""
REMIND_OF_DRAFTS = "remind_of_drafts"
"""Every minute: remind persons of the half-filled cases that they left."""
DROP_OLD_DRAFTS = "drop_old_drafts"
"""Once a day: have the oldest drafts dropped, and the files that belong to nothing."""
DROP_DRAFT = "drop_draft"
"""`conversation_id`: drop its draft, if it is still old. Lock: the conversation."""
DELETE_OLD_REVIEWS = "delete_old_reviews"
"""Once a day: delete texts that were kept for review and have had their time."""

SLA_TICK = "sla_tick"
"""Every minute: note which deadlines came near or passed, and whom cases go to."""
GIVE_BACK_FORGOTTEN = "give_back_forgotten"
"""Every minute: give conversations whose agent has fallen silent back to the assistant."""
END_ABANDONED_DUTY = "end_abandoned_duty"
"""Every minute: let those be away who are on duty and have no page open any more."""


def open_queue(url: str) -> procrastinate.App:
    """The queue on the database at `url` (libpq); the caller opens and closes it (`async with app.open_async()`)."""
    return procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=libpq_url(url)))


_deferring = procrastinate.App(connector=procrastinate.PsycopgConnector())
# Only builds jobs: they are written on the session's connection, so this one is never opened.


async def defer(
    session: AsyncSession, task: str, *, lock: str | None = None, at: datetime | None = None, **arguments: Any
) -> None:
    """Store a job in the session's transaction: it exists if, and only if, the transaction commits.

    `at`: not before this moment (aware). `arguments`: JSON values only.
    """
    job = _deferring.configure_task(
        task, allow_unknown=True, lock=lock, schedule_at=at, connection=await driver_connection(session)
    )
    await job.defer_async(**arguments)


class RetryLater(Exception):
    """Raised in a job that is to run again after `seconds`, however often that has happened before."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:g} s")
        self.seconds = seconds
