"""What comes with a version of the service gets into the database; part of `tawasul db migrate`.

A database that is empty starts from it. From then on the database is the truth: what is new in the shipped catalogue is
added, and an entry is changed as the catalogue has it only if no administrator ever added, changed or removed it. Codes
that left the catalogue stay in the tables, since cases name them.
"""

import structlog
import yaml
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import queries, working_hours
from contact_center.agencies.entries import Catalogue
from contact_center.configuration.as_entries import wanted
from contact_center.configuration.changes import Refused, Wanted, apply, hold
from contact_center.configuration.kinds import KINDS
from contact_center.configuration.models import ConfigurationChange
from contact_center.configuration.tables import write

ACTOR = "system"
_OFFICES = "offices"

log = structlog.get_logger()


async def load(session: AsyncSession, catalogue: Catalogue) -> None:
    """Add and change what may be; running it again changes nothing."""
    await hold(session)
    present = await queries.catalogue(session)
    shipped = [*wanted(catalogue, present), _hours()]
    if not present.agencies:
        for entry in shipped:  # the beginning of its history, and no change of it
            await write(session, KINDS[entry.kind], entry.code, entry.after)
        return
    theirs = await _touched_by_administrators(session)
    await _as_far_as_possible(session, [entry for entry in shipped if (entry.kind, entry.code) not in theirs])


async def _as_far_as_possible(session: AsyncSession, entries: list[Wanted]) -> None:
    """Leave out what contradicts what administrators have changed."""
    while entries:
        try:
            async with session.begin_nested():
                await apply(session, entries, ACTOR, "shipped")
        except Refused as refused:
            named = {(fault.kind, fault.code) for fault in refused.faults}
            left = [entry for entry in entries if (entry.kind, entry.code) not in named]
            if len(left) == len(entries):
                raise
            log.warning("shipped_entries_left_out", entries=sorted(code for _, code in named))
            entries = left
        else:
            return


async def _touched_by_administrators(session: AsyncSession) -> set[tuple[str, str]]:
    theirs = ConfigurationChange.actor != ACTOR
    touched = select(ConfigurationChange.kind, ConfigurationChange.code).where(theirs).distinct()
    return {(kind, code) for kind, code in await session.execute(touched)}


def _hours() -> Wanted:
    return Wanted("hours", _OFFICES, yaml.safe_load(working_hours.FILE.read_text(encoding="utf-8")))
