"""Configuration in the console: for administrators only, by form, with history and undo, and as a file."""

import re
from html import unescape

import httpx
import pytest
from desk import Visit
from sqlalchemy import select

from contact_center.accounts.models import AuditEntry
from contact_center.agencies import queries
from contact_center.agencies.term import Term
from contact_center.configuration import history
from contact_center.configuration.kinds import KINDS
from contact_center.console.words import words
from contact_center.database import Database
from contact_center.notifications.templates import shipped

HOME = "/console/configuration"
PAGES = [
    HOME,
    *(f"{HOME}/kinds/{kind}" for kind in KINDS),
    f"{HOME}/kinds/agency/new",
    f"{HOME}/kinds/agency/entries/ewa",
    f"{HOME}/kinds/hours/entries/offices",
    f"{HOME}/history",
    f"{HOME}/calendar?year=2026",
    f"{HOME}/catalogue",
    f"{HOME}/catalogue.yml",
]
CHANGES = [
    f"{HOME}/kinds/agency/new",
    f"{HOME}/kinds/agency/entries/ewa",
    f"{HOME}/kinds/day/entries/2026-11-22/remove",
    f"{HOME}/history/1/undo",
    f"{HOME}/catalogue",
]


def filled(page: str) -> dict[str, str]:
    """What a browser would send of the entry's form if nothing were changed."""
    form = page[page.index('name="seen"') - 100 : page.index("</form>", page.index('name="seen"'))]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if given.get("type") != "checkbox" or " checked" in tag:
            fields[given["name"]] = unescape(given.get("value", ""))
    for name, options in re.findall(r'<select id="[^"]*" name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


async def change(browser: httpx.AsyncClient, kind: str, code: str, **different: str | None) -> httpx.Response:
    """Open an entry's form, and send it with some fields different; None leaves one out."""
    address = f"{HOME}/kinds/{kind}/entries/{code}"
    fields = {**filled((await browser.get(address)).text), **different}
    return await browser.post(address, data={name: value for name, value in fields.items() if value is not None})


@pytest.mark.parametrize(("who", "status"), [(None, 303), ("amal", 403), ("omar", 403), ("adel", 200)])
async def test_pages_are_for_administrators(visit: Visit, who: str | None, status: int) -> None:
    browser = await visit(who)
    assert {page: (await browser.get(page)).status_code for page in PAGES} == dict.fromkeys(PAGES, status)


@pytest.mark.parametrize(("who", "status"), [(None, 303), ("amal", 403), ("omar", 403), ("zain", 403)])
async def test_nobody_else_changes_anything(visit: Visit, database: Database, who: str | None, status: int) -> None:
    browser = await visit(who)
    answers = [(await browser.post(page, data={"seen": "0"})).status_code for page in CHANGES]
    assert answers == [status] * len(CHANGES)
    async with database.transaction() as session:
        assert await history.page(session) == ([], None)


async def test_only_administrators_are_led_there(visit: Visit) -> None:
    assert f'href="{HOME}"' in (await (await visit("adel")).get("/console/")).text
    assert f'href="{HOME}"' not in (await (await visit("omar")).get("/console/")).text


@pytest.mark.parametrize(("kind", "code"), [("agency", "ewa"), ("category", "road.pothole"), ("hours", "offices")])
async def test_a_form_that_is_saved_as_it_is_changes_nothing(visit: Visit, kind: str, code: str) -> None:
    answer = await change(await visit("adel"), kind, code)
    assert answer.headers["location"].endswith("?done=unchanged")


async def test_a_change_is_saved_shown_and_undone(visit: Visit, database: Database) -> None:
    adel = await visit("adel")
    answer = await change(adel, "agency", "ewa", term="٦س", joined=None)
    assert answer.headers["location"] == f"{HOME}/kinds/agency/entries/ewa?done=saved"
    page = (await adel.get(f"{HOME}/history")).text
    for told in ("adel", "هيئة الكهرباء والماء", '<del dir="auto">٥ أيام عمل</del>', "٦ ساعات عمل", "انضمت إلى النظام"):
        assert told in page, told
    async with database.transaction() as session:
        ((newest,), _) = await history.page(session)
        assert (await queries.catalogue(session)).agencies["ewa"].joined is False
    undone = await adel.post(f"{HOME}/history/{newest.number}/undo")
    assert undone.headers["location"] == f"{HOME}/history?done=undone"
    async with database.transaction() as session:
        assert (await queries.catalogue(session)).agencies["ewa"].term == Term(5)
        audited = await session.scalars(select(AuditEntry.action).where(AuditEntry.actor == "account:adel"))
    assert list(audited) == ["configuration.change", "configuration.undo"]
    twice = await adel.post(f"{HOME}/history/{newest.number}/undo")
    assert twice.status_code == 422
    assert words("setting_fault.changed_since", "ar") in twice.text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ar", "الجهات \u2066ewa\u2069 – نسب التصعيد: اكتب ثلاث نسب، كل منها لا تقل عما قبلها."),
        (
            "en",
            "Agencies \u2066ewa\u2069 – Escalations, per cent: "
            "Write three per cents, each no smaller than the one before.",
        ),
    ],
)
async def test_what_is_refused_is_told_by_field_and_what_was_typed_stays(
    visit: Visit, language: str, sentence: str
) -> None:
    adel = await visit("adel")
    await adel.post("/console/language", data={"language": language})
    answer = await change(adel, "agency", "ewa", escalate_at="90, 80, 70", name_en="Typed & kept")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Typed &amp; kept"' in answer.text
    assert re.search(r'name="escalate_at" aria-invalid="true"', answer.text)


async def test_an_entry_is_added_found_and_added_only_once(visit: Visit, database: Database) -> None:
    adel = await visit("adel")
    fields = filled((await adel.get(f"{HOME}/kinds/agency/new")).text)
    assert (fields["term"], fields["escalate_at"], fields["joined"]) == ("7", "80, 100, 150", "true")
    fields |= {"code": "roads", "name_ar": "هيئة الطرق", "name_en": "Roads Authority"}
    for status in (303, 422):
        assert (await adel.post(f"{HOME}/kinds/agency/new", data=fields)).status_code == status
    found = (await adel.get(f"{HOME}/kinds/agency", params={"q": "هيئه الطرق"})).text
    assert f'href="{HOME}/kinds/agency/entries/roads"' in found
    assert f'href="{HOME}/kinds/agency/entries/ewa"' not in found
    async with database.transaction() as session:
        assert (await queries.catalogue(session)).agencies["roads"].term == Term(7)


async def test_a_day_is_declared_from_the_calendar_and_removed(visit: Visit, database: Database) -> None:
    adel = await visit("adel")
    calendar = (await adel.get(f"{HOME}/calendar?year=2026")).text
    new = f"{HOME}/kinds/day/new?day=2026-11-22"
    assert f'href="{new}"' in calendar
    assert "العيد الوطني" in calendar
    fields = filled((await adel.get(new)).text) | {"note": "أمر ملكي"}
    saved = await adel.post(f"{HOME}/kinds/day/new", data=fields)
    assert f'href="{HOME}/kinds/day/entries/2026-11-22"' in (await adel.get(f"{HOME}/calendar?year=2026")).text
    entry = saved.headers["location"].partition("?")[0]
    removed = await adel.post(f"{entry}/remove", data=filled((await adel.get(entry)).text))
    assert removed.status_code == 303
    async with database.transaction() as session:
        assert await queries.calendar_days(session) == []


async def test_the_catalogue_goes_out_as_a_file_and_comes_back(visit: Visit, database: Database) -> None:
    adel = await visit("adel")
    text = (await adel.get(f"{HOME}/catalogue.yml")).text
    changed = text.replace("Ministry of Works, 10", "Ministry of Works, 12")

    async def upload(content: str, **fields: str) -> httpx.Response:
        return await adel.post(f"{HOME}/catalogue", data=fields, files={"catalogue": ("c.yml", content.encode())})

    assert words("configuration.unchanged", "ar") in (await upload(text)).text
    tried = (await upload(changed, only_try="true")).text
    assert words("configuration.would_change", "ar", n="١") in tried
    async with database.transaction() as session:
        assert await history.page(session) == ([], None)
    assert "١٢ يوم عمل" in (await upload(changed)).text
    async with database.transaction() as session:
        assert (await queries.catalogue(session)).agencies["works"].term == Term(12)
    wrong = await upload(changed.replace("fallback_agency: iga", "fallback_agency: nobody"))
    assert wrong.status_code == 422
    assert words("setting_fault.no_such_agency", "ar", value="nobody") in wrong.text
    assert (await upload("- 1\n- 2")).status_code == 422


async def test_what_is_retired_cannot_be_chosen_at_the_desk(visit: Visit) -> None:
    adel = await visit("adel")
    json = {"Accept": "application/json"}
    offered = {one["value"] for one in (await adel.get("/console/choices", headers=json)).json()["category"]}
    await change(adel, "category", "tourism.hotel", retired="true")
    left = {one["value"] for one in (await adel.get("/console/choices", headers=json)).json()["category"]}
    assert offered - left == {"tourism.hotel"}


async def test_addresses_of_nothing_are_not_found(visit: Visit) -> None:
    adel = await visit("adel")
    for page in ("kinds/nothing", "kinds/agency/entries/nobody", "kinds/day/entries/nonsense", "kinds/hours/new",
                 "history/99", "calendar?year=1"):  # fmt: skip
        assert (await adel.get(f"{HOME}/{page}")).status_code == 404, page


async def test_the_usual_text_is_there_to_begin_ones_own_with(visit: Visit) -> None:
    browser = await visit("adel")
    page = unescape((await browser.get(f"{HOME}/kinds/template")).text)
    assert shipped()["events"]["interim"]["follower"]["ar"].strip() in page
    (address,) = re.findall(r'href="([^"]+event=interim&audience=follower&language=ar[^"]+)"', page)
    form = filled((await browser.get(address)).text)
    assert (form["event"], form["audience"], form["language"]) == ("interim", "follower", "ar")
    assert shipped()["events"]["interim"]["follower"]["ar"].strip() in unescape((await browser.get(address)).text)
