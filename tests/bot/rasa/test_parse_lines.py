from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.core.agent import Agent
from small_assistant import ROOT

from bot.parse import BadLine, parse_lines


@pytest.fixture(scope="module")
def agent(model: Path) -> Agent:
    return Agent.load(model)


def parsed(agent: Agent, *given_objects: Any) -> list[dict[str, Any]]:
    lines = io.BytesIO("\n".join(map(json.dumps, given_objects)).encode())
    output = io.StringIO()
    parse_lines(agent, lines, output)
    return [json.loads(line) for line in output.getvalue().splitlines()]


def test_what_is_understood_is_added_in_order(agent: Agent) -> None:
    first, second = parsed(agent, {"text": "الشارع كله حفر في سترة", "id": 7}, {"text": "hello"})
    assert (first["text"], first["id"], first["intent"]) == ("الشارع كله حفر في سترة", 7, "report_complaint")
    assert 0 < first["confidence"] <= 1
    assert first["language"] == "ar"
    assert first["entities"] == [{"entity": "area", "value": "سترة", "start": 18, "end": 22}]
    assert first["categories"][0]["code"] == "road.pothole"
    assert len(first["categories"]) >= 3
    assert (second["intent"], second["language"]) == ("greet", "en")


def test_a_payload_is_a_text_like_any_other(agent: Agent) -> None:
    assert parsed(agent, {"text": "/greet"})[0]["confidence"] < 1


@given(st.text(st.characters(), max_size=200))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_it_fail(agent: Agent, text: str) -> None:
    (result,) = parsed(agent, {"text": text})
    assert result["text"] == text
    assert {"intent", "confidence", "language", "entities", "categories"} <= result.keys()


@pytest.mark.parametrize("line", [b"{", b'"text"', b'{"text": 5}', b"{}", b"\xff"])
def test_a_line_that_is_no_object_with_a_text(agent: Agent, line: bytes) -> None:
    output = io.StringIO()
    with pytest.raises(BadLine, match="line 2"):
        parse_lines(agent, io.BytesIO(b'{"text": "hello"}\n' + line), output)
    assert len(output.getvalue().splitlines()) == 1


def test_the_command(model: Path) -> None:
    command = [sys.executable, "-m", "bot.parse", "--model", str(model)]
    done = subprocess.run(command, cwd=ROOT, input=b'{"text": "hello"}\n\n{"text": 1}\n', capture_output=True)
    assert json.loads(done.stdout)["intent"] == "greet"
    assert done.stderr.decode().endswith('line 3 is not an object with a "text"\n')
    assert done.returncode == 2
