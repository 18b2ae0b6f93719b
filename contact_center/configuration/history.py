"""Reads: who changed what, when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.configuration.models import ConfigurationChange

PAGE = 30
_SHOWN = 12


@dataclass(frozen=True)
class ChangeSet:
    """What was changed at once. `changes`: its first ones; `more`: how many there are besides."""

    number: int
    changes: Sequence[ConfigurationChange]
    more: int
    undone: bool
    """Whether all of it was taken back."""

    @property
    def first(self) -> ConfigurationChange:
        """The change that all others share who and when with."""
        return self.changes[0]


async def page(
    session: AsyncSession, *, kind: str | None = None, code: str | None = None, before: int | None = None
) -> tuple[list[ChangeSet], int | None]:
    """The newest sets older than the set `before`, of one kind or one entry; and where the next page begins."""
    sets = select(ConfigurationChange.change_set).distinct().order_by(ConfigurationChange.change_set.desc())
    if kind:
        sets = sets.where(ConfigurationChange.kind == kind)
    if code:
        sets = sets.where(ConfigurationChange.code == code)
    if before is not None:
        sets = sets.where(ConfigurationChange.change_set < before)
    numbers = (await session.scalars(sets.limit(PAGE + 1))).all()
    shown = numbers[:PAGE]
    return await _sets(session, shown), shown[-1] if len(numbers) > PAGE else None


async def one_set(session: AsyncSession, number: int) -> ChangeSet | None:
    """A set with all of its changes."""
    changes = await of_set(session, number)
    undone = await _undone(session, [number])
    return ChangeSet(number, changes, 0, number in undone) if changes else None


async def of_set(session: AsyncSession, number: int) -> Sequence[ConfigurationChange]:
    """A set's changes in their order."""
    found = select(ConfigurationChange).where(ConfigurationChange.change_set == number)
    return (await session.scalars(found.order_by(ConfigurationChange.number))).all()


async def newest(session: AsyncSession, changes: Iterable[ConfigurationChange]) -> dict[tuple[str, str], int]:
    """The number of the newest change of each entry that the changes are of."""
    key = tuple_(ConfigurationChange.kind, ConfigurationChange.code)
    entries = [(change.kind, change.code) for change in changes]
    found = await session.execute(
        select(ConfigurationChange.kind, ConfigurationChange.code, func.max(ConfigurationChange.number))
        .where(key.in_(entries))
        .group_by(ConfigurationChange.kind, ConfigurationChange.code)
    )
    return {(kind, code): number for kind, code, number in found}


async def newest_of(session: AsyncSession, kind: str, code: str) -> int:
    """The number of an entry's newest change; 0 where it has none."""
    of_it = ConfigurationChange.kind == kind, ConfigurationChange.code == code
    return await session.scalar(select(func.max(ConfigurationChange.number)).where(*of_it)) or 0


async def _sets(session: AsyncSession, numbers: Sequence[int]) -> list[ChangeSet]:
    ordered = ConfigurationChange.change_set.desc(), ConfigurationChange.number
    found = select(ConfigurationChange).where(ConfigurationChange.change_set.in_(numbers)).order_by(*ordered)
    undone = await _undone(session, numbers)
    sets = []
    for number, changes in groupby(await session.scalars(found), key=lambda change: change.change_set):
        listed = list(changes)
        sets.append(ChangeSet(number, listed[:_SHOWN], len(listed[_SHOWN:]), number in undone))
    return sets


async def _undone(session: AsyncSession, numbers: Sequence[int]) -> set[int]:
    """Those of the sets of which some change was taken back; sets are taken back whole."""
    taken_back = select(ConfigurationChange.undoes).where(ConfigurationChange.undoes.is_not(None))
    found = select(ConfigurationChange.change_set).where(
        ConfigurationChange.change_set.in_(numbers), ConfigurationChange.number.in_(taken_back)
    )
    return set(await session.scalars(found.distinct()))
