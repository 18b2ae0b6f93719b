"""What the pages of accounts share: their forms, and a password that is shown once."""

from typing import Any

from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from contact_center.accounts.changing import Place
from contact_center.accounts.roles import Role
from contact_center.agencies.entries import Catalogue
from contact_center.console.rendering import BASE, language_of, page

HOME = f"{BASE}/staff"


class Typed(BaseModel):
    """What the form of an account says."""

    display_name: str = Field("", max_length=100)
    role: str = Field(Role.OFFICER, max_length=40)
    agency: str = Field("", max_length=40)
    external_id: str = Field("", max_length=200)

    def place(self) -> Place:
        """The same for the service."""
        return Place(self.display_name, self.role, self.agency or None, self.external_id or None)


class NewOne(Typed):
    """The same, with the name to sign in with."""

    username: str = Field("", max_length=100)


def password_page(request: Request, username: str, name: str, password: str) -> Response:
    """The page that shows a temporary password."""
    return page(request, "administration/password.html", home=HOME, username=username, name=name, password=password)


def choices(request: Request, known: Catalogue) -> dict[str, Any]:
    """The roles, and the agencies' codes and names, that an account may have."""
    agencies = [(each.code, each.name(language_of(request))) for each in known.agencies.values()]
    provider = request.app.state.openid is not None
    return {"roles": list(Role), "agencies": agencies, "has_provider": provider}
