"""What the jobs named in `contact_center.jobs` do."""

from datetime import timedelta
from uuid import UUID

import procrastinate
import structlog
from procrastinate import RetryDecision
from procrastinate.jobs import Job

from contact_center import jobs
from contact_center.accounts import service as accounts
from contact_center.attachments.storage import open_storage
from contact_center.cases import sla
from contact_center.clock import now
from contact_center.conversations import handoff, outbox, reminders
from contact_center.conversations.delivery import Delivery
from contact_center.conversations.dialogue import Assistant
from contact_center.conversations.handling import Handler
from contact_center.database import Database
from contact_center.notifications import followers
from contact_center.privacy import traces
from contact_center.settings import Settings, get_settings
from contact_center.understanding import service as review

EVERY_NIGHT = "17 23 * * *"
"""In UTC: 02:17 in Bahrain."""
EVERY_MINUTE = "* * * * *"

log = structlog.get_logger()


class _Patience(procrastinate.BaseRetryStrategy):
    """Jobs say themselves when to run again; any other error is retried for ever, ever more slowly, and logged."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        if isinstance(exception, jobs.RetryLater):
            milliseconds = int(exception.seconds * 1000)
            return RetryDecision(retry_in={"milliseconds": milliseconds})
        log.error("job_failed", task=job.task_name, job_id=job.id, attempts=job.attempts, exc_info=exception)
        return RetryDecision(retry_in={"seconds": min(2 ** min(job.attempts, 8), 300)})


def register(queue: procrastinate.App, database: Database, handler: Handler, delivery: Delivery) -> None:
    """Say what each job named in `contact_center.jobs` does."""

    @queue.task(name=jobs.HANDLE_MESSAGE, retry=_Patience(), pass_context=True)
    async def handle_message(context: procrastinate.JobContext, inbox_id: str) -> None:
        await handler.handle(UUID(inbox_id), tries=context.job.attempts)

    @queue.task(name=jobs.DELIVER, retry=_Patience())
    async def deliver(conversation_id: str) -> None:
        await delivery.deliver(UUID(conversation_id))

    @queue.task(name=jobs.TELL_FOLLOWERS, retry=_Patience())
    async def tell_followers(event_id: int) -> None:
        await followers.tell(database, event_id)

    @queue.periodic(cron=EVERY_NIGHT)
    @queue.task(name=jobs.DELETE_OLD_REVIEWS, retry=_Patience())
    async def delete_old_reviews(timestamp: int) -> None:
        async with database.transaction() as session:
            deleted = await review.delete_old(session)
        log.info("old_reviews_deleted", deleted=deleted)

    @queue.periodic(cron=EVERY_MINUTE)
    @queue.task(name=jobs.SLA_TICK, retry=_Patience(), queueing_lock=jobs.SLA_TICK)
    async def sla_tick(timestamp: int) -> None:
        noted = await sla.tick(database, now())
        if noted:
            log.info("deadlines_noted", noted=noted)

    @queue.periodic(cron=EVERY_MINUTE)
    @queue.task(name=jobs.SEND_HELD, retry=_Patience(), queueing_lock=jobs.SEND_HELD)
    async def send_held(timestamp: int) -> None:
        async with database.transaction() as session:
            let_go = await outbox.let_go(session, now())
        if let_go:
            log.info("held_messages_sent", conversations=let_go)

    @queue.periodic(cron=EVERY_MINUTE)
    @queue.task(name=jobs.GIVE_BACK_FORGOTTEN, retry=_Patience())
    async def give_back_forgotten(timestamp: int) -> None:
        patience = timedelta(minutes=get_settings().agent_silence_minutes)
        async with database.transaction() as session:
            given_back = await handoff.give_back_forgotten(session, patience)
        if given_back:
            log.warning("agents_silent", given_back=given_back)

    @queue.periodic(cron=EVERY_MINUTE)
    @queue.task(name=jobs.END_ABANDONED_DUTY, retry=_Patience(), queueing_lock=jobs.END_ABANDONED_DUTY)
    async def end_abandoned_duty(timestamp: int) -> None:
        async with database.transaction() as session:
            left = await accounts.end_abandoned_duty(session)
        if left:
            log.info("agents_left", usernames=left)


def register_drafts(queue: procrastinate.App, database: Database, assistant: Assistant, settings: Settings) -> None:
    """Say what the jobs do that look after half-filled cases."""
    after = timedelta(hours=settings.draft_reminder_hours)
    storage = open_storage(settings)

    @queue.periodic(cron=EVERY_MINUTE)
    @queue.task(name=jobs.REMIND_OF_DRAFTS, retry=_Patience(), queueing_lock=jobs.REMIND_OF_DRAFTS)
    async def remind_of_drafts(timestamp: int) -> None:
        async with database.transaction() as session:
            reminded = await reminders.remind(session, after)
        if reminded:
            log.info("reminded_of_drafts", reminded=reminded)

    @queue.periodic(cron=EVERY_NIGHT)
    @queue.task(name=jobs.DROP_OLD_DRAFTS, retry=_Patience())
    async def drop_old_drafts(timestamp: int) -> None:
        async with database.transaction() as session:
            old = await reminders.drop_old(session)
            files = await reminders.drop_files(session)
        for key in files:
            await storage.remove(key, older_than=now() - reminders.DROPPED_AFTER)
        log.info("old_drafts_dropped", drafts=old, files=len(files))

    @queue.task(name=jobs.DROP_DRAFT, retry=_Patience())
    async def drop_draft(conversation_id: str) -> None:
        async with database.transaction() as session:
            old = await reminders.is_old(session, UUID(conversation_id))
        if old:
            await assistant.forget(conversation_id)
            async with database.transaction() as session:
                await reminders.dropped(session, UUID(conversation_id))


def register_privacy(queue: procrastinate.App, database: Database, assistant: Assistant, settings: Settings) -> None:
    """Say what the jobs do that end what people have asked for."""
    storage = open_storage(settings)

    @queue.task(name=jobs.REMOVE_TRACES, retry=_Patience())
    async def remove_traces(request_id: str) -> None:
        await traces.remove(database, assistant, storage, UUID(request_id))
