"""The worker process: carries out jobs, brings back the jobs of workers that died, and hears Telegram."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import procrastinate
import structlog

from contact_center import embedded_postgres, jobs, telegram_updates
from contact_center.attachments.storage import open_storage
from contact_center.channels.registry import open_channels
from contact_center.conversations.delivery import Delivery
from contact_center.conversations.dialogue import Assistant
from contact_center.conversations.handling import Handler
from contact_center.conversations.outgoing_files import open_files
from contact_center.database import Database
from contact_center.settings import Settings
from contact_center.tasks import register, register_drafts, register_privacy

CONCURRENCY = 32
POLLING_SECONDS = 0.5
"""How late a job that waits for its next try may be; new jobs are heard of at once."""
HEARTBEAT_SECONDS = 2.0
DEAD_AFTER_SECONDS = 8.0
"""A worker that has not been heard of for so long is dead: its jobs are taken over."""
STOP_SECONDS = 20.0

log = structlog.get_logger()


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
