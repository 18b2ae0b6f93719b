"""Accounts of staff in the console: made, changed, disabled, let in again; and one's own password."""

import re
from html import unescape

import httpx
import pytest
from desk import PASSWORD, People, Visit
from fastapi import FastAPI
from pyotp import TOTP
from sqlalchemy import select

from contact_center.accounts import second_factor
from contact_center.accounts.models import Account, AuditEntry
from contact_center.accounts.openid import Provider
from contact_center.accounts.queries import account_named
from contact_center.accounts.roles import Role
from contact_center.accounts.second_factor import PURPOSE
from contact_center.accounts.vault import Vault
from contact_center.clock import now
from contact_center.console.words import words
from contact_center.database import Database

HOME = "/console/staff"
CHOSEN = "a password that I chose"


def once(page: str) -> str:
    """The password that a page shows this once."""
    found = re.search(r'<code class="number once" dir="ltr">([^<]+)</code>', page)
    assert found
    return found[1]


async def stored(database: Database, username: str) -> Account:
    async with database.transaction() as session:
        found = await account_named(session, username)
    assert found
    return found


async def enter(browser: httpx.AsyncClient, username: str, password: str) -> httpx.Response:
    return await browser.post("/console/sign-in", data={"username": username, "password": password})


async def trail(database: Database) -> list[tuple[str, str, str]]:
    async with database.transaction() as session:
        entries = await session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(entry.actor, entry.action, entry.subject) for entry in entries]


async def test_a_new_colleague_from_the_form_to_the_first_case_list(visit: Visit, database: Database) -> None:
    adel = await visit("adel")
    form = {"username": " Fatima ", "display_name": "فاطمة", "role": "officer", "agency": "works"}
    made = await adel.post(f"{HOME}/new", data=form)
    assert made.status_code == 200
    password = once(made.text)
    fatima = await stored(database, "fatima")
    assert (fatima.display_name, fatima.role, fatima.agency) == ("فاطمة", "officer", "works")
    assert password not in (await adel.get(f"{HOME}/accounts/fatima")).text
    browser = await visit()
    await enter(browser, "fatima", password)
    assert (await browser.get("/console/cases")).headers["location"] == "/console/account"
    page = (await browser.get("/console/account")).text
    assert words("account.password_first", "ar") in page
    assert 'href="/console/cases"' not in page
    form = {"present": password, "new": CHOSEN, "again": CHOSEN}
    assert (await browser.post("/console/account/password", data=form)).status_code == 303
    assert (await browser.get("/console/cases")).status_code == 200
    assert await trail(database) == [
        ("account:adel", "account.create", "fatima"),
        ("account:fatima", "sign_in", "fatima"),
        ("account:fatima", "account.choose_password", "fatima"),
    ]


@pytest.mark.parametrize(
    ("different", "status", "fault"),
    [
        ({"username": "two words"}, 422, "username"),
        ({"username": "AMAL"}, 409, "taken"),
        ({"role": "king"}, 422, "role"),
        ({"agency": ""}, 422, "agency"),
        ({"agency": "nobody"}, 422, "agency"),
        ({"role": "auditor"}, 422, "agency"),
        ({"external_id": "AMAL@gov.bh"}, 409, "external_id"),
    ],
)
async def test_what_cannot_be_is_said_and_stays_typed(
    visit: Visit, database: Database, people: People, different: dict[str, str], status: int, fault: str
) -> None:
    async with database.transaction() as session:
        (await session.get_one(Account, people.amal.id)).external_id = "amal@gov.bh"
    form = {"username": "fatima", "display_name": "فاطمة", "role": "officer", "agency": "works"} | different
    refused = await (await visit("adel")).post(f"{HOME}/new", data=form)
    assert refused.status_code == status
    assert words(f"staff.fault_{fault}", "ar") in unescape(refused.text)
    assert 'value="فاطمة"' in refused.text
    assert await trail(database) == []


async def test_an_account_is_changed_and_who_is_signed_in_goes_on_with_the_new_role(
    visit: Visit, database: Database
) -> None:
    adel, omar = await visit("adel"), await visit("omar")
    form = {"display_name": "عمر", "role": "auditor", "agency": "", "external_id": "omar@gov.bh"}
    changed = await adel.post(f"{HOME}/accounts/omar", data=form)
    assert changed.headers["location"] == f"{HOME}/accounts/omar?done=changed"
    page = (await adel.get(changed.headers["location"])).text
    assert words("staff.done_changed", "ar") in page
    assert 'value="omar@gov.bh"' in page
    assert (await omar.get("/console/audit")).status_code == 200
    same = await adel.post(f"{HOME}/accounts/omar", data=form)
    assert same.headers["location"].endswith("done=unchanged")
    assert await trail(database) == [("account:adel", "account.change", "omar")]


async def test_the_last_administrator_stays(visit: Visit, database: Database) -> None:
    adel = await visit("adel")
    for what, form in (("", {"role": "agent"}), ("/disable", {})):
        refused = await adel.post(f"{HOME}/accounts/adel{what}", data=form)
        assert refused.status_code == 409
        assert words("staff.fault_last_admin", "ar") in refused.text
    adels = await stored(database, "adel")
    assert (adels.role, adels.disabled_at) == ("admin", None)


async def test_a_disabled_account_is_out_at_once_and_may_come_back(visit: Visit) -> None:
    adel, amal = await visit("adel"), await visit("amal")
    assert (await adel.post(f"{HOME}/accounts/amal/disable")).status_code == 303
    assert (await amal.get("/console/")).status_code == 303
    page = (await adel.get(f"{HOME}/accounts/amal")).text
    assert words("staff.is_disabled", "ar") in page
    assert f"{HOME}/accounts/amal/disable" not in page
    await adel.post(f"{HOME}/accounts/amal/enable")
    assert (await enter(await visit(), "amal", PASSWORD)).headers["location"] == "/console/"


async def test_a_temporary_password_shuts_the_old_one_out(visit: Visit) -> None:
    adel, amal = await visit("adel"), await visit("amal")
    password = once((await adel.post(f"{HOME}/accounts/amal/password")).text)
    assert (await amal.get("/console/")).status_code == 303
    assert (await enter(await visit(), "amal", PASSWORD)).status_code == 401
    browser = await visit()
    await enter(browser, "amal", password)
    assert (await browser.get("/console/calls/new")).headers["location"] == "/console/account"
    assert (await browser.post("/api/v1/calls", json={"phone": None})).status_code == 403
    told = await browser.get("/console/choices", headers={"Accept": "application/json"})
    assert told.json()["error"] == "not_yet"


@pytest.mark.parametrize(
    ("different", "fault"),
    [
        ({"again": "another one altogether"}, "not_the_same"),
        ({"new": "short", "again": "short"}, "too_weak"),
        ({"new": PASSWORD, "again": PASSWORD}, "too_weak"),
        ({"present": "not this one, surely"}, "not_the_present_one"),
    ],
)
async def test_ones_own_password_is_changed_with_care(
    visit: Visit, database: Database, different: dict[str, str], fault: str
) -> None:
    amal = await visit("amal")
    form = {"present": PASSWORD, "new": CHOSEN, "again": CHOSEN} | different
    refused = await amal.post("/console/account/password", data=form)
    assert refused.status_code == 422
    assert words(f"account.fault_{fault}", "ar", shortest="١٢") in refused.text
    assert await trail(database) == []
    assert (await enter(await visit(), "amal", PASSWORD)).status_code == 303


async def test_a_lost_second_factor_is_reset_and_noted(
    visit: Visit, app: FastAPI, database: Database, people: People
) -> None:
    vault = Vault(app.state.settings.effective_secret_key, PURPOSE)
    async with database.transaction() as session:
        await second_factor.begin(session, people.amal.id, vault)
        setup = await second_factor.setup_of(session, people.amal, vault)
        assert setup
        code = TOTP(setup.secret).at(now())
        await second_factor.confirm(session, people.amal.id, vault, code, "-", actor="account:amal")
    adel = await visit("adel")
    assert f"{HOME}/accounts/amal/two-factor" in (await adel.get(f"{HOME}/accounts/amal")).text
    assert (await adel.post(f"{HOME}/accounts/amal/two-factor")).status_code == 303
    assert (await trail(database))[-1] == ("account:adel", "two_factor.reset", "amal")
    assert (await enter(await visit(), "amal", PASSWORD)).headers["location"] == "/console/"
    assert f"{HOME}/accounts/amal/two-factor" not in (await adel.get(f"{HOME}/accounts/amal")).text


async def test_the_list_is_searched_and_says_who_lacks_what(visit: Visit, app: FastAPI) -> None:
    app.state.two_factor_roles = frozenset({Role.HEAD})
    adel = await visit("adel")
    shown: dict[str, set[str]] = {}
    for query in ("", "?q=OMA", "?role=supervisor", "?agency=works", "?agency=works&role=head", "?q=%25", "?role=king"):
        text = (await adel.get(f"{HOME}{query}")).text
        shown[query] = set(re.findall(rf'href="{HOME}/accounts/(\w+)"', text))
        assert (words("staff.must_set_up", "ar") in text) is ("huda" in shown[query]), query
    assert shown == {
        "": {"amal", "omar", "sami", "huda", "sara", "noor", "adel", "zain"},
        "?q=OMA": {"omar"},
        "?role=supervisor": {"sami", "noor"},
        "?agency=works": {"omar", "sami", "huda"},
        "?agency=works&role=head": {"huda"},
        "?q=%25": set(),
        "?role=king": set(),
    }


async def test_the_providers_name_is_asked_for_where_there_is_a_provider(visit: Visit, app: FastAPI) -> None:
    adel = await visit("adel")
    assert 'name="external_id"' not in (await adel.get(f"{HOME}/new")).text
    app.state.openid = Provider("https://id.example", "x", None, "email", None)
    assert 'name="external_id"' in (await adel.get(f"{HOME}/new")).text


@pytest.mark.parametrize("what", ["", "/password", "/two-factor", "/disable", "/enable"])
async def test_who_is_not_there_is_not_found(visit: Visit, what: str) -> None:
    answer = await (await visit("adel")).post(f"{HOME}/accounts/nobody{what}", data={"role": "agent"})
    assert answer.status_code == 404
