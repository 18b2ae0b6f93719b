"""The worker process: carries out jobs, brings back the jobs of workers that died, and hears Telegram."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Coroutine
from datetime import timedelta
from typing import Any
from uuid import UUID

import procrastinate
import structlog
from procrastinate import RetryDecision
from procrastinate.jobs import Job

from contact_center import embedded_postgres, jobs, telegram_updates
from contact_center.accounts import service as accounts
from contact_center.attachments.storage import open_storage
from contact_center.cases import sla
from contact_center.channels.registry import open_channels
from contact_center.clock import now
from contact_center.conversations import handoff, outbox, reminders
from contact_center.conversations.delivery import Delivery
from contact_center.conversations.dialogue import Assistant
from contact_center.conversations.handling import Handler
from contact_center.conversations.outgoing_files import open_files
from contact_center.database import Database
from contact_center.notifications import followers
from contact_center.privacy import traces
from contact_center.settings import Settings, get_settings
from contact_center.understanding import service as review

CONCURRENCY = 32
POLLING_SECONDS = 0.5
"""How late a job that waits for its next try may be; new jobs are heard of at once."""
HEARTBEAT_SECONDS = 2.0
DEAD_AFTER_SECONDS = 8.0
"""A worker that has not been heard of for so long is dead: its jobs are taken over."""
STOP_SECONDS = 20.0
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


async def run_worker(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT; jobs under way may finish first."""
    url = embedded_postgres.database_url(settings)
    database = Database(url, pool_size=CONCURRENCY)
    assistant = Assistant(settings.rasa_url, settings.effective_internal_token)
    channels = open_channels(settings)
    queue = jobs.open_queue(url)
    storage = open_storage(settings)
    handler = Handler(database, assistant, channels, storage, settings.gather_seconds, settings.draft_pause_hours)
    register(queue, database, handler, Delivery(database, channels, open_files(settings)))
    register_drafts(queue, database, assistant, settings)
    register_privacy(queue, database, assistant, settings)
    try:
        async with (
            queue.open_async(),
            _beside(_take_over_for_ever(queue), telegram_updates.run(settings, database, channels)),
        ):
            await _work(queue)
    finally:
        for channel in channels.values():
            await channel.close()
        await assistant.close()
        await database.close()


async def _work(queue: procrastinate.App) -> None:
    """Run the queue's worker until a signal; a second signal in the meantime changes nothing."""
    worker = asyncio.create_task(
        queue.run_worker_async(
            concurrency=CONCURRENCY,
            fetch_job_polling_interval=POLLING_SECONDS,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=DEAD_AFTER_SECONDS,
            shutdown_graceful_timeout=STOP_SECONDS,
            delete_jobs="successful",
            install_signal_handlers=False,
        )
    )
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    stopping = asyncio.create_task(stop.wait())
    log.info("worker_ready", concurrency=CONCURRENCY)
    await asyncio.wait({worker, stopping}, return_when=asyncio.FIRST_COMPLETED)
    worker.cancel()
    stopping.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await worker


async def _take_over_for_ever(queue: procrastinate.App) -> None:
    """Put the jobs of dead workers back into the queue."""
    while True:
        await asyncio.sleep(HEARTBEAT_SECONDS)
        try:
            for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS):
                log.warning("job_taken_over", task=job.task_name, job_id=job.id)
                await queue.job_manager.retry_job(job)
        except procrastinate.exceptions.ProcrastinateException as error:
            log.warning("take_over_failed", error=str(error)[:200])


@contextlib.asynccontextmanager
async def _beside(*coroutines: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run coroutines in the background while the block lasts."""
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
