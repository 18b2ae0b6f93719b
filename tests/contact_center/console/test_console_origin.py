"""Requests that another site may be behind, and what every answer carries."""

import re

import httpx
import pytest
from desk import ORIGIN, Filed, Visit

EVIL = "https://evil.test"


async def post(client: httpx.AsyncClient, address: str, **headers: str) -> httpx.Response:
    request = client.build_request("POST", address, data={"language": "en", "phone": "39123456"})
    del request.headers["Origin"]
    request.headers.update(headers)
    return await client.send(request)


REFUSED: list[dict[str, str]] = [
    {"Origin": EVIL},
    {"Origin": "null"},
    {"Origin": "http://desk.test.evil.test"},
    {"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site"},
    {},
]


@pytest.mark.parametrize("address", ["/console/language", "/console/sign-out", "/console/calls", "/console/sign-in"])
async def test_a_change_that_another_site_may_ask_for_is_refused(visit: Visit, address: str) -> None:
    amal = await visit("amal")
    for headers in REFUSED:
        assert (await post(amal, address, **headers)).status_code == 403, headers
    assert 'lang="ar"' in (await amal.get("/console/")).text


async def test_our_own_pages_may_ask(visit: Visit) -> None:
    amal = await visit("amal")
    for headers in ({"Origin": ORIGIN}, {"Sec-Fetch-Site": "same-origin"}):
        assert (await post(amal, "/console/language", **headers)).status_code == 303, headers


async def test_the_api_trusts_a_cookie_only_from_our_own_pages(visit: Visit) -> None:
    amal = await visit("amal")
    address = "/api/v1/calls"
    refused = await amal.post(address, json={"phone": None}, headers={"Origin": EVIL})
    assert refused.status_code == 403
    assert (await amal.post(address, json={"phone": None})).status_code == 201


async def test_every_answer_says_what_a_browser_may_do_with_it(visit: Visit) -> None:
    amal = await visit("amal")
    for address in ("/console/", "/console/cases/1", "/console/static/keys.js", "/console/calls"):
        headers = (await amal.get(address)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


async def test_pages_with_personal_data_are_not_kept_by_browsers(visit: Visit, filed: Filed) -> None:
    page = await (await visit("amal")).get(f"/console/cases/{filed.pothole.reference}")
    assert page.headers["cache-control"] == "no-store"


async def test_no_page_has_a_script_or_style_of_its_own(visit: Visit, filed: Filed) -> None:
    amal = await visit("amal")
    call = (await amal.post("/console/calls", data={"phone": "39123456"})).headers["location"]
    for address in ("/console/", "/console/cases", f"/console/cases/{filed.pothole.reference}", call):
        text = (await amal.get(address)).text
        assert text.count("<script") == len(
            re.findall(r'<script (?:defer|type="module") src="/console/static/[^"]+"></', text)
        )
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick=" not in text


async def test_a_body_that_no_form_has_is_refused_before_anybody_has_signed_in(visit: Visit) -> None:
    answer = await (await visit()).post("/console/sign-in", data={"username": "x" * 300_000, "password": "y"})
    assert answer.status_code in (400, 413)


async def test_files_are_kept_by_their_version_and_pages_come_compressed(visit: Visit) -> None:
    amal = await visit("amal")
    page = await amal.get("/console/cases")
    assert (page.headers["content-encoding"], page.headers["cache-control"]) == ("gzip", "no-store")
    for address in re.findall(r'(?:src|href)="(/console/static/[^"]+)"', page.text):
        file = await amal.get(address)
        assert (file.status_code, file.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert (await amal.get("/console/static/keys.js")).headers["cache-control"] == "no-cache"
    for wrong in ("/console/static/0123456789ab/keys.js", "/console/static/nothing.js"):
        assert (await amal.get(wrong)).status_code == 404
