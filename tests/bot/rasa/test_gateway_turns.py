from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest


def row(running: Any, conversation: str) -> tuple[int, list[dict[str, Any]]] | None:
    with psycopg.connect(running.database_url) as connection:
        found = connection.execute(
            "SELECT version, events FROM rasa.conversations WHERE id = %s", [conversation]
        ).fetchone()
    return (found[0], found[1]) if found else None


def test_an_answer_has_all_that_the_service_needs(running: Any) -> None:
    status, reply = running.gateway.turn("whole", "1", "السلام عليكم")
    assert status == 200
    assert reply["messages"] == [{"text": "هلا", "buttons": []}]
    assert (reply["expects"], reply["draft"], reply["language"]) == (None, {}, "ar")
    assert reply["intent"]["name"] == "greet"
    assert 0.3 < reply["intent"]["confidence"] <= 1
    assert reply["doubt"] is None


def test_words_that_were_not_understood_come_back_with_what_was_guessed(running: Any) -> None:
    _, reply = running.gateway.turn("doubted", "1", "𐍈𐍈 𐍉𐍉")
    assert reply["intent"]["name"] == "nlu_fallback"
    assert reply["doubt"]["about"] == "intent"
    assert len(reply["doubt"]["intents"]) == 3
    assert {"code", "confidence"} == reply["doubt"]["categories"][0].keys()
    assert running.gateway.turn("doubted", "1", "𐍈𐍈 𐍉𐍉")[1] == reply


def test_a_form_is_filled_and_the_draft_follows(running: Any) -> None:
    gateway = running.gateway
    assert gateway.turn("form", "1", "ابي اشتكي")[1]["expects"] == "description"
    status, reply = gateway.turn("form", "2", "حفرة كبيرة في الشارع")
    assert status == 200
    assert reply["expects"] == "area"
    assert reply["draft"] == {"description": "حفرة كبيرة في الشارع"}
    assert reply["messages"][0]["buttons"] == [{"title": "سترة", "payload": '/inform{"area": "سترة"}'}]
    status, reply = gateway.turn("form", "3", payload='/inform{"area": "سترة"}')
    assert reply["expects"] == "contact_name"
    assert reply["draft"]["area"] == "سترة"
    assert gateway.said("form", "4", "أحمد") == ["filed سترة for 4"]


def test_a_response_may_differ_by_channel(running: Any) -> None:
    assert running.gateway.said("sms", "1", "السلام عليكم", metadata={"channel": "sms"}) == ["hello on sms"]


def test_a_fallback_reports_the_intent_of_its_own_message(running: Any) -> None:
    """Rasa's fallback takes the message back out of the conversation."""
    status, reply = running.gateway.turn("fallback", "1", payload="/affirm")
    assert status == 200
    assert reply["messages"][0]["text"] == "ما عندي جواب"
    assert reply["intent"] == {"name": "affirm", "confidence": 1.0}


DISGUISES = [
    "/affirm",
    "  /affirm",
    "\u200b/affirm",
    "\u202e/affirm",
    "\ufeff/affirm",
    "\u00a0/affirm",
    "\u3000/affirm",
    "／affirm",
    "\u2066/affirm\u2069",
    '/inform{"area": "سترة"}',
    '/report_complaint@1.0{"area": "سترة"}',
    "//affirm",
    "EXTERNAL: affirm",
    "/restart",
    "/session_start",
    "/back",
]


@pytest.mark.parametrize("typed", DISGUISES)
def test_what_a_person_types_is_never_run(running: Any, typed: str) -> None:
    """A payload has confidence 1 and the entities that it states; typed text is judged by the model."""
    conversation = f"typed {typed}"
    status, reply = running.gateway.turn(conversation, "1", typed)
    assert status in (200, 503)  # what the small model takes it for may be the action that breaks
    if status == 200:
        assert reply["intent"]["confidence"] < 1
        users = [event for event in row(running, conversation)[1] if event["event"] == "user"]
        entities = [entity for user in users for entity in user["parse_data"]["entities"]]
        assert all(entity["extractor"] == "EntityFinder" for entity in entities)


def test_typed_text_is_still_understood(running: Any) -> None:
    assert running.gateway.turn("slash", "1", "/ ابي اشتكي")[1]["intent"]["name"] == "report_complaint"


def test_a_form_takes_a_typed_slash_as_words(running: Any) -> None:
    running.gateway.turn("slash form", "1", "ابي اشتكي")
    _, reply = running.gateway.turn("slash form", "2", '/inform{"area": "سترة"}')
    assert reply["draft"]["description"] == '/inform{"area": "سترة"}'


def test_a_message_sent_twice_is_answered_once(running: Any) -> None:
    gateway = running.gateway
    gateway.turn("twice", "1", "ابي اشتكي")
    first = gateway.turn("twice", "2", "حفرة كبيرة في الشارع")
    version = row(running, "twice")[0]
    assert gateway.turn("twice", "2", "حفرة كبيرة في الشارع") == first
    assert row(running, "twice")[0] == version
    gateway.turn("twice", "3", "سترة")
    assert gateway.turn("twice", "2", "حفرة كبيرة في الشارع") == first  # also when another turn came in between


def test_a_failing_action_fails_the_turn_and_leaves_no_trace(running: Any) -> None:
    gateway = running.gateway
    gateway.turn("broken", "1", "السلام عليكم")
    before = row(running, "broken")
    status, reply = gateway.turn("broken", "2", payload="/thank")
    assert status == 503
    assert reply["error"] == "action action_break failed: RasaException"
    assert reply["kind"] == "failed"
    assert row(running, "broken") == before
    assert gateway.said("broken", "3", "السلام عليكم") == ["هلا"]


def test_an_action_that_hangs_fails_the_turn_in_time(running: Any) -> None:
    status, _ = running.gateway.turn("hanging", "1", payload="/goodbye")
    assert status == 503
    assert row(running, "hanging") is None


def test_saying_nothing_is_a_failure(running: Any) -> None:
    status, reply = running.gateway.turn("nothing", "1", payload="/inform")
    assert (status, reply["error"]) == (503, "the assistant said nothing")
    assert row(running, "nothing") is None


def test_a_failure_is_one_line_without_the_persons_words(running: Any) -> None:
    running.gateway.turn("silent", "m-secret", payload='/inform{"area": "كلام سري"}')
    lines = [line for line in running.rasa.output().splitlines() if "m-secret" in line]
    assert len(lines) == 1
    logged = json.loads(lines[0][lines[0].index("{") :])
    assert logged["event"] == "gateway.turn_failed"
    assert logged["conversation"] == "silent"
    assert logged["reason"] == "the assistant said nothing"
    assert "كلام سري" not in running.rasa.output()


GOOD = {"conversation": "c", "message_id": "m", "text": "هلا"}


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"\xff",
        {},
        {**GOOD, "text": None},
        {**GOOD, "text": "  "},
        {**GOOD, "text": "\x00"},
        {**GOOD, "payload": "/greet"},
        {**GOOD, "text": 5},
        {**GOOD, "conversation": ""},
        {**GOOD, "message_id": None},
        {**GOOD, "metadata": []},
        {**GOOD, "text": None, "payload": "/unknown_intent"},
        {**GOOD, "text": None, "payload": "greet"},
        {**GOOD, "text": None, "payload": "/"},
    ],
)
def test_what_is_no_turn_is_refused(running: Any, body: Any) -> None:
    status, reply = running.gateway.post(body)
    assert status == 400
    assert reply["error"]


@pytest.mark.parametrize("token", ["", "wrong", "token-of-the-test", "token-of-the-testsx", "كلمة"])
def test_only_who_knows_the_token_is_answered(running: Any, token: str) -> None:
    assert running.gateway.post(GOOD, token=token.encode().decode("latin-1"))[0] == 401
    assert running.gateway.delete("/conversations/c", token=token.encode().decode("latin-1"))[0] == 401


def test_any_unicode_can_be_stored(running: Any) -> None:
    odd = {"conversation": "odd", "message_id": "1", "text": "ابي اشتكي \ud800\0 😀", "metadata": {"a": ["\udfff"]}}
    assert running.gateway.post(odd)[0] == 200
    assert running.gateway.turn("odd", "2", "حفرة " * 1000)[1]["expects"] == "area"


def test_a_conversation_can_be_forgotten(running: Any) -> None:
    gateway = running.gateway
    gateway.turn("web/chat 1", "1", "ابي اشتكي")
    assert row(running, "web/chat 1")
    assert gateway.delete("/conversations/web%2Fchat%201")[0] == 204
    assert row(running, "web/chat 1") is None
    assert gateway.delete("/conversations/web%2Fchat%201")[0] == 204
    assert gateway.turn("web/chat 1", "1", "السلام عليكم")[1]["expects"] is None


def test_what_words_mean_is_told_and_no_conversation_begins(running: Any) -> None:
    gateway = running.gateway
    assert gateway.intent({"text": "السلام عليكم"}) == (200, {"intent": "greet"})
    assert gateway.intent({"text": "في حريق وناس داخل"}) == (200, {"intent": "emergency"})
    assert [gateway.intent(bad)[0] for bad in ({}, {"text": " "}, {"text": 1}, b"no json")] == [400] * 4
    assert gateway.intent({"text": "السلام عليكم"}, token="wrong")[0] == 401


def test_what_words_are_about_is_told_outside_any_conversation(running: Any) -> None:
    gateway = running.gateway
    status, told = gateway.categories({"text": "حفرة في الشارع"})
    assert status == 200
    assert told["categories"][0]["code"] == "road.pothole"
    assert 0.5 < told["categories"][0]["confidence"] <= 1
    assert gateway.categories({"text": " "})[0] == 400
    assert gateway.categories({"text": "حفرة"}, token="wrong")[0] == 401


def test_health(running: Any) -> None:
    assert running.gateway.health() == 200


def test_it_goes_on_after_a_kill(running: Any) -> None:
    gateway = running.gateway
    gateway.turn("killed", "1", "ابي اشتكي")
    answered = gateway.turn("killed", "2", "حفرة كبيرة في الشارع")
    running.rasa.kill()
    running.start_again()
    assert gateway.turn("killed", "2", "حفرة كبيرة في الشارع") == answered
    _, reply = gateway.turn("killed", "3", "سترة")
    assert (reply["expects"], reply["draft"]["description"]) == ("contact_name", "حفرة كبيرة في الشارع")
    assert gateway.said("killed", "4", "أحمد") == ["filed سترة for 4"]


def test_a_database_that_is_away_fails_the_turn_and_comes_back(running: Any, postgres: Any) -> None:
    gateway = running.gateway
    gateway.turn("outage", "1", "ابي اشتكي")
    postgres.allow(running.database, False)
    try:
        status, reply = gateway.turn("outage", "2", "حفرة كبيرة في الشارع")
        assert (status, reply["kind"]) == (503, "unavailable")
        assert gateway.health() == 503
    finally:
        postgres.allow(running.database, True)
    assert gateway.turn("outage", "2", "حفرة كبيرة في الشارع")[1]["expects"] == "area"


def test_an_action_server_that_is_away_fails_the_turn(running: Any, tmp_path: Path) -> None:
    running.rasa.kill()
    known = running.actions_port
    running.actions_port = 1
    running.start_again()
    try:
        status, reply = running.gateway.turn("no actions", "1", payload="/thank")
        assert (status, reply["kind"]) == (503, "unavailable")
        assert row(running, "no actions") is None
    finally:
        running.rasa.kill()
        running.actions_port = known
        running.start_again()
