"""`tawasul up`: starts every process of one machine, keeps it running, and stops all of them in order."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable, Coroutine

import psutil

from contact_center.settings import Settings
from contact_center.supervision import preflight, processes
from contact_center.supervision.child import Child, Process
from contact_center.supervision.models import model_path
from contact_center.supervision.terminal import Terminal
from contact_center.supervision.training import ensure_model

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


async def run(settings: Settings, terminal: Terminal | None = None) -> None:
    """Run everything until SIGINT, SIGTERM or SIGHUP; a second signal kills all but the database.

    Raises a `TawasulError` whose sentence says what is in the way.
    """
    with preflight.only_one(settings.data_dir):
        supervisor = Supervisor(settings, terminal or Terminal())
        supervisor.check()
        try:
            await supervisor.run_until_told_to_stop()
        finally:
            await supervisor.stop()


class Supervisor:
    """The processes of one machine; one instance a run."""

    def __init__(self, settings: Settings, terminal: Terminal) -> None:
        self._settings = settings
        self._terminal = terminal
        self._children: list[Child] = []
        self._how_to_sign_in: str | None = None
        self._told_to_stop = asyncio.Event()

    def check(self) -> None:
        """Raise `CannotStart` where something is in the way; ends what a killed supervisor left behind."""
        if ended := preflight.end_leftovers(self._settings.data_dir):
            self._terminal.say(f"An earlier start was killed: {ended} of its processes were ended.", style="yellow")
        preflight.check_ports(preflight.addresses(self._settings))
        preflight.check_room(self._settings.data_dir)
        preflight.check_sign_in(self._settings)

    async def run_until_told_to_stop(self) -> None:
        """Start everything, then wait for a signal (which may come while things still start)."""
        loop = asyncio.get_running_loop()
        for number in STOP_SIGNALS:
            loop.add_signal_handler(number, self._on_signal)
        await self._unless_told_to_stop(self._start())
        await self._told_to_stop.wait()

    async def stop(self) -> None:
        """Stop all: first what takes new work, the database last."""
        self._show_how_to_sign_in()  # where we are stopped before the greeting: it is not shown again
        self._terminal.say("Stopping …")
        for order in sorted({child.process.stops for child in self._children}):
            await asyncio.gather(*(child.stop() for child in self._children if child.process.stops == order))
        self._terminal.say("Stopped.")

    async def _start(self) -> None:
        database = None if self._settings.database_url else self._child(self._database())
        prepare = await asyncio.to_thread(_load_prepare)
        url = (await database.ready_line())[1] if database else processes.plain(self._settings.database_url)
        ours = processes.service_environment(self._settings, url) | self._colours()
        rasas = processes.assistant_environment(self._settings, url)
        web = self._child(processes.web(self._settings, ours))  # it is still loading when the schema is there
        model = model_path()
        trained = model.exists()
        slow = [self._child(processes.assistant(self._settings, model, rasas))] if trained else []
        self._how_to_sign_in = await prepare(url)
        pages_after = await self._pages(web)
        slow += [self._child(processes.worker(ours)), self._child(processes.actions(self._settings, ours))]
        if not trained:
            model = await ensure_model(self._terminal, rasas)
            slow.append(self._child(processes.assistant(self._settings, model, rasas)))
        for child in slow:
            await child.ready.wait()
        self._greet(pages_after)

    def _database(self) -> Process:
        return processes.database(self._settings, processes.service_environment(self._settings, None))

    def _colours(self) -> dict[str, str]:
        return {"FORCE_COLOR": "1"} if self._terminal.is_a_person else {}

    def _greet(self, pages_after: float) -> None:
        from contact_center.supervision import greeting  # it asks the channels, whose libraries take a while to load

        greeting.show(self._terminal, self._settings, pages_after, _seconds_since_start())
        self._show_how_to_sign_in()

    async def _pages(self, web: Child) -> float:
        """Wait for the pages and say so; seconds since we started."""
        await web.ready.wait()
        after = _seconds_since_start()
        self._terminal.say(f"Pages are served after {after:.1f} s: {self._settings.local_url}/chat", style="green")
        return after

    def _child(self, process: Process) -> Child:
        child = Child(process, self._terminal)
        self._children.append(child)
        return child

    async def _unless_told_to_stop(self, starting: Coroutine[None, None, None]) -> None:
        """Carry on with `starting` until it is done or a signal comes; its error is ours."""
        task = asyncio.create_task(starting)
        stopping = asyncio.create_task(self._told_to_stop.wait())
        await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
        elif error := task.exception():
            raise error

    def _on_signal(self) -> None:
        if self._told_to_stop.is_set():
            for child in self._children:
                if not child.process.in_good_order:
                    child.kill()
        self._told_to_stop.set()

    def _show_how_to_sign_in(self) -> None:
        if self._how_to_sign_in:
            self._terminal.say(f"  {self._how_to_sign_in}", style="bold green")
            self._how_to_sign_in = None


def _load_prepare() -> Callable[[str], Awaitable[str | None]]:
    """The libraries behind it take a second to load: that is done while the database starts."""
    from contact_center.supervision.preparing import prepare

    return prepare


def _seconds_since_start() -> float:
    return time.time() - psutil.Process().create_time()
