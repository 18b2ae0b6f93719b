"""Reading what a request brings: JSON or a form with files, each up to a limit."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.types import Message

from contact_center.api.dependencies import TooLarge
from contact_center.attachments.proof import MAX_FILES, Proof, Sent
from contact_center.attachments.storage import Storage
from contact_center.errors import Unparseable

MAX_FORM = 50 * 1024 * 1024
"""Five photos as phones take them."""
CHUNK = 64 * 1024
_MOST_PARTS = 20

Body = TypeVar("Body", bound=BaseModel)


@asynccontextmanager
async def filled(request: Request, storage: Storage, model: type[Body]) -> AsyncIterator[tuple[Body, Proof]]:
    """A request's body as JSON or as a form, which may bring `files`; they can be read while the block lasts.

    Raises `RequestValidationError` as FastAPI does, `Unparseable`, or `TooLarge` above 50 MB.
    """
    if not _has_fields(request):
        yield _fitting(model, _json(await request.body())), Proof(storage)
        return
    try:
        form = await limited(request, MAX_FORM, "50 MB").form(max_files=_MOST_PARTS, max_fields=_MOST_PARTS)
    except HTTPException as error:
        raise Unparseable("This is not a form that can be read.") from error
    try:
        yield _fitting(model, _fields(form)), Proof(storage, _files(form))
    finally:
        await form.close()


def in_either_form(model: type[BaseModel]) -> dict[str, Any]:
    """How a route that reads its body with `filled` tells of it in the API's description (`openapi_extra`)."""
    schema = model.model_json_schema()
    file = {"type": "string", "contentMediaType": "application/octet-stream"}
    files = {"type": "array", "maxItems": MAX_FILES, "items": file}
    with_files = schema | {"properties": schema["properties"] | {"files": files}}
    content = {"application/json": {"schema": schema}, "multipart/form-data": {"schema": with_files}}
    return {"requestBody": {"required": True, "content": content}}


def is_form(request: Request) -> bool:
    """Whether the body is a form with files."""
    return request.headers.get("content-type", "").lower().startswith("multipart/form-data")


def limited(request: Request, limit: int, in_words: str) -> Request:
    """The request, whose body raises `TooLarge` as soon as it is known to be above `limit` bytes."""
    refusal = TooLarge(f"Send at most {in_words} at a time.")
    if int(request.headers.get("content-length") or 0) > limit:
        raise refusal
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        message = await request.receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise refusal
        return message

    return Request(request.scope, receive)


async def chunks(file: UploadFile) -> AsyncIterator[bytes]:
    """A file of a form, bit by bit."""
    while chunk := await file.read(CHUNK):
        yield chunk


def _has_fields(request: Request) -> bool:
    plain = request.headers.get("content-type", "").lower().startswith("application/x-www-form-urlencoded")
    return plain or is_form(request)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body) if body else None
    except ValueError as error:
        place = getattr(error, "pos", 0)
        raise RequestValidationError([{"type": "json_invalid", "loc": ("body", place), "msg": str(error)}]) from error


def _fields(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _files(form: FormData) -> list[Sent]:
    """A browser sends an empty part where no file was chosen."""
    files = [value for value in form.getlist("files") if isinstance(value, UploadFile)]
    return [Sent(file.filename, chunks(file)) for file in files if file.filename or file.size]


def _fitting(model: type[Body], fields: Any) -> Body:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        faults = [fault | {"loc": ("body", *fault["loc"])} for fault in error.errors(include_url=False)]
        raise RequestValidationError(faults) from error
