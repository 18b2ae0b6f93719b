"""What may be chosen in the form beside a call."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from contact_center.agencies.queries import catalogue
from contact_center.api.dependencies import AssistantOf, DatabaseOf
from contact_center.console.category_search import search
from contact_center.console.draft_form import many_choices
from contact_center.console.rendering import language_of
from contact_center.console.staff import CallDesk

router = APIRouter()


@router.get("/choices")
async def choices(request: Request, account: CallDesk, database: DatabaseOf) -> dict[str, list[dict[str, Any]]]:
    """`{category: […], area: […]}` in the reader's language, see `draft_form.many_choices`."""
    async with database.transaction() as session:
        return many_choices(await catalogue(session), language_of(request))


@router.get("/choices/categories")
async def categories(
    request: Request,
    account: CallDesk,
    database: DatabaseOf,
    assistant: AssistantOf,
    q: Annotated[str, Query(max_length=200)] = "",
) -> dict[str, Any]:
    """Categories by what people call them, see `category_search.search`."""
    return await search(database, assistant, q, language_of(request))
