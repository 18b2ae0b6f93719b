"""Every route of the web application asks who is there, or is on a short list with the reason."""

from collections.abc import Iterator

from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts
from starlette.routing import BaseRoute, Mount

from contact_center.api import dependencies
from contact_center.api.dependencies import staff_or_key
from contact_center.app import create_app
from contact_center.chat.sessions import chatting
from contact_center.console.staff import staff
from contact_center.settings import Settings

ASKS_WHO = {"staff_or_key", "key_only", "staff", "own_account", "chatting", "signed_form"}
"""Dependencies that let nobody through whom they do not know; `signed_form` checks a provider's signature."""

SIGNED = {
    ("GET", "/files/{token}"): "the address itself is what the person was given: signed, for one file, for 30 days",
}
"""Opened by an address that only we can make, see test_file_links.py."""

OPEN = {
    ("GET", "/healthz"): "says only that the process lives",
    ("GET", "/readyz"): "says only which parts answer",
    ("GET", "/api/v1/openapi.json"): "the description of the API",
    ("POST", "/webhooks/telegram"): "checks Telegram's secret itself, see test_webhooks.py",
    ("GET", "/chat"): "the web chat's page is for everybody",
    ("GET", "/chat/static/{name}"): "its files",
    ("POST", "/chat/sessions"): "anybody may begin a chat",
    ("GET", "/console"): "leads to /console/",
    ("GET", "/console/sign-in"): "where one signs in",
    ("POST", "/console/sign-in"): "where one signs in",
    ("GET", "/console/sign-in/code"): "the second step: asks for the first, see test_console_two_factor.py",
    ("POST", "/console/sign-in/code"): "the second step: asks for the first, see test_console_two_factor.py",
    ("GET", "/console/sign-in/openid"): "leads to the identity provider",
    ("GET", "/console/sign-in/openid/return"): "asks the identity provider, see test_console_openid.py",
    ("GET", "/console/static"): "styles and scripts of the console",
}


def routes(found: list[BaseRoute], prefix: str = "") -> Iterator[tuple[str, str, RouteContext]]:
    """Method, path and route; what is mounted is looked into, files that are served count as one GET."""
    for route in iter_route_contexts(found):
        path = f"{prefix}{route.path}"
        if isinstance(route.route, Mount) and route.route.routes:
            yield from routes(route.route.routes, path)
        else:
            for method in sorted((getattr(route, "methods", None) or {"GET"}) - {"HEAD"}):
                yield method, path, route


def dependencies_of(dependant: Dependant | None) -> Iterator[str]:
    for each in dependant.dependencies if dependant else []:
        yield getattr(each.call, "__name__", "")
        yield from dependencies_of(each)


def everything() -> dict[tuple[str, str], set[str]]:
    app = create_app(Settings(_env_file=None))
    return {
        (method, path): set(dependencies_of(getattr(route, "dependant", None)))
        for method, path, route in routes(list(app.routes))
    }


def test_every_route_asks_who_is_there_or_is_open_for_a_reason() -> None:
    unguarded = {address for address, asked in everything().items() if not asked & ASKS_WHO}
    assert unguarded == set(OPEN) | set(SIGNED)


def test_what_a_signed_address_opens_asks_for_the_signature() -> None:
    found = everything()
    assert [address for address in SIGNED if "linked_file" not in found[address]] == []


def test_every_change_in_the_console_asks_where_it_comes_from() -> None:
    changes = {
        address: asked
        for address, asked in everything().items()
        if address[0] != "GET" and address[1].startswith("/console")
    }
    assert len(changes) >= 6
    assert [address for address, asked in changes.items() if "same_origin" not in asked] == []


def test_the_walk_sees_what_is_mounted_and_included() -> None:
    """The tests above would pass on an empty list."""
    found = everything()
    assert {("POST", "/api/v1/calls"), ("GET", "/console/cases/{reference}"), ("GET", "/chat/events")} <= set(found)
    assert {staff_or_key.__name__, staff.__name__, chatting.__name__} <= ASKS_WHO
    assert dependencies.same_origin.__name__ == "same_origin"
