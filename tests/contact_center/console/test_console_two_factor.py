"""Signing in in two steps: set up on one's own page, asked for at every sign-in, and no code opens twice."""

import asyncio
import re
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from desk import COOKIE, PASSWORD, People, Visit
from fastapi import FastAPI
from pyotp import TOTP
from sqlalchemy import select

from contact_center.accounts import second_factor
from contact_center.accounts.models import Account, AuditEntry, RecoveryCode, SecondFactor
from contact_center.accounts.roles import Role
from contact_center.clock import now
from contact_center.console.words import words
from contact_center.database import Database
from tests.moved_clock import clock_moved, clock_stopped

HOME = "/console/account/two-factor"
CODE = "/console/sign-in/code"


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """The clock stands, so that no step of 30 seconds ends between what the app shows and what is typed."""
    with clock_stopped(now()):
        yield


def secret_on(page: str) -> str:
    """What the page tells to type into the app."""
    found = re.search(r'<code class="number secret" dir="ltr">([A-Z2-7 ]+)</code>', page)
    assert found
    return found[1].replace(" ", "")


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows now, or so many steps later."""
    return TOTP(secret).at(now(), counter_offset=steps)


def recovery_codes(page: str) -> list[str]:
    return re.findall(r'<li><code class="number">([a-z0-9-]+)</code></li>', page)


async def set_up(browser: httpx.AsyncClient) -> tuple[str, list[str]]:
    """Set the second factor up as a person does; the secret and the recovery codes."""
    await browser.post(f"{HOME}/begin")
    secret = secret_on((await browser.get(HOME)).text)
    done = await browser.post(f"{HOME}/confirm", data={"code": code_of(secret)})
    assert done.status_code == 200
    return secret, recovery_codes(done.text)


async def first_step(browser: httpx.AsyncClient, username: str = "amal", **query: str) -> httpx.Response:
    return await browser.post("/console/sign-in", params=query, data={"username": username, "password": PASSWORD})


async def is_in(browser: httpx.AsyncClient) -> bool:
    return (await browser.get("/console/")).status_code == 200


async def actions(database: Database) -> list[str]:
    async with database.transaction() as session:
        return list(await session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


async def test_it_is_set_up_with_a_first_code_and_ten_recovery_codes(visit: Visit, database: Database) -> None:
    amal = await visit("amal")
    assert "<svg" not in (await amal.get(HOME)).text
    await amal.post(f"{HOME}/begin")
    page = (await amal.get(HOME)).text
    secret = secret_on(page)
    assert '<svg width="' in page
    assert "style=" not in page
    wrong = await amal.post(f"{HOME}/confirm", data={"code": "000000" if code_of(secret) != "000000" else "111111"})
    assert wrong.status_code == 422
    assert words("account.fault_wrong_code", "ar") in wrong.text
    assert secret_on(wrong.text) == secret
    done = await amal.post(f"{HOME}/confirm", data={"code": code_of(secret)})
    codes = recovery_codes(done.text)
    assert len(set(codes)) == 10
    later = (await amal.get(HOME)).text
    assert "<svg" not in later
    assert secret not in later.replace(" ", "")
    assert not any(code in later for code in codes)
    assert await actions(database) == ["two_factor.on"]


async def test_neither_the_secret_nor_a_recovery_code_stands_in_the_database(visit: Visit, database: Database) -> None:
    secret, codes = await set_up(await visit("amal"))
    async with database.transaction() as session:
        (factor,) = await session.scalars(select(SecondFactor))
        hashes = list(await session.scalars(select(RecoveryCode.code_hash)))
    assert secret not in factor.sealed_secret
    assert len(hashes) == len(codes) == 10
    assert not {code.replace("-", "") for code in codes} & set(hashes)


async def test_the_password_alone_opens_nothing(visit: Visit) -> None:
    await set_up(await visit("amal"))
    browser = await visit()
    asked = await first_step(browser, next="/console/cases?q=x")
    assert asked.headers["location"] == f"{CODE}?lang=ar&next=%2Fconsole%2Fcases%3Fq%3Dx"
    assert browser.cookies[COOKIE]
    for page in ("/console/", "/console/account", HOME, "/console/cases"):
        assert (await browser.get(page)).headers["location"].startswith("/console/sign-in"), page
    assert (await browser.post("/api/v1/calls", json={"phone": None})).status_code == 401
    assert (await browser.get(CODE)).status_code == 200


async def test_the_code_signs_in_and_leads_on(visit: Visit) -> None:
    secret, _ = await set_up(await visit("amal"))
    browser = await visit()
    await first_step(browser)
    half = browser.cookies[COOKIE]
    entered = await browser.post(CODE, params={"next": "/console/cases?q=x"}, data={"code": code_of(secret, 1)})
    assert entered.headers["location"] == "/console/cases?q=x"
    assert browser.cookies[COOKIE] != half
    assert await is_in(browser)
    browser.cookies.set(COOKIE, half, domain="desk.test", path="/")
    assert not await is_in(browser)
    assert (await browser.get(CODE)).status_code == 303


async def test_a_code_is_never_taken_twice_nor_one_before_it(visit: Visit) -> None:
    secret, _ = await set_up(await visit("amal"))
    used = code_of(secret)
    browser = await visit()
    await first_step(browser)
    assert (await browser.post(CODE, data={"code": used})).status_code == 401  # it confirmed the setup
    assert (await browser.post(CODE, data={"code": code_of(secret, 1)})).status_code == 303
    again = await visit()
    await first_step(again)
    for steps in (1, 0, -1):
        assert (await again.post(CODE, data={"code": code_of(secret, steps)})).status_code == 401
    assert not await is_in(again)


@pytest.mark.parametrize(("steps", "status"), [(-2, 401), (-1, 303), (0, 303), (1, 303), (2, 401)])
async def test_the_phones_clock_may_be_off_by_one_step(visit: Visit, steps: int, status: int) -> None:
    secret, _ = await set_up(await visit("amal"))
    browser = await visit()
    with clock_moved(timedelta(minutes=3)):
        await first_step(browser)
        assert (await browser.post(CODE, data={"code": code_of(secret, steps)})).status_code == status


async def test_arabic_digits_and_spaces_are_read(visit: Visit) -> None:
    secret, _ = await set_up(await visit("amal"))
    browser = await visit()
    await first_step(browser)
    code = code_of(secret, 1).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert (await browser.post(CODE, data={"code": f" {code[:3]} {code[3:]} "})).status_code == 303


async def test_a_recovery_code_opens_once(visit: Visit, database: Database) -> None:
    _, codes = await set_up(await visit("amal"))
    browser = await visit()
    await first_step(browser)
    assert (await browser.post(CODE, data={"code": f" {codes[0].upper()} "})).status_code == 303
    assert "٩" in (await browser.get(HOME)).text
    again = await visit()
    await first_step(again)
    assert (await again.post(CODE, data={"code": codes[0]})).status_code == 401
    assert (await again.post(CODE, data={"code": codes[1].replace("-", "")})).status_code == 303
    assert (await actions(database)).count("two_factor.recovery_code") == 2


async def test_guessing_codes_is_slowed_down_even_with_the_password(visit: Visit, database: Database) -> None:
    secret, _ = await set_up(await visit("amal"))
    for _ in range(second_factor.MAX_PER_ACCOUNT):
        browser = await visit()
        await first_step(browser)
        assert (await browser.post(CODE, data={"code": "not a code"})).status_code == 401
    refused = await browser.post(CODE, data={"code": code_of(secret, 1)})
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert (await actions(database)).count("two_factor.refused") == second_factor.MAX_PER_ACCOUNT
    with clock_moved(timedelta(minutes=16)):
        await first_step(browser)
        assert (await browser.post(CODE, data={"code": code_of(secret, 1)})).status_code == 303


async def test_half_a_sign_in_lasts_ten_minutes(visit: Visit) -> None:
    secret, _ = await set_up(await visit("amal"))
    browser = await visit()
    await first_step(browser)
    with clock_moved(timedelta(minutes=11)):
        late = await browser.post(CODE, data={"code": code_of(secret)})
        assert late.headers["location"] == "/console/sign-in"
        assert not await is_in(browser)


async def test_setting_it_up_signs_out_elsewhere(visit: Visit) -> None:
    amal, elsewhere = await visit("amal"), await visit("amal")
    await set_up(amal)
    assert await is_in(amal)
    assert not await is_in(elsewhere)


async def test_new_recovery_codes_and_turning_it_off_take_a_code(visit: Visit, database: Database) -> None:
    amal = await visit("amal")
    _, codes = await set_up(amal)
    for what in ("codes", "off"):
        assert (await amal.post(f"{HOME}/{what}", data={"code": "123"})).status_code == 422
    renewed = recovery_codes((await amal.post(f"{HOME}/codes", data={"code": codes[0]})).text)
    assert len(set(renewed) - set(codes)) == 10
    assert (await amal.post(f"{HOME}/off", data={"code": codes[1]})).status_code == 422
    assert (await amal.post(f"{HOME}/off", data={"code": renewed[0]})).status_code == 303
    assert (await first_step(await visit())).headers["location"] == "/console/"
    async with database.transaction() as session:
        assert list(await session.scalars(select(SecondFactor.account_id))) == []
        assert list(await session.scalars(select(RecoveryCode.code_hash))) == []


async def test_what_was_only_begun_is_asked_for_by_nobody(visit: Visit) -> None:
    amal = await visit("amal")
    await amal.post(f"{HOME}/begin")
    secret = secret_on((await amal.get(HOME)).text)
    assert (await amal.post(f"{HOME}/codes", data={"code": code_of(secret)})).status_code == 409
    assert (await first_step(await visit())).headers["location"] == "/console/"


async def test_one_in_use_is_not_replaced(visit: Visit) -> None:
    amal = await visit("amal")
    secret, _ = await set_up(amal)
    assert (await amal.post(f"{HOME}/begin")).status_code == 409
    assert (await amal.post(f"{HOME}/confirm", data={"code": code_of(secret, 1)})).status_code == 409


async def test_a_secret_that_another_key_sealed_lets_nobody_in_but_recovery_codes_do(
    visit: Visit, app: FastAPI
) -> None:
    secret, codes = await set_up(await visit("amal"))
    app.state.settings.__dict__["effective_secret_key"] = "another key"
    browser = await visit()
    await first_step(browser)
    assert (await browser.post(CODE, data={"code": code_of(secret, 1)})).status_code == 401
    assert (await browser.post(CODE, data={"code": codes[0]})).status_code == 303


async def test_whose_role_needs_it_is_led_there_first(visit: Visit, app: FastAPI, people: People) -> None:
    app.state.two_factor_roles = frozenset({Role.AGENT})
    browser = await visit()
    assert (await first_step(browser)).headers["location"] == "/console/"
    for page in ("/console/", "/console/cases", "/console/calls/new", "/console/no-such-page"):
        assert (await browser.get(page)).headers["location"] == HOME, page
    told = await browser.get("/console/choices", headers={"Accept": "application/json"})
    assert (told.status_code, told.json()["error"]) == (403, "not_yet")
    assert (await browser.post("/api/v1/calls", json={"phone": None})).status_code == 403
    page = (await browser.get(HOME)).text
    assert words("account.two_factor_first", "ar") in page
    assert 'href="/console/cases"' not in page
    _, codes = await set_up(browser)
    assert await is_in(browser)
    assert f"{HOME}/off" not in (await browser.get(HOME)).text
    assert (await browser.post(f"{HOME}/off", data={"code": codes[0]})).status_code == 409
    assert await is_in(await visit("omar"))


async def test_two_who_type_one_code_at_once_do_not_both_enter(visit: Visit, database: Database) -> None:
    secret, _ = await set_up(await visit("amal"))
    browsers = [await visit() for _ in range(3)]
    for browser in browsers:
        await first_step(browser)
    code = code_of(secret, 1)
    answers = await asyncio.gather(*(browser.post(CODE, data={"code": code}) for browser in browsers))
    assert sorted(answer.status_code for answer in answers) == [303, 401, 401]
    async with database.transaction() as session:
        amal = (await session.scalars(select(Account).where(Account.username == "amal"))).one()
        assert amal.two_factor_since is not None
