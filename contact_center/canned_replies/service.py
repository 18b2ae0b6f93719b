"""What can be done with canned replies. Nothing here commits; each change is in the audit trail."""

import re
from dataclasses import asdict, dataclass

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import audit
from contact_center.agencies.models import Agency
from contact_center.canned_replies.models import CannedReply
from contact_center.canned_replies.placeholders import PLACEHOLDERS, unknown
from contact_center.errors import InvalidInput, NotFound

MAX_TEXT = 2_000
MAX_TITLE = 80
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")


@dataclass(frozen=True)
class Wording:
    """What a canned reply says, and to whom it is offered: one agency by code, or (None) all."""

    title_ar: str
    title_en: str
    text_ar: str
    text_en: str
    agency: str | None = None


async def save_canned_reply(session: AsyncSession, code: str, wording: Wording, *, actor: str) -> CannedReply:
    """Make a canned reply, or change the one of that code; returns it.

    Raises `InvalidInput` for a code, agency, title or text that cannot be, and for an unknown placeholder.
    """
    await _check(session, code, wording)
    values = {name: value.strip() if value else value for name, value in asdict(wording).items()}
    row = insert(CannedReply).values(code=code, **values)
    saved = row.on_conflict_do_update(index_elements=["code"], set_=values).returning(CannedReply)
    reply = (await session.scalars(saved, execution_options={"populate_existing": True})).one()
    await audit.record(session, actor, "canned_reply.save", code, **values)
    return reply


async def delete_canned_reply(session: AsyncSession, code: str, *, actor: str) -> None:
    """Take a canned reply away; what was said with it stays said. Raises `NotFound`."""
    reply = await session.get(CannedReply, code, with_for_update=True)
    if reply is None:
        raise NotFound(f"There is no canned reply {code}.")
    await session.delete(reply)
    await audit.record(session, actor, "canned_reply.delete", code)


async def _check(session: AsyncSession, code: str, wording: Wording) -> None:
    if not _CODE.fullmatch(code):
        raise InvalidInput("A code has 2 to 40 of the letters a-z, digits and dashes.", code=code)
    titles, texts = (wording.title_ar, wording.title_en), (wording.text_ar, wording.text_en)
    for most, both in ((MAX_TITLE, titles), (MAX_TEXT, texts)):
        if not all(0 < len(one.strip()) <= most for one in both):
            raise InvalidInput(f"It has two titles of up to {MAX_TITLE} characters, two texts of up to {MAX_TEXT}.")
    strange = sorted({*unknown(wording.text_ar), *unknown(wording.text_en)})
    if strange:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise InvalidInput(f"Unknown: {', '.join(strange)}. Placeholders are {known}.", unknown=strange)
    if wording.agency is not None and await session.get(Agency, wording.agency) is None:
        raise InvalidInput(f"There is no agency {wording.agency!r}.")
