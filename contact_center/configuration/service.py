"""What an administrator can do: save a form, remove an entry, undo a set of changes. Nothing here commits.

After `Refused` the transaction has to be rolled back.
"""

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.checks import Fault, Why
from contact_center.configuration import history, tables
from contact_center.configuration.changes import Refused, Wanted, apply, hold
from contact_center.configuration.fields import Form, Wrong
from contact_center.configuration.kinds import KINDS, Field, Kind
from contact_center.configuration.models import ConfigurationChange
from contact_center.errors import NotFound


async def save(
    session: AsyncSession, kind: Kind, code: str | None, form: Form, *, seen: int, actor: str
) -> tuple[str, int | None]:
    """Change the entry of a code, or (None) add one, as a form says.

    `seen`: the number of the entry's newest change when the form was opened, 0 for none. Returns the entry's code and
    the number of the change set, None where nothing is different. Raises `Refused`, with every field that is wrong.
    """
    adds = code is None
    read, faults = {}, []
    for field in (*(kind.key if adds else ()), *kind.fields):
        try:
            read[field.name] = field.type.read(form, field.name)
        except Wrong as wrong:
            faults.append(Fault(kind.name, code or "", field.name, wrong.why, wrong.value))
    if faults:
        raise Refused(*faults)
    code = ":".join(str(read.pop(field.name)) for field in kind.key) if code is None else code
    await hold(session)
    there = await tables.entry(session, kind, code) is not None
    if adds and there:
        raise Refused(Fault(kind.name, code, kind.key[0].name, "is_there", code))
    if not adds and not there:
        raise NotFound("There is no such entry.")
    if not adds:
        await _check_seen(session, kind, code, seen)
    return code, await apply(session, [Wanted(kind.name, code, read)], actor, "change")


async def remove(session: AsyncSession, kind: Kind, code: str, *, seen: int, actor: str) -> int | None:
    """Remove an entry of a kind that may be removed; the number of the change set.

    Raises `Refused`, `NotFound`.
    """
    if not kind.may_remove:
        raise Refused(Fault(kind.name, code, kind.key[0].name, "is_kept"))
    await hold(session)
    if await tables.entry(session, kind, code) is None:
        raise NotFound("There is no such entry.")
    await _check_seen(session, kind, code, seen)
    return await apply(session, [Wanted(kind.name, code, None)], actor, "change")


async def undo(session: AsyncSession, change_set: int, *, actor: str) -> int | None:
    """Put back what a set of changes changed, as a set of its own; its number.

    Raises `Refused` where something newer changed one of its entries, or an entry that it added is used; `NotFound`.
    """
    await hold(session)
    changes = await history.of_set(session, change_set)
    if not changes:
        raise NotFound("There is no such change.")
    newest = await history.newest(session, changes)
    later = [change for change in changes if newest[change.kind, change.code] != change.number]
    if later:
        raise Refused(*(_fault(change, "changed_since") for change in later))
    back = [Wanted(one.kind, one.code, one.before, undoes=one.number) for one in changes]
    return await apply(session, back, actor, "undo")


def at_first(kind: Kind) -> dict[str, str]:
    """The inputs of the form of a new entry."""
    fields: tuple[Field, ...] = (*kind.key, *kind.fields)
    return {field.name: field.at_first for field in fields if field.at_first}


async def _check_seen(session: AsyncSession, kind: Kind, code: str, seen: int) -> None:
    if await history.newest_of(session, kind.name, code) != seen:
        raise Refused(Fault(kind.name, code, kind.key[0].name, "changed_meanwhile"))


def _fault(change: ConfigurationChange, why: Why) -> Fault:
    return Fault(change.kind, change.code, KINDS[change.kind].key[0].name, why)
