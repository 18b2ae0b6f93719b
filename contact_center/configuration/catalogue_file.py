"""The catalogue as a file of the shape of agencies/catalogue.yml: written, and read back as one set of changes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import queries
from contact_center.agencies.catalogue import CatalogueError, parse
from contact_center.agencies.checks import Fault
from contact_center.agencies.entries import ESCALATE_AT, REOPENING, Catalogue, GovernorateEntry
from contact_center.agencies.term import Term
from contact_center.agencies.working_time import Unit
from contact_center.configuration import history
from contact_center.configuration.as_entries import wanted
from contact_center.configuration.changes import Refused, apply
from contact_center.configuration.models import ConfigurationChange

_ALWAYS = ("governorates", "agencies", "categories")
_HEADING = """\
# The catalogue as it was configured. What the lines mean: contact_center/agencies/catalogue.yml. Read back by
# `tawasul catalogue import` or in the console, where entries that are not in the file are retired.
"""


def written(catalogue: Catalogue) -> str:
    """The whole catalogue as YAML; `agencies.catalogue.parse` reads the same from it."""
    agencies, categories = catalogue.agencies.values(), catalogue.categories.values()
    sections: dict[str, Any] = {
        "fallback_agency": catalogue.fallback_agency,
        "governorates": {code: _governorate(one) for code, one in catalogue.governorates.items()},
        "agencies": {one.code: [one.name_ar, one.name_en, _term(one.term)] for one in agencies},
        "categories": {
            one.code: [one.name_ar, one.name_en, one.agency, one.place, _term(one.term)] for one in categories
        },
        "named": [one.code for one in categories if one.named],
        "escalations": {one.code: list(one.escalate_at) for one in agencies if one.escalate_at != ESCALATE_AT},
        "reopening": {
            one.code: [one.reopen_days, one.reopen_times]
            for one in agencies
            if (one.reopen_days, one.reopen_times) != REOPENING
        },
        "not_joined": [one.code for one in agencies if not one.joined],
        "retired": [*(one.code for one in agencies if one.retired), *(one.code for one in categories if one.retired)],
    }
    return _HEADING + "".join(_section(name, value) for name, value in sections.items() if value or name in _ALWAYS)


async def export(session: AsyncSession) -> str:
    """The catalogue of the database as YAML."""
    return written(await queries.catalogue(session))


async def take(session: AsyncSession, text: str, *, actor: str) -> Sequence[ConfigurationChange]:
    """Make the catalogue what a file says, as one set of changes; the changes, none where it says what is there.

    Agencies and categories that the file does not have are retired. Raises `Refused`, with what is wrong, after which
    the transaction has to be rolled back.
    """
    present = await queries.catalogue(session)
    try:
        given = _with_retired(parse(text), present)
    except CatalogueError as error:
        fault = error.fault or Fault("catalogue", "", "file", "malformed", str(error))
        raise Refused(fault) from error
    number = await apply(session, wanted(given, present), actor, "import")
    return await history.of_set(session, number) if number is not None else []


def _with_retired(given: Catalogue, present: Catalogue) -> Catalogue:
    missing = sorted(set(present.governorates) - set(given.governorates))
    if missing:
        fault = Fault("catalogue", "", "governorates", "governorate_missing", ", ".join(missing))
        raise CatalogueError(fault, fault)
    agencies = {code: replace(one, retired=True, fallback=False) for code, one in present.agencies.items()}
    categories = {code: replace(one, retired=True) for code, one in present.categories.items()}
    return replace(
        given,
        agencies={**given.agencies, **_absent(agencies, given.agencies)},
        categories={**given.categories, **_absent(categories, given.categories)},
    )


def _absent(present: dict[str, Any], given: Any) -> dict[str, Any]:
    return {code: entry for code, entry in present.items() if code not in given}


def _governorate(one: GovernorateEntry) -> dict[str, str]:
    return {"ar": one.name_ar, "en": one.name_en, "municipality": one.municipality, "governorate": one.agency}


def _term(term: Term | None) -> int | str | None:
    if term is None:
        return None
    return term.amount if term.unit == Unit.DAYS else str(term)


def _section(name: str, value: Any) -> str:
    """A blank line, and the section with each entry on a line of its own."""
    flow = False if isinstance(value, str) else None
    return "\n" + yaml.safe_dump(
        {name: value}, default_flow_style=flow, allow_unicode=True, sort_keys=False, width=10**6
    )
