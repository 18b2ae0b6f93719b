"""Errors are pages that staff understand, in their language; scripts get JSON; nobody gets a traceback."""

from desk import Visit
from fastapi import FastAPI

from contact_center.database import Database


async def test_an_address_of_nothing_is_told_in_the_readers_language(visit: Visit) -> None:
    amal = await visit("amal")
    arabic = await amal.get("/console/no/such/page")
    await amal.post("/console/language", data={"language": "en"})
    english = await amal.get("/console/no/such/page")
    assert (arabic.status_code, english.status_code) == (404, 404)
    assert "لا يوجد شيء هنا" in arabic.text
    assert "There is nothing here" in english.text


async def test_scripts_get_json(visit: Visit) -> None:
    answer = await (await visit("amal")).get("/console/cases/99", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json()["error"] == "not_found"
    assert "الرابط" in answer.json()["message"]


async def test_a_form_that_lacks_something_is_told_in_words(visit: Visit) -> None:
    answer = await (await visit("amal")).post("/console/language", data={"language": "fr"})
    assert answer.status_code == 422
    assert "لم نفهم ما أُرسل" in answer.text


async def test_with_the_database_away_one_is_asked_to_wait(visit: Visit, app: FastAPI, database: Database) -> None:
    amal = await visit("amal")
    app.state.database = Database("postgresql://nobody@127.0.0.1:1/nothing", pool_size=1)
    try:
        answer = await amal.get("/console/")
    finally:
        await app.state.database.close()
        app.state.database = database
    assert answer.status_code == 503
    assert "الخدمة مشغولة الآن" in answer.text
    assert "psycopg" not in answer.text


async def test_a_fault_of_ours_is_a_page_too_and_has_the_headers(visit: Visit, app: FastAPI) -> None:
    amal = await visit("amal")
    app.state.database, database = None, app.state.database
    try:
        answer = await amal.get("/console/")
    finally:
        app.state.database = database
    assert answer.status_code == 500
    assert "حدث خطأ عندنا" in answer.text
    assert "Traceback" not in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
