"""`/healthz`: the process lives. `/readyz`: it, the database and the assistant can take a message."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from contact_center.database import Database

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Always 200 while the process answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """200 if messages can be taken and answered; 503 with what is missing."""
    parts = {
        "database": await _database_answers(request.app.state.database),
        "assistant": await request.app.state.assistant.ready(),
    }
    return JSONResponse({"ready": all(parts.values()), **parts}, 200 if all(parts.values()) else 503)


async def _database_answers(database: Database) -> bool:
    try:
        async with database.transaction() as session:
            await session.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError):
        return False
    return True
