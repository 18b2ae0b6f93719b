"""`tawasul nlu parse` with the model that `make test` trains first."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from contact_center.agencies.catalogue import catalogue
from contact_center.commands.nlu.understanding import governorate_named

TAWASUL = str(Path(sys.executable).with_name("tawasul"))


def parse(*lines: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TAWASUL, "nlu", "parse"], input="\n".join(lines), capture_output=True, text=True, timeout=280
    )


def test_each_line_comes_back_with_what_is_understood_until_one_is_not_json() -> None:
    said = [
        {"text": "الزبالة ما شالوها من يومين في البسيتين", "id": 7},
        {"text": "الزبالة ما شالوها من يومين"},
        {"text": "I want to complain"},
    ]
    parsed = parse(*(json.dumps(line) for line in said), "not json")
    assert parsed.returncode == 1
    assert "line 4 is not JSON" in parsed.stderr
    assert "Traceback" not in parsed.stderr
    first, second, vague = map(json.loads, parsed.stdout.splitlines())
    assert (first["text"], first["id"]) == (said[0]["text"], 7)
    assert first["intent"] == "report_complaint"
    assert 0 < first["confidence"] <= 1
    assert first["language"] == "ar"
    (area,) = first["entities"]
    assert (area["entity"], area["value"]) == ("area", "البسيتين")
    assert first["text"][area["start"] : area["end"]] == "البسيتين"

    agencies = [line["categories"][0] for line in (first, second)]
    assert [category["code"] for category in agencies] == ["waste.collection", "waste.collection"]
    assert [category["agency"] for category in agencies] == ["mun-muharraq", None]
    for line in (first, second, vague):
        assert line["categories"]
        assert {category["code"] for category in line["categories"]} <= set(catalogue().categories)
    confidences = [category["confidence"] for category in first["categories"]]
    assert confidences == sorted(confidences, reverse=True)


@pytest.mark.parametrize(
    ("entities", "governorate"),
    [
        ([], None),
        ([{"entity": "area", "value": "سند"}], "capital"),
        ([{"entity": "area", "value": "سند"}, {"entity": "block", "value": "226"}], "muharraq"),
        ([{"entity": "road", "value": "226"}], None),
        ([{"entity": "block", "value": "9999"}, {"entity": "area", "value": "المحرق"}], "muharraq"),
    ],
)
def test_a_place_settles_the_governorate_and_a_block_before_an_area(
    entities: list[dict[str, Any]], governorate: str | None
) -> None:
    assert governorate_named(entities) == governorate
