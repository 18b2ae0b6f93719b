"""Signing in, accounts and keys in a real browser: by keyboard, with an identity provider, on screens of any width."""

import re

import pytest
from desk import OVERFLOW, PASSWORD, OpenPage, People
from fastapi import FastAPI
from playwright.async_api import Page, expect
from pyotp import TOTP

from contact_center.accounts import audit
from contact_center.accounts.api_keys import create_key, verify_key
from contact_center.accounts.models import Account
from contact_center.accounts.openid import Provider
from contact_center.accounts.roles import Role
from contact_center.clock import now
from contact_center.database import Database
from tests.fakes.openid.server import CLIENT_ID, CLIENT_SECRET, OpenIdServer


async def type_password(page: Page, username: str) -> None:
    """Sign in by keyboard on the sign-in page, wherever that leads."""
    await expect(page.get_by_label("اسم المستخدم")).to_be_focused()
    await page.keyboard.type(username)
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")


async def test_a_second_factor_is_set_up_and_used_without_the_mouse(open_page: OpenPage, app: FastAPI) -> None:
    app.state.two_factor_roles = frozenset({Role.HEAD})
    page = await open_page(None)
    await type_password(page, "huda")
    await page.wait_for_url("**/account/two-factor")
    await expect(page.get_by_role("navigation")).to_have_count(0)
    await page.get_by_role("button", name="فعّل الدخول بخطوتين").press("Enter")
    await expect(page.get_by_role("img", name="مربع يقرؤه")).to_be_visible()
    phone = TOTP((await page.locator(".secret").inner_text()).replace(" ", ""))
    await page.get_by_label("اكتب الرمز الذي يظهر في التطبيق").focus()
    await page.keyboard.type(phone.at(now()))
    await page.keyboard.press("Enter")
    await expect(page.locator(".codes li")).to_have_count(10)
    await page.get_by_role("link", name="حفظتها، تابع").press("Enter")
    await page.wait_for_url("**/console/")
    await page.get_by_role("button", name="خروج").press("Enter")
    await page.wait_for_url("**/sign-in?*")
    await type_password(page, "huda")
    await expect(page.get_by_label("الرمز", exact=True)).to_be_focused()
    await page.keyboard.type(phone.at(now(), counter_offset=1))
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/console/")


async def test_one_signs_in_with_the_identity_provider_and_comes_back(
    open_page: OpenPage, app: FastAPI, address: str, people: People, database: Database
) -> None:
    async with database.transaction() as session:
        (await session.get_one(Account, people.omar.id)).external_id = "amal@gov.bh"  # whom the provider knows
    async with OpenIdServer.running() as provider:
        provider.return_addresses = {f"{address}/console/sign-in/openid/return"}
        app.state.settings.public_url = address
        app.state.openid = Provider(provider.url, CLIENT_ID, CLIENT_SECRET, "email", "eKey")
        page = await open_page(None)
        await page.goto("/console/cases")
        await page.get_by_role("link", name="الدخول عبر eKey").press("Enter")
        await page.wait_for_url("**/console/cases")
        await expect(page.locator(".person .name")).to_have_text("Omar")


async def test_an_administrator_makes_an_account_and_a_key_without_the_mouse(
    open_page: OpenPage, database: Database
) -> None:
    page = await open_page("adel")
    await page.get_by_role("link", name="الموظفون").press("Enter")
    await page.get_by_role("link", name="حساب جديد").press("Enter")
    await page.get_by_label("اسم المستخدم").focus()
    await page.keyboard.type("fatima")
    await page.keyboard.press("Tab")
    await page.keyboard.type("فاطمة")
    await page.get_by_label("الدور").select_option("officer")
    await page.get_by_label("الجهة", exact=True).select_option("works")
    await page.get_by_role("button", name="أنشئ الحساب").press("Enter")
    await expect(page.locator(".once")).to_have_text(re.compile(r"^(\w{4}-){4}\w{4}$"))
    await page.get_by_role("link", name="مفاتيح الأنظمة").press("Enter")
    await page.get_by_label("لأي نظام").focus()
    await page.keyboard.type("نظام الهاتف")
    await page.keyboard.press("Enter")
    key = await page.locator(".once").inner_text()
    async with database.transaction() as session:
        found = await verify_key(session, key)
    assert found
    assert found.name == "نظام الهاتف"


@pytest.mark.parametrize("width", [400, 1366])
async def test_no_page_about_staff_is_wider_than_its_window(
    open_page: OpenPage, database: Database, width: int
) -> None:
    async with database.transaction() as session:
        await create_key(session, "a system with a rather long name of its own", actor="account:adel")
        await audit.record(session, "account:adel", "account.change", "omar", external_id=[None, "a" * 60 + "@gov.bh"])
    page = await open_page("adel", width)
    begin = page.get_by_role("button", name="فعّل الدخول بخطوتين")
    await page.goto("/console/account/two-factor")
    await begin.click()
    for language in ("ar", "en"):
        for where in ("staff", "staff/new", "staff/accounts/omar", "keys", "audit", "account", "account/two-factor"):
            await page.goto(f"/console/{where}")
            assert await page.evaluate(OVERFLOW) <= 0, (language, where)
        if language == "ar":
            await page.get_by_role("button", name="English").click()
            await expect(page.locator("html")).to_have_attribute("lang", "en")
