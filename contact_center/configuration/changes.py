"""The one way in which the configuration changes: all at once, checked as a whole, with its history. Never commits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import audit
from contact_center.agencies import checks, queries
from contact_center.agencies.checks import Fault
from contact_center.agencies.entries import Catalogue
from contact_center.agencies.models import ConfigurationVersion
from contact_center.configuration import tables
from contact_center.configuration.fields import AgencyCode
from contact_center.configuration.following import Written
from contact_center.configuration.kinds import KINDS, Kind
from contact_center.configuration.models import ConfigurationChange
from contact_center.configuration.tables import Entry
from contact_center.errors import InvalidInput

_NUMBERS = text("SELECT nextval('configuration_changes_number_seq') FROM generate_series(1, :count)")


class Refused(InvalidInput):
    """The change is not made, for these reasons."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True)
class Wanted:
    """An entry as it should be; None: not there. `undoes`: the number of the change that this takes back."""

    kind: str
    code: str
    after: Entry | None
    undoes: int | None = None


async def hold(session: AsyncSession) -> None:
    """Let nobody else change the configuration until the transaction ends: each sees what the one before has done."""
    await session.execute(select(ConfigurationVersion.number).with_for_update())


async def apply(session: AsyncSession, wanted: Iterable[Wanted], actor: str, action: str) -> int | None:
    """Make the changes as one set, and write them down; returns its number, None where nothing would change.

    `action`: what the audit trail calls it: `configuration.<action>`. Raises `Refused`, after which the transaction
    has to be rolled back, where the configuration would contradict itself, or an entry to be removed is used.
    """
    await hold(session)
    before = await queries.configuration(session)
    changes = [change for change in [await _change(session, each) for each in wanted] if change.before != change.after]
    changes = await _with_those_who_give_way(session, changes)
    if not changes:
        return None
    _check_each(changes, before.catalogue)
    for change in _in_order(changes):
        await _write(session, KINDS[change.kind], change)
    faults = tuple(checks.faults(await queries.catalogue(session)))
    if faults:
        raise Refused(*faults)
    await _follow(session, before, changes)
    return await _record(session, changes, actor, action)


async def _change(session: AsyncSession, wanted: Wanted) -> ConfigurationChange:
    before = await tables.entry(session, KINDS[wanted.kind], wanted.code)
    # What an older history does not name yet stays as it is.
    after = None if wanted.after is None else {**(before or {}), **wanted.after}
    return ConfigurationChange(kind=wanted.kind, code=wanted.code, before=before, after=after, undoes=wanted.undoes)


async def _with_those_who_give_way(
    session: AsyncSession, changes: Sequence[ConfigurationChange]
) -> list[ConfigurationChange]:
    """The changes, and those of entries that lose what only one may have to another."""
    given = [(change.kind, name) for change in changes for name in _gets(change)]
    all_ = {(change.kind, change.code): change for change in changes}
    for kind, name in given:
        for code, entry in (await tables.entries(session, KINDS[kind])).items():
            if entry[name] and (kind, code) not in all_:
                after = {**entry, name: False}
                all_[kind, code] = ConfigurationChange(kind=kind, code=code, before=entry, after=after)
    return list(all_.values())


def _in_order(changes: Sequence[ConfigurationChange]) -> list[ConfigurationChange]:
    """What others may name comes first and goes last; who gives something up comes before who gets it."""
    kinds = list(KINDS)

    def rank(change: ConfigurationChange) -> tuple[bool, int, bool]:
        goes, place = change.after is None, kinds.index(change.kind)
        return goes, -place if goes else place, bool(_gets(change))

    return sorted(changes, key=rank)


def _gets(change: ConfigurationChange) -> list[str]:
    """The flags of which there is one that the entry then has."""
    return [name for name in KINDS[change.kind].exclusive if change.after and change.after[name]]


async def _write(session: AsyncSession, kind: Kind, change: ConfigurationChange) -> None:
    if change.after is None and await tables.is_used(session, kind, change.code):
        raise Refused(Fault(kind.name, change.code, "code", "is_used"))
    await tables.write(session, kind, change.code, change.after)


def _check_each(changes: Sequence[ConfigurationChange], known: Catalogue) -> None:
    """Raise `Refused` for what is wrong with an entry by itself, or names an agency that there is not.

    The tables would refuse the latter too, but without saying what is wrong.
    """
    agencies = {*known.agencies, *(one.code for one in changes if one.kind == "agency")}
    unknown = [
        Fault(change.kind, change.code, field.name, "no_such_agency", change.after[field.name])
        for change in changes
        for field in KINDS[change.kind].fields
        if isinstance(field.type, AgencyCode)
        and change.after
        and change.after[field.name] not in {None, *agencies, *field.type.besides}
    ]
    faults = [fault for one in changes if one.after for fault in KINDS[one.kind].check(one.code, one.after)]
    if unknown or faults:
        raise Refused(*unknown, *faults)


async def _follow(session: AsyncSession, before: queries.Configuration, changes: Sequence[ConfigurationChange]) -> None:
    for kind in KINDS.values():
        written = [Written(one.code, one.before, one.after) for one in changes if one.kind == kind.name]
        if written:
            await kind.follow(session, before, written)


async def _record(session: AsyncSession, changes: Sequence[ConfigurationChange], actor: str, action: str) -> int:
    numbers: Sequence[int] = (await session.scalars(_NUMBERS, {"count": len(changes)})).all()
    for number, change in zip(numbers, changes, strict=True):
        change.number, change.change_set, change.actor = number, numbers[0], actor
    session.add_all(changes)
    await session.flush()
    subject = f"{changes[0].kind}/{changes[0].code}" if len(changes) == 1 else f"{len(changes)} entries"
    await audit.record(session, actor, f"configuration.{action}", subject, change_set=numbers[0])
    return numbers[0]
