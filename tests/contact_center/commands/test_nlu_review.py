"""`tawasul nlu review`, with the assistant's own program on data of the test's own."""

import asyncio
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from contact_center.database import Database
from contact_center.understanding import queries
from contact_center.understanding.service import Routing, choose, remember_message, remember_move
from tests.contact_center.commands.conftest import Tawasul

ROADS = """version: "3.1"
nlu:
- intent: report_complaint
  metadata:
    category: road.pothole
  examples: |
    - حفرة كبيرة
"""
GUESSES = {
    "intents": [{"name": "greet", "confidence": 0.281}, {"name": "thank", "confidence": 0.1}],
    "categories": [{"code": "road.pothole", "confidence": 0.5}],
}


@pytest.fixture
def roads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one file of a project's training data."""
    file = tmp_path / "project/nlu_data/categories/road.yml"
    file.parent.mkdir(parents=True)
    file.write_text(ROADS, encoding="utf-8")
    monkeypatch.setattr(import_module("contact_center.commands.nlu.review"), "PROJECT", tmp_path / "project")
    return file


def remember(database_url: str, *texts: str) -> None:
    """Keep messages, and at last a moved case."""

    async def keep() -> None:
        database = Database(database_url, pool_size=1)
        async with database.transaction() as session:
            for text in texts:
                known: dict[str, Any] = {"channel": "sms", "names": [], "about": "intent", "guesses": GUESSES}
                await remember_message(session, uuid4(), text, **known)
            before, after = Routing("road.pothole", "works"), Routing("water.leak", "ewa")
            await remember_move(session, uuid4(), "ماي", channel="sms", names=[], before=before, after=after)
        await database.close()

    asyncio.run(keep())


def test_items_are_listed_newest_first(tawasul: Tawasul, database_url: str) -> None:
    remember(database_url, "نقرة\nعودة 39123456")
    listed = tawasul("nlu", "review")
    assert listed.exit_code == 0
    moved, what, where, message, text, intents, categories = listed.stdout.splitlines()
    assert (moved.split()[0], moved.split()[3:]) == ("2", ["sms", "moved"])
    assert (what, where) == ("  ماي", "  road.pothole (works) → water.leak (ewa)")
    assert (message.split()[0], message.split()[3:]) == ("1", ["sms", "intent"])
    assert text == "  نقرة عودة §phone"
    assert (intents, categories) == ("  intents: greet 0.28, thank 0.10", "  categories: road.pothole 0.50")
    assert len(tawasul("nlu", "review", "--limit", "1").stdout.splitlines()) == 3


def test_an_accepted_item_is_in_the_data_and_waits_no_more(tawasul: Tawasul, database_url: str, roads: Path) -> None:
    remember(database_url, "نقرة عودة 39123456")
    labels = ("--intent", "report_complaint", "--category", "road.pothole")
    accepted = tawasul("nlu", "review", "--accept", "1", *labels)
    assert accepted.exit_code == 0, accepted.exception
    assert accepted.stdout.startswith("nlu_data/categories/road.yml:8 has it now")
    assert roads.read_text(encoding="utf-8") == f"{ROADS}    - نقرة عودة §phone\n"
    assert "نقرة" not in tawasul("nlu", "review").stdout
    assert "accepted before" in str(tawasul("nlu", "review", "--accept", "1", *labels).exception)


@pytest.mark.parametrize(
    ("text", "options", "why"),
    [
        ("نقرة", ["--intent", "report_complaint", "--category", "road.holes"], "There is no category road.holes"),
        ("نقرة", ["--intent=--x"], "There is no intent --x"),
        ("حفره كبيره", ["--intent", "report_complaint", "--category", "road.pothole"], "there already: nlu_data/"),
        ("نقرة", [], "Say --accept ID --intent INTENT"),
        ("نقرة", ["--intent", "greet", "--dismiss", "1"], "either --accept or --dismiss"),
    ],
)
def test_what_is_refused_is_said_and_goes_on_waiting(
    tawasul: Tawasul, database_url: str, roads: Path, text: str, options: list[str], why: str
) -> None:
    remember(database_url, text)
    refused = tawasul("nlu", "review", "--accept", "1", *options)
    assert refused.exit_code == 1
    assert why in str(refused.exception)
    assert roads.read_text(encoding="utf-8") == ROADS
    assert text in tawasul("nlu", "review").stdout


def test_a_dismissed_item_is_gone(tawasul: Tawasul, database_url: str) -> None:
    remember(database_url)
    assert tawasul("nlu", "review", "--dismiss", "1").stdout == "Item 1 is dropped.\n"
    assert tawasul("nlu", "review").stdout == "Nothing waits for review.\n"
    assert "There is no item 1" in str(tawasul("nlu", "review", "--dismiss", "1").exception)


def test_what_was_decided_in_the_console_is_exported(tawasul: Tawasul, database_url: str, roads: Path) -> None:
    remember(database_url, "نقرة عودة", "حفرة كبيرة", "هلا")

    async def decide() -> None:
        database = Database(database_url, pool_size=1)
        async with database.transaction() as session:
            for item in await queries.waiting(session, 10):
                if item.text in ("نقرة عودة", "حفرة كبيرة"):
                    choose(item, "report_complaint", "road.pothole", {"road.pothole"})
        await database.close()

    asyncio.run(decide())
    exported = tawasul("nlu", "review", "--export")
    assert exported.stdout.startswith("1  nlu_data/categories/road.yml:8\n1 written")
    assert "The same text is there already" in exported.stderr
    assert roads.read_text(encoding="utf-8") == f"{ROADS}    - نقرة عودة\n"
    assert "هلا" in tawasul("nlu", "review").stdout
    assert "0 written" in tawasul("nlu", "review", "--export").stdout
    assert "Say either" in str(tawasul("nlu", "review", "--export", "--dismiss", "1").exception)
