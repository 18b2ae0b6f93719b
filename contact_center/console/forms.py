"""The forms of a case's page that may bring files for the citizen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, Field

from contact_center.api.bodies import MAX_FORM, filled
from contact_center.attachments.proof import Proof
from contact_center.attachments.storage import Storage
from contact_center.console.http import allow


class WithFiles(BaseModel):
    """`key`: made with the page, so that sending its form twice does the thing once."""

    key: str = Field(min_length=8, max_length=100)
    text: str = Field("", max_length=10_000)


class Answer(WithFiles):
    """An answer; `close`: and the case is done with that; `outcome`: what becomes of a suggestion."""

    close: bool = False
    outcome: str = Field("", max_length=40)


class NewDate(WithFiles):
    """Why the answer takes longer, and by which day it comes."""

    due_on: date


class NewStatus(WithFiles):
    """Where the case goes, with a word to the citizen."""

    status: str = Field(max_length=40)


Form = TypeVar("Form", bound=WithFiles)


@asynccontextmanager
async def sent(request: Request, storage: Storage, form: type[Form]) -> AsyncIterator[tuple[Form, Proof]]:
    """What a form says, and its files. Only for routes that have asked who is there: it lets in 50 MB.

    Raises `RequestValidationError` for fields that do not fit, `Unparseable`, `TooLarge`.
    """
    allow(request, MAX_FORM)
    async with filled(request, storage, form) as (said, files):
        yield said, files
