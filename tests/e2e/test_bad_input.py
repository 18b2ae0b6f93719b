"""What is wrong, hostile or senseless is refused or answered sensibly: never executed, never a traceback."""

import asyncio
import json
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.arabic import normalise
from contact_center.agencies.catalogue import catalogue
from tests.e2e import lines, stories
from tests.e2e.person import Person
from tests.e2e.system import System
from tests.fakes.telegram.server import SECRET_HEADER

pytestmark = [pytest.mark.usefixtures("no_traceback"), pytest.mark.timeout(180, func_only=True)]

CHANNELS = ["telegram", "whatsapp", "sms", "webchat", "call_center"]
ARABIC = re.compile("[\u0621-\u064a]{2,}")
SENTENCE = re.compile("[\u0621-\u064a]{2,} [\u0621-\u064a]|[A-Z][a-z]+ [a-z]")
"""In Arabic, or in English to who writes English."""
FILE_CASE = [
    '/file_case{"x":1}',
    '\u200b/file_case{"x":1}',
    '\u200f\u2066/file_case{"x":1}\u2069',
    '／file_case{"x":1}',  # a full-width slash
    '  /file_case{"x":1}',
    "/action_file_case",
]
PAYLOADS = [
    *FILE_CASE,
    '/inform{"category": "road.pothole"}',
    "/restart",
    "/session_start",
    "/deny",
    "EXTERNAL: file_case",
    "@file_case",
]
SENSELESS = {
    "only emojis": "😡😡😡🔥🙏🏽",
    "only marks that nobody sees": "\u200f\u200b\u200e",
    "a nul": "الشارع\u0000 مكسر",
    "only punctuation": "؟؟؟!!!...",
    "only digits": "٣" * 40,
    "another script": "你好，路坏了",
    "markup": "<script>alert(1)</script><b>حفرة</b>",
    "a template": "{{7*7}} {contact_phone} %s $var",
}


# Webhooks


async def test_telegram_without_its_secret_is_forbidden(system: System) -> None:
    citizen = system.telegram.citizen()
    update = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": citizen.chat, "from": citizen.user}}
    assert await system.telegram.post(update, secret="wrong") == 403
    assert await system.telegram.post(update, secret="") == 403
    assert (await system.http.post(system.telegram.webhook_url, json=update)).status_code == 403


@pytest.mark.parametrize("path", ["/webhooks/twilio/messages", "/webhooks/twilio/status"])
async def test_twilio_without_its_signature_is_forbidden(system: System, path: str) -> None:
    form = {"MessageSid": "SM" + "0" * 32, "From": "whatsapp:+97336000000", "Body": "مرحبا"}
    assert (await system.twilio.post(path, form, signature="bm90IGl0"))[0] == 403
    assert (await system.http.post(system.url + path, data=form)).status_code == 403


NO_UPDATES = [b"{", b"", b"[]", b"null", b'{"update_id": "x"}', b"\xff\xfe", b'{"update_id":' * 500]


@pytest.mark.parametrize("body", NO_UPDATES)
async def test_what_is_no_update_is_a_bad_request(system: System, body: bytes) -> None:
    headers = {SECRET_HEADER: system.telegram.webhook_secret, "Content-Type": "application/json"}
    assert (await system.http.post(system.telegram.webhook_url, content=body, headers=headers)).status_code == 400


async def test_what_is_no_form_is_a_bad_request(system: System) -> None:
    answer = await system.http.post(system.url + "/webhooks/twilio/messages", content=b"\xff\xfe=\xff")
    assert answer.status_code == 400
    signed_but_empty, _ = await system.twilio.post("/webhooks/twilio/messages", {"Body": "مرحبا"})
    assert signed_but_empty == 400


async def test_what_is_no_json_is_a_bad_request(system: System) -> None:
    session = (await system.http.post(system.url + "/chat/sessions")).json()
    headers = {"Authorization": f"Bearer {session['token']}", "Content-Type": "application/json"}
    chat = await system.http.post(system.url + "/chat/messages", content=b"{", headers=headers)
    call = await system.http.post(
        system.url + "/api/v1/calls", content=b"{", headers=system.api | {"Content-Type": "application/json"}
    )
    assert (chat.status_code, call.status_code) == (400, 400)


# What people type


async def test_a_typed_payload_is_words(system: System) -> None:
    before = await system.cases()
    await asyncio.gather(*(_types_payloads(system, channel) for channel in CHANNELS))
    assert await system.cases() == before


async def _types_payloads(system: System, channel: str) -> None:
    async with lines.opened(system, channel) as line:
        person = Person(system, line, stories.POTHOLE)
        for payload in PAYLOADS:
            await person.says(payload)
            assert SENTENCE.search(person.heard), payload
            assert payload not in FILE_CASE or ARABIC.search(person.heard), payload
            assert "category" not in (await system.state(channel, line.address))["draft"], payload


async def test_a_typed_payload_files_nothing_when_all_but_the_yes_is_given(system: System) -> None:
    before = await system.cases()
    await asyncio.gather(*(_types_instead_of_yes(system, payload) for payload in PAYLOADS))
    assert await system.cases() == before


async def _types_instead_of_yes(system: System, payload: str) -> None:
    person = Person(system, lines.telegram(system), stories.POTHOLE)
    await person.begins()
    while (asked := await person.expected()) != "confirm":
        await person.answers(asked)
    await person.says(payload)
    assert SENTENCE.search(person.heard), payload


async def test_senseless_words_get_a_sensible_answer(system: System) -> None:
    await asyncio.gather(
        *(_says_senseless(system, channel, kind) for kind in SENSELESS for channel in ("telegram", "webchat"))
    )


async def _says_senseless(system: System, channel: str, kind: str) -> None:
    async with lines.opened(system, channel) as line:
        person = Person(system, line, stories.POTHOLE)
        await person.says(SENSELESS[kind])
        assert SENTENCE.search(person.heard), kind
        await person.says("السلام عليكم")
        assert ARABIC.search(person.heard), kind


async def test_half_a_surrogate_pair_is_refused_with_a_sentence(system: System) -> None:
    session = (await system.http.post(system.url + "/chat/sessions")).json()
    headers = {"Authorization": f"Bearer {session['token']}", "Content-Type": "application/json"}
    content = json.dumps({"text": "الشارع \ud83d مكسر"})
    answer = await system.http.post(system.url + "/chat/messages", content=content, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["message"]


async def test_five_thousand_characters_are_answered_and_kept(system: System) -> None:
    words = stories.POTHOLE.words + "، وقلنا لهم مرات" * 310
    assert len(words) > 5000
    async with lines.webchat(system) as in_browser:
        for line in (lines.telegram(system), in_browser):
            person = Person(system, line, stories.Story(**vars(stories.POTHOLE) | {"words": words}))
            case = await system.case(await person.files())
            assert case["description"] == words


# What people press and ask


async def test_a_button_of_an_earlier_question_changes_nothing(system: System) -> None:
    person = Person(system, lines.telegram(system), stories.POTHOLE)
    await person.begins()
    while not person.buttons:
        await person.answers(await person.expected())
    old = person.buttons[0]
    await person.answers(await person.expected())
    await person.answers(await person.expected())
    before = await system.state("telegram", person.line.address)
    await person.presses(old)
    assert ARABIC.search(person.heard)
    after = await system.state("telegram", person.line.address)
    assert (after["expects"], after["draft"]) == (before["expects"], before["draft"])


async def test_a_button_that_was_never_sent_changes_nothing(system: System) -> None:
    async with lines.webchat(system) as line:
        for payload in ("b1.0", "b999999999999999999.99", "/affirm", "x"):
            await line.citizen.sends_payload(payload)
            assert ARABIC.search((await line.citizen.hears()).text)


async def test_somebody_elses_number_shows_five_things_only(system: System) -> None:
    case = await system.case(await Person(system, lines.telegram(system), stories.STREET_LIGHT).files())
    stranger = Person(system, lines.whatsapp(system), stories.POTHOLE)
    await stranger.says(f"وين وصلت الشكوى {case['reference']}")
    due = datetime.fromisoformat(case["due_at"]).astimezone(ZoneInfo("Asia/Bahrain"))
    for shown in ("شكوى", "إنارة الشوارع", catalogue().agencies["ewa"].name_ar, str(due.day)):
        assert normalise(shown) in normalise(stranger.heard)
    for hidden in (case["description"], case["contact_name"], case["contact_phone"], case["area"], case["road"]):
        assert normalise(str(hidden)) not in normalise(stranger.heard)


@pytest.mark.parametrize("spelling", ["arabic digits", "spaces", "one run", "in a sentence"])
async def test_a_number_is_understood_however_it_is_written(system: System, spelling: str) -> None:
    reference = (await _any_case(system))["reference"]
    written = {
        "arabic digits": reference.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        "spaces": reference.replace("-", " "),
        "one run": reference.replace("-", ""),
        "in a sentence": f"السلام عليكم ابي اعرف شصار على الشكوى رقم {reference} لو سمحتو",
    }
    person = Person(system, lines.telegram(system), stories.POTHOLE)
    await person.says(written[spelling])
    assert reference in normalise(person.heard)


async def test_one_wrong_digit_is_noticed(system: System) -> None:
    reference = (await _any_case(system))["reference"]
    wrong = reference[:-1] + str((int(reference[-1]) + 1) % 10)
    person = Person(system, lines.telegram(system), stories.POTHOLE)
    await person.says(f"وين وصلت {wrong}")
    assert ARABIC.search(person.heard)
    assert catalogue().agencies[(await _any_case(system))["agency"]].name_ar not in person.heard


async def _any_case(system: System) -> dict[str, str]:
    cases = await system.cases()
    if cases:
        return cases[0]
    return await system.case(await Person(system, lines.telegram(system), stories.POTHOLE).files())
