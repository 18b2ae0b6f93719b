"""Signing in and out, and what a planted, stolen or old cookie is worth."""

import httpx
from desk import COOKIE, PASSWORD, People, Visit
from fastapi import FastAPI
from sqlalchemy import select

from contact_center.accounts.models import AuditEntry
from contact_center.accounts.service import disable_account
from contact_center.accounts.sign_in import MAX_PER_USERNAME
from contact_center.database import Database


async def enter(client: httpx.AsyncClient, password: str = PASSWORD, **query: str) -> httpx.Response:
    return await client.post("/console/sign-in", params=query, data={"username": "amal", "password": password})


async def test_the_page_is_arabic_and_on_request_english(visit: Visit) -> None:
    nobody = await visit()
    arabic = (await nobody.get("/console/sign-in")).text
    english = (await nobody.get("/console/sign-in?lang=en")).text
    assert '<html lang="ar" dir="rtl">' in arabic
    assert "تسجيل الدخول" in arabic
    assert '<html lang="en" dir="ltr">' in english
    assert "Sign in" in english


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visit: Visit) -> None:
    cookie = (await enter(await visit())).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie  # http on this machine


async def test_over_https_the_cookie_insists_on_it(visit: Visit, app: FastAPI) -> None:
    app.state.settings.public_url = "https://tawasul.example"
    cookie = (await enter(await visit())).headers["set-cookie"]
    assert cookie.startswith("__Host-tawasul_staff=")
    assert "Secure" in cookie


async def test_a_wrong_password_is_said_and_the_name_stays(visit: Visit) -> None:
    nobody = await visit()
    refused = await enter(nobody, "not this one, surely")
    assert refused.status_code == 401
    assert 'value="amal"' in refused.text
    assert "غير صحيحة" in refused.text
    assert COOKIE not in nobody.cookies
    assert (await nobody.get("/console/")).status_code == 303


async def test_guessing_is_slowed_down(visit: Visit) -> None:
    nobody = await visit()
    for _ in range(MAX_PER_USERNAME):
        assert (await enter(nobody, "a guess that is wrong")).status_code == 401
    refused = await enter(nobody)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert "محاولات كثيرة" in refused.text


async def test_a_cookie_that_was_planted_before_is_not_taken_over(visit: Visit) -> None:
    victim = await visit()
    victim.cookies.set(COOKIE, "planted", domain="desk.test", path="/")
    answer = await enter(victim)
    assert answer.cookies[COOKIE] != "planted"


async def test_signing_in_again_ends_the_session_before_it(visit: Visit) -> None:
    amal, thief = await visit("amal"), await visit()
    thief.cookies.set(COOKIE, amal.cookies[COOKIE])
    assert (await thief.get("/console/")).status_code == 200
    await enter(amal)
    assert (await amal.get("/console/")).status_code == 200
    assert (await thief.get("/console/")).status_code == 303


async def test_after_signing_out_the_old_cookie_opens_nothing(visit: Visit, database: Database) -> None:
    amal, thief = await visit(), await visit()
    await enter(amal)
    thief.cookies.set(COOKIE, amal.cookies[COOKIE])
    left = await amal.post("/console/sign-out")
    assert left.status_code == 303
    assert COOKIE not in amal.cookies
    assert (await thief.get("/console/")).status_code == 303
    async with database.transaction() as session:
        actions = list(await session.scalars(select(AuditEntry.action).where(AuditEntry.actor == "account:amal")))
    assert actions == ["sign_in", "sign_out"]


async def test_one_is_led_on_within_the_console_only(visit: Visit) -> None:
    nobody, ours = await visit(), "/console/cases?q=%D8%AD"
    assert (await enter(nobody, next=ours)).headers["location"] == ours
    elsewhere = ["https://evil.test/console/"]
    elsewhere += ["//evil.test/console/", "/\\evil.test", "/console/\r\nA: b", "/api/v1/calls"]
    for wanted in elsewhere:
        assert (await enter(nobody, next=wanted)).headers["location"] == "/console/", wanted


async def test_nobody_is_asked_to_sign_in_and_brought_back(visit: Visit) -> None:
    asked = await (await visit()).get("/console/cases?status=open")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/console/sign-in?next=%2Fconsole%2Fcases%3Fstatus%3Dopen"


async def test_a_script_that_is_signed_out_is_told_so_as_json(visit: Visit) -> None:
    answer = await (await visit()).get("/console/choices", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["error"] == "unauthenticated"


async def test_a_disabled_account_is_out_at_once(visit: Visit, database: Database, people: People) -> None:
    amal = await visit("amal")
    async with database.transaction() as session:
        await disable_account(session, "amal", actor="cli")
    assert (await amal.get("/console/")).status_code == 303
    assert (await enter(amal)).status_code == 401


async def test_each_person_chooses_a_language_and_it_is_kept(visit: Visit) -> None:
    amal = await visit("amal")
    changed = await amal.post("/console/language", data={"language": "en", "next": "/console/cases?q=x"})
    assert changed.headers["location"] == "/console/cases?q=x"
    assert '<html lang="en" dir="ltr">' in (await amal.get("/console/")).text
    assert '<html lang="en" dir="ltr">' in (await (await visit("amal")).get("/console/")).text
    assert '<html lang="ar" dir="rtl">' in (await (await visit("omar")).get("/console/")).text
