"""Templates become pages: the reader's language and direction, and how values are written."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.arabic import english_name
from contact_center.accounts.models import Account
from contact_center.accounts.roles import only_reads
from contact_center.console import moments
from contact_center.console.permissions import (
    administers,
    audits,
    configures,
    sees_compliments,
    sees_configuration,
    sees_people,
    takes_calls,
)
from contact_center.console.static_files import version
from contact_center.console.waiting import Waiting
from contact_center.console.words import known, words

BASE = "/console"


@lru_cache(maxsize=1)
def templates() -> Environment:
    """The templates; whatever is put into them is escaped, and a misspelt name is an error."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def language_of(request: Request) -> str:
    """The account's language; before sign-in what the address asks for (`?lang=en`), else Arabic."""
    account: Account | None = getattr(request.state, "account", None)
    chosen = account.language if account else request.query_params.get("lang")
    return "en" if chosen == "en" else "ar"


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page from a template; it also knows `t` (words), `account`, `lang` and how to write moments and numbers."""
    language = language_of(request)
    account: Account | None = getattr(request.state, "account", None)
    context: dict[str, Any] = {
        "lang": language,
        "account": account,
        "takes_calls": account is not None and takes_calls(account),
        "configures": account is not None and configures(account),
        "sees_configuration": account is not None and sees_configuration(account),
        "sees_people": account is not None and sees_people(account),
        "administers": account is not None and administers(account),
        "audits": account is not None and audits(account),
        "only_reads": account is not None and only_reads(account),
        "first_step": getattr(request.state, "first_step", None),
        "waiting": getattr(request.state, "waiting", Waiting()),
        "has_compliments": account is not None and sees_compliments(account),
        "base": BASE,
        "static": f"{BASE}/static/{version()}",
        "path": request.url.path,
        "here": _here(request),
        "t": translator(language),
        "known": known,
        **{name: _in_language(function, language) for name, function in _WRITERS.items()},
    }
    return HTMLResponse(templates().get_template(template).render(context | values), status)


def _here(request: Request) -> str:
    """The address to come back to."""
    if request.method != "GET":
        return f"{BASE}/"
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def translator(language: str) -> Callable[..., str]:
    """`t("case.reply")` for one language."""
    return lambda name, /, **values: words(name, language, **values)


def _in_language(function: Callable[..., str], language: str) -> Callable[..., str]:
    return partial(function, language=language)


def area(name: str, language: str) -> str:
    """A place's name, in English where it has one."""
    return (english_name(name) or name) if language == "en" else name


def _at(moment: datetime, write: Callable[[datetime], str], language: str) -> Markup:
    """A moment as `write` says it, and exactly for whoever points at it."""
    exactly = moments.exactly(moment, language)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(moment.isoformat(), exactly, write(moment))


_WRITERS: dict[str, Callable[..., str]] = {
    "area": area,
    "number": moments.number,
    "decimal": moments.decimal,
    "hours": moments.hours,
    "duration": moments.duration,
    "at": _at,
    "date": moments.day,
    "day": moments.said_day,
    "clock_time": moments.clock_time,
    "day_and_time": moments.day_and_time,
}
