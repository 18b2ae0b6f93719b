"""The chat page: its HTML in either language, its scripts and styles, and what a browser may do with them."""

import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from contact_center.chat.words import LANGUAGES, words

HERE = Path(__file__).parent
STATIC = HERE / "static"

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' blob:; media-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Nothing inline and nothing from elsewhere; pictures that were chosen or fetched are shown from memory (`blob:`)."""

_files = StaticFiles(directory=STATIC)
_template = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
).get_template("chat.html")


def render(language: str) -> str:
    """The page in `ar` (right to left) or `en`; Arabic for anything else."""
    language = language if language in LANGUAGES else "ar"
    said = words(language)
    return _template.render(
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        words=said,
        words_json=json.dumps(said, ensure_ascii=False),
        styles=_names("*.css"),
        modules=_names("*.js"),
    )


def _names(pattern: str) -> list[str]:
    return sorted(path.name for path in STATIC.glob(pattern))


async def static_file(name: str, scope: Scope) -> Response:
    """One of the page's own files; a browser asks each time whether it has changed. Raises `HTTPException` (404)."""
    response = await _files.get_response(name, scope)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
