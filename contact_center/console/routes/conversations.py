"""Who wants a human being: the queue, whether one is there to take somebody, and taking whoever has waited longest."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from contact_center.accounts import service as accounts
from contact_center.api.dependencies import DatabaseOf
from contact_center.console.conversation_rows import queue
from contact_center.console.rendering import BASE, page
from contact_center.console.staff import CallDesk, actor
from contact_center.conversations import handoff
from contact_center.conversations.holding import Away, Full

HOME = f"{BASE}/conversations"

router = APIRouter(prefix="/conversations")


@router.get("")
async def show(
    request: Request,
    account: CallDesk,
    database: DatabaseOf,
    language: Literal["", "ar", "en"] = "",
    done: str = "",
) -> Response:
    """Mine, who waits, and whom colleagues serve. `language`: only people with it; `done`: what has just been done."""
    async with database.transaction() as session:
        shown = await queue(session, account, language)
    return page(request, "conversations.html", queue=shown, language=language, done=done)


@router.post("/presence")
async def presence(account: CallDesk, database: DatabaseOf, state: Annotated[Literal["on", "off"], Form()]) -> Response:
    """Say whether one takes conversations now, or is away."""
    async with database.transaction() as session:
        await accounts.set_duty(session, account.username, on=state == "on", actor=actor(account))
    return RedirectResponse(f"{HOME}?done={'there' if state == 'on' else 'away'}", 303)


@router.post("/next")
async def take_next(account: CallDesk, database: DatabaseOf) -> Response:
    """Take whoever has waited longest of those whose language one speaks."""
    try:
        async with database.transaction() as session:
            taken = await handoff.take_next(session, account.username, actor=actor(account))
    except (Away, Full) as error:
        return RedirectResponse(f"{HOME}?done={error.code}", 303)
    return RedirectResponse(f"{HOME}/{taken.conversation_id}" if taken else f"{HOME}?done=nobody", 303)
