"""What can be done with texts for review. Nothing here commits; personal data are taken out before a text is kept."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncSession

from bot.arabic.redaction import redact
from contact_center.clock import now
from contact_center.errors import Conflict, InvalidInput
from contact_center.understanding.labels import NO_CATEGORY, intents
from contact_center.understanding.models import ReviewItem

KEPT = timedelta(days=90)
"""How long an item stays, looked at or not."""
_LONGEST = 2000
_PLACEHOLDER = re.compile(r"§[a-z]+")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Routing:
    """Where a case lies, by codes."""

    category: str
    agency: str


async def remember_message(
    session: AsyncSession,
    inbox_id: UUID,
    text: str,
    *,
    channel: str,
    names: Iterable[str],
    about: str,
    guesses: Mapping[str, Sequence[Mapping[str, Any]]],
) -> None:
    """Keep a person's words that were not understood; `about` says what of them: `intent` or `category`.

    `names`: what the person is called. `guesses`: `intents` and `categories` as `ReviewItem.labels` has them. Once per
    message; nothing is kept of one that has no words beside personal data.
    """
    item = _item(f"message:{inbox_id}", text, names, why=about, channel=channel, labels=dict(guesses))
    if item:
        await session.execute(insert(ReviewItem).values(**item).on_conflict_do_nothing())


async def remember_move(
    session: AsyncSession,
    case_id: UUID,
    text: str,
    *,
    channel: str,
    names: Iterable[str],
    before: Routing,
    after: Routing,
) -> None:
    """Keep a case that staff moved to another agency or category; the caller holds the case's row.

    A case is kept once: of several moves the first `before` and the last `after` count, a case that came back is no
    longer of interest, and one that was accepted stays as it was.
    """
    known = await session.scalar(select(ReviewItem).where(ReviewItem.source_key == f"case:{case_id}"))
    if known is None:
        labels = {"before": asdict(before), "after": asdict(after)}
        item = _item(f"case:{case_id}", text, names, why="moved", channel=channel, labels=labels)
        if item and before != after:
            session.add(ReviewItem(**item))
    elif known.status == "waiting":
        known.labels = {**known.labels, "after": asdict(after)}
        if known.labels["before"] == known.labels["after"]:
            await session.delete(known)
    await session.flush()


def choose(item: ReviewItem, intent: str, category: str | None, categories: Collection[str]) -> None:
    """Say what was meant, for the next export to the training data; again where somebody was wrong.

    `categories`: those that there are. Raises `InvalidInput` (`field`: `intent` or `category`) for what does not go
    together, `Conflict` for an item that is in the training data.
    """
    if item.status == "accepted":
        raise Conflict(f"Item {item.id} was accepted before.")
    if intent not in intents():
        raise InvalidInput("There is no such intent.", field="intent")
    if (category is not None) != intents()[intent] or (category and category not in {*categories, NO_CATEGORY}):
        raise InvalidInput("The intent and the category do not go together.", field="category")
    item.labels = {**item.labels, "chosen": {"intent": intent, "category": category}}
    item.status, item.decided_at = "chosen", now()


def accept(item: ReviewItem) -> None:
    """Mark an item as written into the training data. Raises `Conflict` for one that was before."""
    if item.status == "accepted":
        raise Conflict(f"Item {item.id} was accepted before.")
    item.status, item.decided_at = "accepted", now()


async def dismiss(session: AsyncSession, item: ReviewItem) -> None:
    """Drop an item."""
    await session.delete(item)
    await session.flush()


async def delete_old(session: AsyncSession) -> int:
    """Delete what is older than `KEPT`; returns how many. To be called once a day."""
    deleted = await session.execute(delete(ReviewItem).where(ReviewItem.created_at < now() - KEPT))
    return deleted.rowcount if isinstance(deleted, CursorResult) else 0


def _item(source_key: str, text: str, names: Iterable[str], **known: Any) -> dict[str, Any] | None:
    """The columns of an item, without personal data; None where nothing else was said."""
    plain = redact(_beginning(text), names)
    if not _LETTER.search(_PLACEHOLDER.sub("", plain)):
        return None
    return {"source_key": source_key, "text": plain, **known}


def _beginning(text: str) -> str:
    """The first words of a long story: they are enough to learn from, and none of them is cut in two."""
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0]
