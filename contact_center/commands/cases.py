"""`tawasul cases`."""

import json
from typing import Annotated, Any

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases import lists, queries
from contact_center.cases.as_json import all_as_json, as_json
from contact_center.commands.database import in_transaction
from contact_center.errors import NotFound

SHOWN_IN_LISTS = ("reference", "status", "agency", "category", "channel", "created_at")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, whole and unmasked.")]

app = typer.Typer(help="Cases, whole and unmasked.", no_args_is_help=True, add_completion=False)


@app.command()
def show(
    reference: Annotated[str, typer.Argument(help="26-1234-5678, however it is written.")], in_json: AsJson = False
) -> None:
    """Print one case."""

    async def read(session: AsyncSession) -> dict[str, Any]:
        case = await queries.by_reference(session, reference)
        if case is None:
            raise NotFound(f"There is no case with the reference number {reference}.")
        return await as_json(session, case)

    case = in_transaction(read)
    typer.echo(_dump(case) if in_json else "\n".join(f"{name}: {_plain(value)}" for name, value in case.items()))


@app.command("list")
def list_cases(in_json: AsJson = False) -> None:
    """Print all cases, newest first."""

    async def read(session: AsyncSession) -> list[dict[str, Any]]:
        page = await lists.list_cases(session, page=lists.Page(limit=None))
        return await all_as_json(session, page.cases)

    cases = in_transaction(read)
    if in_json:
        typer.echo(_dump(cases))
        return
    for case in cases:
        typer.echo("  ".join(str(case[name]) for name in SHOWN_IN_LISTS))


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _plain(value: object) -> str:
    return "" if value is None else value if isinstance(value, str) else _dump(value)
