"""`tawasul nlu evaluate` with the model that `make test` trains first."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from contact_center.commands.nlu.labelled import read
from contact_center.errors import InvalidInput

TAWASUL = str(Path(sys.executable).with_name("tawasul"))


def nlu(*arguments: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([TAWASUL, "nlu", *arguments], input=typed, capture_output=True, text=True, timeout=280)


def written(file: Path, *lines: Any) -> Path:
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return file


def fact(entity: str, value: str) -> dict[str, str]:
    return {"entity": entity, "value": value}


def expected(file: Path, **given: Any) -> dict[str, Any]:
    (message,) = read(written(file / "one.jsonl", {"text": "x", "intent": "report_complaint", **given}))
    return message.expected


@pytest.mark.parametrize(
    ("given", "agency"),
    [
        ({"category": "waste.collection", "entities": [fact("area", "البسيتين")]}, {"agency": "mun-muharraq"}),
        (
            {"category": "waste.collection", "entities": [fact("block", "226"), fact("area", "سند")]},
            {"agency": "mun-muharraq"},
        ),
        ({"category": "waste.collection", "entities": []}, {"agency": None}),
        ({"category": "power.outage"}, {"agency": "ewa"}),
        ({"category": "waste.collection", "agency": "ewa", "entities": []}, {"agency": "ewa"}),
        ({"category": "power.outage", "agency": None}, {"agency": None}),
        ({"agency": "moh"}, {"agency": "moh"}),
        # Nothing to judge: where it is was not stated, or there is no category.
        ({"category": "waste.collection"}, {}),
        ({"category": None, "agency": None, "entities": [fact("area", "سند")]}, {}),
    ],
)
def test_the_agency_is_as_stated_else_as_the_catalogue_routes(
    tmp_path: Path, given: dict[str, Any], agency: dict[str, str | None]
) -> None:
    assert {key: value for key, value in expected(tmp_path, **given).items() if key == "agency"} == agency


def test_unknown_keys_and_nulls_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    line = {"text": "a\u2028b", "intent": "greet", "category": None, "style": None, "entities": None, "who": [1]}
    file.write_text(f"\n{json.dumps(line, ensure_ascii=False)}\r\n\n", encoding="utf-8")
    (message,) = read(file)
    assert (message.text, message.style, message.expected) == ("a\u2028b", None, {"intent": "greet"})


NO_LIST = 'has "entities" that are not a list of'


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "is not JSON."),
        ("[]", "is not an object."),
        ('{"text": "x"}', 'has no "intent".'),
        ('{"intent": "greet", "text": 5}', 'has no "text".'),
        ('{"intent": "greet", "text": "x", "style": 5}', 'has a "style" that is not a text.'),
        ('{"intent": "greet", "text": "x", "category": "x.y"}', "has a category that is not in the catalogue: x.y."),
        ('{"intent": "greet", "text": "x", "agency": "mars"}', "has an agency that is not in the catalogue: mars."),
        ('{"intent": "greet", "text": "x", "entities": {}}', NO_LIST),
        ('{"intent": "greet", "text": "x", "entities": [{"entity": "area"}]}', NO_LIST),
        ('{"intent": "greet", "text": "x", "entities": [{"entity": "block", "value": "٢٠٣"}]}', NO_LIST),
    ],
)
def test_a_bad_line_is_one_sentence_with_its_number(tmp_path: Path, line: str, fault: str) -> None:
    file = tmp_path / "labelled.jsonl"
    file.write_text('{"text": "هلا", "intent": "greet"}\n' + line, encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        read(file)
    assert refused.value.sentence.startswith(f"Line 2 {fault}")


def test_an_unusable_file_is_said(tmp_path: Path) -> None:
    missing = nlu("evaluate", tmp_path / "missing.jsonl")
    assert (missing.returncode, missing.stderr) == (1, f"There is no file {tmp_path / 'missing.jsonl'}.\n")
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(InvalidInput, match="has no messages"):
        read(tmp_path / "empty.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b"\xff")
    with pytest.raises(InvalidInput, match="not text in UTF-8"):
        read(tmp_path / "latin.jsonl")


RUBBISH = "الزبالة ما شالوها من يومين في البسيتين"
MESSAGES = [
    {"text": "السلام عليكم", "intent": "greet", "style": "standard"},
    {"text": "مشكور", "intent": "thank", "style": "bahraini"},
    {"text": "thank you", "intent": "thank", "style": "english"},
    {"text": "حولني على موظف", "intent": "speak_to_agent", "style": "bahraini"},
    {"text": "في حريق في البناية وفي ناس داخل", "intent": "emergency", "style": "bahraini"},
    # What is expected here is wrong on purpose, all of it.
    {"text": "الكهرباء طافية من الصبح", "intent": "greet", "category": "road.pothole", "style": "bahraini"},
    {
        "text": RUBBISH, "intent": "report_complaint", "category": "waste.collection",
        "style": "bahraini", "entities": [fact("area", "البسيتين")],
    },
    {
        "text": "الزبالة ما شالوها من يومين", "intent": "report_complaint", "category": "waste.collection",
        "style": "bahraini", "entities": [],
    },
    {"text": "مجمع 203", "intent": "inform", "style": "bahraini", "entities": [fact("block", "302")]},
    {"text": "مع السلامة", "intent": "goodbye", "language": "en"},
]  # fmt: skip


def test_ten_messages_from_end_to_end(tmp_path: Path) -> None:
    file = written(tmp_path / "labelled.jsonl", *MESSAGES)
    done = nlu("evaluate", file, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "greet → report_complaint" in done.stdout
    assert "road.pothole → power.outage" in done.stdout

    metrics = json.loads((tmp_path / "out" / "metrics.json").read_text(encoding="utf-8"))
    everyone = metrics["all"]
    assert (everyone["messages"], everyone["with_category"], everyone["with_agency"]) == (10, 3, 3)
    assert everyone["intent_accuracy"] == pytest.approx(9 / 10)
    assert everyone["category_top1"] == pytest.approx(2 / 3)
    assert everyone["agency_accuracy"] == pytest.approx(2 / 3)
    assert (everyone["emergency_recall"], everyone["false_alarms"]) == (1, 0)
    assert everyone["entities"] == {
        "area": {"expected": 1, "predicted": 1, "precision": 1, "recall": 1},
        "block": {"expected": 1, "predicted": 1, "precision": 0, "recall": 0},
    }
    assert {name: group["messages"] for name, group in metrics["languages"].items()} == {"ar": 8, "en": 2}
    assert {name: group["messages"] for name, group in metrics["styles"].items()} == {
        "bahraini": 7, "english": 1, "standard": 1,
    }  # fmt: skip

    errors = [json.loads(line) for line in (tmp_path / "out" / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(error["text"], error["wrong"]) for error in errors] == [
        ("الكهرباء طافية من الصبح", ["intent", "category", "agency"]),
        ("مجمع 203", ["entities"]),
    ]
    assert errors[0]["expected"]["agency"] == "works"
    _is_what_parse_says(errors)


def _is_what_parse_says(errors: list[dict[str, Any]]) -> None:
    parsed = nlu("parse", typed="\n".join(json.dumps({"text": error["text"]}) for error in errors))
    assert parsed.returncode == 0, parsed.stderr
    first, second = map(json.loads, parsed.stdout.splitlines())
    assert errors[0]["predicted"] == {
        "intent": first["intent"],
        "category": first["categories"][0]["code"],
        "agency": first["categories"][0]["agency"],
    }
    assert errors[1]["predicted"]["entities"] == [{key: second["entities"][0][key] for key in ("entity", "value")}]
