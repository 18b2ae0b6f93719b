"""Failures that an operator can do something about, as one sentence each."""

import errno
import subprocess

import httpx
import psycopg
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from contact_center.errors import TawasulError

ON_DISK = {
    errno.ENOSPC: "The disk is full: free some room and try again.",
    errno.EDQUOT: "The disk quota is used up: free some room and try again.",
    errno.EACCES: "{file} may not be read or written by this user: check its owner and rights.",
    errno.EROFS: "{file} is on a disk that is read-only: name another folder in TAWASUL_DATA_DIR.",
}


def sentence_for(error: Exception) -> str | None:
    """What to tell the operator, or None where the error is our own fault and its traceback is needed."""
    match error:
        case TawasulError():
            return error.sentence
        case ValidationError():
            return "\n".join(_setting(fault["loc"], fault["msg"]) for fault in error.errors(include_input=False))
        case httpx.TransportError():
            return f"{_address(error)} does not answer: is the service running (`tawasul up`)?"
        case httpx.HTTPStatusError():
            return f"{error.request.url} answered {error.response.status_code}."
        case DBAPIError(orig=psycopg.OperationalError() as cause) | (psycopg.OperationalError() as cause):
            return f"The database does not answer ({_first_line(cause)}): check TAWASUL_DATABASE_URL."
        case DBAPIError(orig=psycopg.errors.UndefinedTable()):
            return "The database has no tables yet: run `tawasul db migrate`."
        case OSError() if error.errno in ON_DISK:
            return ON_DISK[error.errno].format(file=error.filename or "A file")
        case subprocess.SubprocessError():
            return f"The embedded PostgreSQL does not start ({type(error).__name__}); its log is in the data directory."
    return None


def _setting(location: tuple[int | str, ...], message: str) -> str:
    name = f"TAWASUL_{location[0]}".upper() if location else "The settings"
    return f"{name} cannot be used: {message}."


def _address(error: httpx.TransportError) -> str:
    try:
        url = error.request.url
    except RuntimeError:
        return "The service"
    return f"{url.scheme}://{url.netloc.decode()}"


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:200]
