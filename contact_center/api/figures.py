"""Figures, for machines."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from contact_center.api.dependencies import DatabaseOf, KeyHolder
from contact_center.cases import routing_figures
from contact_center.clock import now

PERIOD = timedelta(days=30)

router = APIRouter(prefix="/api/v1/figures", tags=["figures"])
Moment = Annotated[AwareDatetime | None, Query(description="ISO 8601 with its zone")]


@router.get("/routing")
async def routing(
    database: DatabaseOf, _reader: KeyHolder, since: Moment = None, until: Moment = None
) -> dict[str, Any]:
    """Cases that wait to be routed on, and of those that left the queue from `since` on and before `until` how many,
    with the median and the 95th percentile of their working hours in it. The last 30 days unless said otherwise.
    """
    end: datetime = until or now()
    start = since or end - PERIOD
    async with database.transaction() as session:
        figures = await routing_figures.figures(session, start, end)
    return {"since": start.isoformat(), "until": end.isoformat(), **asdict(figures)}
