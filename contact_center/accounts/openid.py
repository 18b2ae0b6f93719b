"""Signing in with an organisation's own identity provider: OpenID Connect's code flow, with PKCE, state and nonce.

The provider says who somebody is; whether that is one of our accounts is decided elsewhere. Sign-ins are rare, so what
the provider says of itself and its keys is read each time: keys that change need no thought.
"""

import secrets
from collections.abc import Awaitable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self
from urllib.parse import quote

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.discovery import OpenIDProviderMetadata, get_well_known_url

from contact_center.accounts.id_tokens import Expected, claims_of
from contact_center.errors import InvalidInput, Unauthenticated, Unavailable
from contact_center.settings import Settings

_SCOPE = "openid profile email"
_SECONDS = 10
"""How long the provider has for an answer."""
_USUAL_WAY = ("client_secret_basic",)
"""How a client shows its secret where the provider does not say."""


@dataclass(frozen=True)
class Attempt:
    """One sign-in under way: what the browser has to bring back, and what only we know of it meanwhile."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> Self:
        """A fresh one."""
        return cls(*(secrets.token_urlsafe(48) for _ in range(3)))

    def values(self) -> dict[str, str]:
        """Its parts by name."""
        return asdict(self)


@dataclass(frozen=True)
class Provider:
    """The provider that is configured, and what we are called there."""

    issuer: str
    client_id: str
    client_secret: str | None = field(repr=False)
    claim: str
    name: str | None

    async def address(self, attempt: Attempt, return_to: str) -> str:
        """Where to send the browser. Raises `Unavailable`."""
        async with _client() as client:
            metadata = await self._metadata(client)
        uri: str = prepare_grant_uri(
            metadata["authorization_endpoint"],
            self.client_id,
            "code",
            redirect_uri=return_to,
            scope=_SCOPE,
            state=attempt.state,
            nonce=attempt.nonce,
            code_challenge=create_s256_code_challenge(attempt.verifier),
            code_challenge_method="S256",
        )
        return uri

    async def person(self, attempt: Attempt, code: str, return_to: str) -> str:
        """The configured claim of whoever came back with `code`; an e-mail address only if the provider verified it.

        Raises `Unauthenticated` where what the provider says does not hold, `Unavailable` where it says nothing.
        """
        async with _client() as client:
            metadata = await self._metadata(client)
            tokens = await self._tokens(client, metadata, attempt, code, return_to)
            keys = await _json(client, metadata["jwks_uri"])
            expected = Expected(self.issuer, self.client_id, attempt.nonce, str(tokens.get("access_token", "")))
            claims = claims_of(str(tokens.get("id_token", "")), keys, metadata, expected)
            if self.claim not in claims and "userinfo_endpoint" in metadata:
                claims |= await _user_info(client, metadata["userinfo_endpoint"], expected.access_token, claims["sub"])
        value = claims.get(self.claim)
        if self.claim == "email" and claims.get("email_verified") not in (True, "true"):
            raise Unauthenticated("The provider has not verified this e-mail address.")
        if not isinstance(value, str) or not value.strip():
            raise Unauthenticated(f"The provider does not tell the claim {self.claim}.")
        return value

    async def _metadata(self, client: httpx.AsyncClient) -> Mapping[str, Any]:
        described = OpenIDProviderMetadata(await _json(client, get_well_known_url(self.issuer, external=True)))
        try:
            described.validate()
        except ValueError as error:
            raise Unavailable(f"The identity provider describes itself wrongly: {error}") from error
        if str(described["issuer"]).rstrip("/") != self.issuer:
            raise Unavailable("The identity provider calls itself otherwise than TAWASUL_OIDC_ISSUER.")
        return dict(described)

    async def _tokens(
        self, client: httpx.AsyncClient, metadata: Mapping[str, Any], attempt: Attempt, code: str, return_to: str
    ) -> dict[str, Any]:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": return_to}
        form |= {"code_verifier": attempt.verifier}
        basic = None
        if self.client_secret is None:
            form["client_id"] = self.client_id
        elif "client_secret_basic" in (metadata.get("token_endpoint_auth_methods_supported") or _USUAL_WAY):
            basic = httpx.BasicAuth(quote(self.client_id, ""), quote(self.client_secret, ""))
        else:
            form |= {"client_id": self.client_id, "client_secret": self.client_secret}
        answer = await _ask(client.post(metadata["token_endpoint"], data=form, auth=basic or httpx.USE_CLIENT_DEFAULT))
        if answer.is_client_error:
            raise Unauthenticated("The identity provider does not take the code back.")
        return _parsed(answer)


def open_provider(settings: Settings) -> Provider | None:
    """The provider that the settings name, if they do. Raises `InvalidInput` where they name half of one."""
    if not settings.oidc_issuer and not settings.oidc_client_id:
        return None
    if not settings.oidc_issuer or not settings.oidc_client_id:
        raise InvalidInput("TAWASUL_OIDC_ISSUER and TAWASUL_OIDC_CLIENT_ID go together: set both, or neither.")
    secret = settings.oidc_client_secret.get_secret_value() if settings.oidc_client_secret else None
    claim = settings.oidc_claim
    return Provider(settings.oidc_issuer, settings.oidc_client_id, secret, claim, settings.oidc_name)


def _client() -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=_SECONDS, headers={"Accept": "application/json"})


async def _user_info(client: httpx.AsyncClient, url: str, access_token: str, subject: str) -> dict[str, Any]:
    """What the provider tells beside the token of the same person; nothing of anybody else."""
    told = await _json(client, url, headers={"Authorization": f"Bearer {access_token}"})
    return told if told.get("sub") == subject else {}


async def _json(client: httpx.AsyncClient, url: str, **options: Any) -> dict[str, Any]:
    answer = await _ask(client.get(url, **options))
    if answer.status_code != 200:
        raise Unavailable(f"The identity provider answers {answer.status_code}.")
    return _parsed(answer)


async def _ask(request: Awaitable[httpx.Response]) -> httpx.Response:
    try:
        answer = await request
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unavailable(f"The identity provider does not answer ({type(error).__name__}).") from error
    if answer.is_server_error:
        raise Unavailable(f"The identity provider answers {answer.status_code}.")
    return answer


def _parsed(answer: httpx.Response) -> dict[str, Any]:
    try:
        value = answer.json()
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise Unavailable("The identity provider answers something else than JSON.")
    return value
