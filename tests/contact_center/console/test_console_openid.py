"""Signing in with an identity provider: a real little one answers over HTTP, as it should and as it should not."""

import base64
import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from desk import COOKIE, ORIGIN, People, Visit
from fastapi import FastAPI
from joserfc.jwk import RSAKey
from pydantic import SecretStr
from pyotp import TOTP
from sqlalchemy import select
from starlette.responses import JSONResponse, PlainTextResponse, Response

from contact_center.accounts import second_factor
from contact_center.accounts.models import Account, AuditEntry
from contact_center.accounts.openid import open_provider
from contact_center.accounts.second_factor import PURPOSE
from contact_center.accounts.service import disable_account, reset_password
from contact_center.accounts.sign_in import MAX_PER_ADDRESS
from contact_center.accounts.vault import Vault
from contact_center.clock import now
from contact_center.console.words import words
from contact_center.database import Database
from contact_center.settings import Settings
from tests.fakes.openid.server import CLIENT_ID, CLIENT_SECRET, OpenIdServer
from tests.moved_clock import clock_moved

BEGIN = "/console/sign-in/openid"
RETURN = f"{BEGIN}/return"
SignIn = Callable[..., Awaitable[httpx.Response]]


def configured(app: FastAPI, provider: OpenIdServer, **different: Any) -> None:
    """Have the console sign people in with a provider."""
    app.state.settings.public_url = ORIGIN
    provider.return_addresses = {f"{ORIGIN}{RETURN}"}
    values = {
        "oidc_issuer": provider.url,
        "oidc_client_id": CLIENT_ID,
        "oidc_client_secret": SecretStr(provider.secret) if provider.secret else None,
        "oidc_name": "eKey",
    }
    app.state.openid = open_provider(Settings(_env_file=None, **(values | different)))


@pytest.fixture
async def provider(app: FastAPI) -> AsyncIterator[OpenIdServer]:
    async with OpenIdServer.running() as server:
        configured(app, server)
        yield server


@pytest.fixture(autouse=True)
async def known_as(people: People, database: Database) -> None:
    """What the provider calls Amal."""
    async with database.transaction() as session:
        (await session.get_one(Account, people.amal.id)).external_id = "amal@gov.bh"


def unpadded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


async def at_the_provider(browser: httpx.AsyncClient, **query: str) -> str:
    """To the provider and through it; the address that it sends the browser back to."""
    left = await browser.get(BEGIN, params=query)
    assert left.status_code == 303, left.text
    async with httpx.AsyncClient() as there:
        answer = await there.get(left.headers["location"])
    assert answer.status_code == 302, answer.text
    return answer.headers["location"].removeprefix(ORIGIN)


async def sign_in(browser: httpx.AsyncClient, **query: str) -> httpx.Response:
    return await browser.get(await at_the_provider(browser, **query))


async def refused(browser: httpx.AsyncClient, status: int, fault: str) -> None:
    answer = await sign_in(browser)
    assert (answer.status_code, words(f"sign_in.{fault}", "ar") in answer.text) == (status, True)
    assert COOKIE not in browser.cookies


async def test_who_the_provider_knows_is_in_and_led_on(
    visit: Visit, provider: OpenIdServer, database: Database
) -> None:
    browser = await visit()
    entered = await sign_in(browser, next="/console/cases?q=x")
    assert entered.headers["location"] == "/console/cases?q=x"
    assert "Amal" in (await browser.get("/console/")).text
    async with database.transaction() as session:
        (entry,) = await session.scalars(select(AuditEntry))
    assert (entry.actor, entry.action, entry.data) == ("account:amal", "sign_in", {"by": "openid"})


async def test_each_attempt_has_its_own_state_nonce_and_challenge(visit: Visit, provider: OpenIdServer) -> None:
    browser = await visit()
    for _ in range(2):
        await sign_in(browser)
    one, other = provider.asked
    for name in ("state", "nonce", "code_challenge"):
        assert len(one[name]) >= 43
        assert one[name] != other[name]
    assert one["code_challenge_method"] == "S256"
    assert one["redirect_uri"] == f"{ORIGIN}{RETURN}"


async def test_the_page_offers_it_only_where_there_is_a_provider(visit: Visit, app: FastAPI) -> None:
    browser = await visit()
    assert BEGIN not in (await browser.get("/console/sign-in")).text
    for page in (BEGIN, RETURN):
        assert (await browser.get(page)).status_code == 404
    async with OpenIdServer.running() as server:
        configured(app, server)
        page = (await browser.get("/console/sign-in")).text
        assert f'href="{BEGIN}?' in page
        assert "eKey" in page


async def test_nobody_gets_an_account_by_it(visit: Visit, provider: OpenIdServer, database: Database) -> None:
    provider.person = {"sub": "1", "email": "stranger@gov.bh", "email_verified": True}
    await refused(await visit(), 403, "openid_unknown")
    async with database.transaction() as session:
        assert "stranger" not in str(list(await session.scalars(select(Account.external_id))))


async def test_a_disabled_account_stays_out(visit: Visit, provider: OpenIdServer, database: Database) -> None:
    async with database.transaction() as session:
        await disable_account(session, "amal", actor="cli")
    await refused(await visit(), 403, "openid_unknown")


@pytest.mark.parametrize("verified", [False, None, "false"])
async def test_an_unverified_address_is_nobodys(visit: Visit, provider: OpenIdServer, verified: object) -> None:
    provider.twisted = {"email_verified": verified}
    await refused(await visit(), 401, "openid_refused")


async def test_another_claim_may_name_the_account(
    visit: Visit, app: FastAPI, people: People, database: Database
) -> None:
    async with OpenIdServer.running() as server:
        configured(app, server, oidc_claim="employee")
        server.person = {"sub": "1", "employee": "K-17", "email": "x@gov.bh", "email_verified": False}
        await refused(await visit(), 403, "openid_unknown")
        async with database.transaction() as session:
            (await session.get_one(Account, people.omar.id)).external_id = "K-17"
        browser = await visit()
        assert (await sign_in(browser)).status_code == 303
        assert "Omar" in (await browser.get("/console/")).text


async def test_claims_that_only_the_user_info_tells(visit: Visit, app: FastAPI) -> None:
    async with OpenIdServer.running(userinfo_only=True) as server:
        configured(app, server)
        assert (await sign_in(await visit())).status_code == 303
        server.twisted = {"sub": "somebody else"}
        await refused(await visit(), 401, "openid_refused")


async def test_a_public_client_and_a_secret_in_the_form(visit: Visit, app: FastAPI) -> None:
    async with OpenIdServer.running(secret=None) as server:
        configured(app, server)
        assert (await sign_in(await visit())).status_code == 303
    async with OpenIdServer.running() as server:
        configured(app, server)
        server.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
        assert (await sign_in(await visit())).status_code == 303


async def test_a_wrong_secret_is_refused(visit: Visit, app: FastAPI, provider: OpenIdServer) -> None:
    configured(app, provider, oidc_client_secret=SecretStr("wrong"))
    await refused(await visit(), 401, "openid_refused")


async def test_who_declines_there_is_not_in(visit: Visit, provider: OpenIdServer) -> None:
    provider.person = None
    await refused(await visit(), 401, "openid_refused")


@pytest.mark.parametrize(
    "twisted",
    [
        {"nonce": "of another attempt"},
        {"nonce": None},
        {"iss": "https://elsewhere.example"},
        {"aud": "another client"},
        {"aud": [CLIENT_ID, "another client"]},
        {"azp": "another client"},
        {"exp": 1},
        {"exp": None},
        {"iat": 99999999999},
        {"sub": None},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
        {"email": ["amal@gov.bh"]},
    ],
)
async def test_a_token_that_is_not_for_us_now_is_refused(
    visit: Visit, provider: OpenIdServer, twisted: dict[str, object]
) -> None:
    provider.twisted = twisted
    await refused(await visit(), 401, "openid_refused")


async def test_a_token_of_another_key_is_refused_and_a_new_key_is_learnt(visit: Visit, provider: OpenIdServer) -> None:
    provider.key = RSAKey.generate_key(2048, {"kid": "one"})
    await refused(await visit(), 401, "openid_refused")
    provider.change_key()
    assert (await sign_in(await visit())).status_code == 303


@pytest.mark.parametrize("forged", ["none", "HS256 by the secret", "HS256 by the public key"])
async def test_a_token_without_the_providers_own_signature_is_refused(
    visit: Visit, provider: OpenIdServer, forged: str
) -> None:
    browser = await visit()
    location = await at_the_provider(browser)
    nonce = provider.asked[-1]["nonce"]
    claims: dict[str, Any] = {"iss": provider.url, "aud": CLIENT_ID, "iat": int(now().timestamp()), "nonce": nonce}
    claims |= {"exp": claims["iat"] + 300, **(provider.person or {})}
    key = CLIENT_SECRET.encode() if "secret" in forged else provider.key.as_pem(private=False)
    header = {"alg": "none" if forged == "none" else "HS256", "kid": "one"}
    signed = ".".join(unpadded(json.dumps(part).encode()) for part in (header, claims))
    mark = b"" if forged == "none" else hmac.digest(key, signed.encode(), "sha256")
    token = f"{signed}.{unpadded(mark)}"
    provider.failing["/token"] = JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": token})
    answer = await browser.get(location)
    assert answer.status_code == 401
    assert COOKIE not in browser.cookies


@pytest.mark.parametrize(
    ("path", "answer", "status"),
    [
        ("/.well-known/openid-configuration", PlainTextResponse("down", 503), 503),
        ("/.well-known/openid-configuration", JSONResponse(["no object"]), 503),
        ("/.well-known/openid-configuration", JSONResponse({"issuer": "https://elsewhere.example"}), 503),
    ],
)
async def test_a_provider_that_is_away_is_said(
    visit: Visit, provider: OpenIdServer, path: str, answer: Response, status: int
) -> None:
    provider.failing[path] = answer
    said = await (await visit()).get(BEGIN)
    assert said.status_code == status
    assert words("sign_in.openid_away", "ar") in said.text


@pytest.mark.parametrize(
    ("path", "answer", "status", "fault"),
    [
        ("/token", PlainTextResponse("down", 502), 503, "openid_away"),
        ("/token", PlainTextResponse("no JSON"), 503, "openid_away"),
        ("/token", JSONResponse({"error": "invalid_grant"}, 400), 401, "openid_refused"),
        ("/token", JSONResponse({"access_token": "x"}), 401, "openid_refused"),
        ("/jwks", PlainTextResponse("down", 500), 503, "openid_away"),
        ("/jwks", JSONResponse({"keys": []}), 401, "openid_refused"),
        ("/jwks", JSONResponse({"no": "keys"}), 401, "openid_refused"),
    ],
)
async def test_what_goes_wrong_on_the_way_back_is_said(
    visit: Visit, provider: OpenIdServer, path: str, answer: Response, status: int, fault: str
) -> None:
    provider.failing[path] = answer
    await refused(await visit(), status, fault)


async def test_a_provider_that_does_not_answer_at_all(visit: Visit, app: FastAPI, provider: OpenIdServer) -> None:
    configured(app, provider, oidc_issuer="http://127.0.0.1:9")
    assert (await (await visit()).get(BEGIN)).status_code == 503


async def test_one_that_calls_itself_otherwise_is_not_trusted(visit: Visit, provider: OpenIdServer) -> None:
    provider.metadata = {"issuer": "https://elsewhere.example"}
    assert (await (await visit()).get(BEGIN)).status_code == 503


async def test_an_answer_belongs_to_the_browser_that_asked(visit: Visit, provider: OpenIdServer) -> None:
    """Otherwise somebody could sign others in as themselves, by a link."""
    attacker, victim = await visit(), await visit()
    location = await at_the_provider(attacker)
    for browser in (victim, await visit()):
        answer = await browser.get(location)
        assert answer.status_code == 400
        assert words("sign_in.openid_again", "ar") in answer.text
    await at_the_provider(victim)
    assert (await victim.get(location)).status_code == 400
    assert COOKIE not in victim.cookies


@pytest.mark.parametrize(("name", "value"), [("state", "another"), ("iss", "https://elsewhere.example")])
async def test_an_answer_with_another_state_or_issuer_is_refused(
    visit: Visit, provider: OpenIdServer, name: str, value: str
) -> None:
    browser = await visit()
    parts = urlsplit(await at_the_provider(browser))
    query = {key: values[0] for key, values in parse_qs(parts.query).items()} | {name: value}
    assert (await browser.get(parts.path, params=query)).status_code == 400


async def test_an_answer_works_once_and_not_for_long(visit: Visit, provider: OpenIdServer) -> None:
    browser = await visit()
    location = await at_the_provider(browser)
    assert (await browser.get(location)).status_code == 303
    assert (await browser.get(location)).status_code == 400
    late = await visit()
    location = await at_the_provider(late)
    with clock_moved(timedelta(minutes=11)):
        assert (await late.get(location)).status_code == 400


async def test_what_the_browser_keeps_says_nothing_and_is_out_of_reach(visit: Visit, provider: OpenIdServer) -> None:
    left = await (await visit()).get(BEGIN)
    cookie = left.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert provider.url not in cookie
    query = parse_qs(urlsplit(left.headers["location"]).query)
    assert query["state"][0] not in cookie
    assert query["nonce"][0] not in cookie


async def test_it_stands_for_the_password_only(
    visit: Visit, provider: OpenIdServer, app: FastAPI, database: Database, people: People
) -> None:
    vault = Vault(app.state.settings.effective_secret_key, PURPOSE)
    async with database.transaction() as session:
        await second_factor.begin(session, people.amal.id, vault)
        setup = await second_factor.setup_of(session, people.amal, vault)
        assert setup
        app_of_amal = TOTP(setup.secret)
        await second_factor.confirm(session, people.amal.id, vault, app_of_amal.at(now()), "-", actor="account:amal")
    browser = await visit()
    assert (await sign_in(browser)).headers["location"].startswith("/console/sign-in/code?")
    assert (await browser.get("/console/")).status_code == 303
    code = app_of_amal.at(now(), counter_offset=1)
    assert (await browser.post("/console/sign-in/code", data={"code": code})).headers["location"] == "/console/"
    assert (await browser.get("/console/")).status_code == 200


async def test_whoever_comes_that_way_needs_no_temporary_password(
    visit: Visit, provider: OpenIdServer, database: Database
) -> None:
    async with database.transaction() as session:
        temporary = await reset_password(session, "amal", actor="account:adel", temporary=True)
    browser = await visit()
    await sign_in(browser)
    assert (await browser.get("/console/")).status_code == 200
    tried = await (await visit()).post("/console/sign-in", data={"username": "amal", "password": temporary})
    assert tried.status_code == 401


async def test_the_longest_way_back_fits_into_the_cookie(visit: Visit, provider: OpenIdServer) -> None:
    browser, wanted = await visit(), "/console/cases?q=" + "🙂" * 480
    left = await browser.get(BEGIN, params={"next": wanted})
    assert len(left.headers["set-cookie"].partition(";")[0]) < 4096  # beyond which browsers keep no cookie
    assert (await sign_in(browser, next=wanted)).status_code == 303


async def test_an_address_that_only_guesses_waits(visit: Visit, provider: OpenIdServer) -> None:
    provider.person = {"sub": "1", "email": "stranger@gov.bh", "email_verified": True}
    browser = await visit()
    for _ in range(MAX_PER_ADDRESS):
        assert (await sign_in(browser)).status_code == 403
    assert (await sign_in(browser)).status_code == 429
