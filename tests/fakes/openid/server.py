"""The server: what it says of itself, where people sign in, and how a code becomes tokens."""

import base64
import hashlib
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self
from urllib.parse import unquote, urlencode

from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.fakes.serving import serve

CLIENT_ID, CLIENT_SECRET = "tawasul console", "a secret/with: signs"


class OpenIdServer:
    """One provider with one client. `url` is its issuer once it runs; `person`: the claims of who sits there."""

    def __init__(self, *, secret: str | None = CLIENT_SECRET, userinfo_only: bool = False) -> None:
        self.url = ""
        self.secret = secret
        self.return_addresses: set[str] = set()
        self.person: dict[str, Any] | None = {"sub": "4711", "email": "Amal@gov.bh", "email_verified": True}
        self.userinfo_only = userinfo_only
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.published = [self.key]
        self.twisted: dict[str, Any] = {}
        """Claims of the next ID token that are not as they should be; None leaves one out."""
        self.failing: dict[str, Response] = {}
        """What addresses answer instead, by path."""
        self.metadata: dict[str, Any] = {}
        """What the server says of itself otherwise than it should."""
        self.asked: list[dict[str, str]] = []
        self._codes: dict[str, dict[str, str]] = {}
        self._access: dict[str, dict[str, Any]] = {}
        routes = {
            "/.well-known/openid-configuration": self._describe,
            "/authorize": self._authorize,
            "/token": self._token,
            "/jwks": self._keys,
            "/userinfo": self._user_info,
        }
        self.app = Starlette(
            routes=[Route(path, self._or_fail(answer), methods=["GET", "POST"]) for path, answer in routes.items()]
        )

    @classmethod
    @asynccontextmanager
    async def running(cls, **options: Any) -> AsyncIterator[Self]:
        """A server that listens on loopback while the block lasts."""
        server = cls(**options)
        async with serve(server.app) as server.url:
            yield server

    def change_key(self) -> None:
        """Sign with a new key from now on, and show only that."""
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig", "alg": "RS256"})
        self.published = [self.key]

    def _or_fail(self, answer: Any) -> Any:
        async def routed(request: Request) -> Response:
            failing = self.failing.get(request.url.path)
            return failing if failing is not None else await answer(request)

        return routed

    async def _describe(self, request: Request) -> Response:
        told = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }
        return JSONResponse(told | self.metadata)

    async def _authorize(self, request: Request) -> Response:
        """Whoever sits there is signed in already, or (`person` None) declines."""
        asked = dict(request.query_params)
        self.asked.append(asked)
        if asked.get("client_id") != CLIENT_ID or asked.get("redirect_uri") not in self.return_addresses:
            return JSONResponse({"error": "invalid_request"}, 400)
        back = {"state": asked.get("state", ""), "iss": self.url}
        right = asked.get("response_type") == "code" and "openid" in asked.get("scope", "").split()
        if not right or asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            back["error"] = "invalid_request"
        elif self.person is None:
            back["error"] = "access_denied"
        else:
            back["code"] = secrets.token_urlsafe(16)
            self._codes[back["code"]] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}", 302)

    async def _token(self, request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        if not self._is_client(request, form):
            return JSONResponse({"error": "invalid_client"}, 401)
        asked = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or form.get("grant_type") != "authorization_code"
            or form.get("redirect_uri") != asked["redirect_uri"]
            or challenge != asked["code_challenge"]
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        access = secrets.token_urlsafe(16)
        self._access[access] = dict(self.person or {})
        token = self._id_token(asked["nonce"], access)
        return JSONResponse({"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": token})

    def _is_client(self, request: Request, form: dict[str, str]) -> bool:
        if self.secret is None:
            return form.get("client_id") == CLIENT_ID
        shown = form.get("client_id"), form.get("client_secret")
        kind, _, credentials = request.headers.get("authorization", "").partition(" ")
        if kind == "Basic":
            name, _, secret = base64.b64decode(credentials).decode().partition(":")
            shown = unquote(name), unquote(secret)
        return shown == (CLIENT_ID, self.secret)

    def _id_token(self, nonce: str, access: str) -> str:
        half = hashlib.sha256(access.encode()).digest()[:16]
        at = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT_ID, "iat": at, "exp": at + 300, "nonce": nonce}
        claims["at_hash"] = base64.urlsafe_b64encode(half).rstrip(b"=").decode()
        person = self.person or {}
        claims |= {"sub": person["sub"]} if self.userinfo_only else person
        claims = {name: value for name, value in (claims | self.twisted).items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    async def _keys(self, request: Request) -> Response:
        return JSONResponse({"keys": [key.as_dict(private=False) for key in self.published]})

    async def _user_info(self, request: Request) -> Response:
        person = self._access.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        return JSONResponse({"error": "invalid_token"}, 401) if person is None else JSONResponse(person)
