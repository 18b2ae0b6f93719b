from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score
from small_assistant import ROOT

from bot.evaluation.confusions import confusions
from bot.evaluation.figures import calibration_error, figures, macro_f1
from bot.evaluation.judged import Judged
from bot.evaluation.learning_curve import SHARES, learning_curve, subset

PNG = b"\x89PNG"


def line(
    expected: dict[str, Any],
    intent: str = "greet",
    confidence: float = 0.9,
    categories: str = "a b c d",
    **predicted: Any,
) -> dict[str, Any]:
    """As `tawasul nlu evaluate` hands a message over; the first category with 0.6, the others with 0.1 each."""
    ranking = [{"code": code, "confidence": 0.1 if rank else 0.6} for rank, code in enumerate(categories.split())]
    understood = {"intent": intent, "confidence": confidence, "categories": ranking, "agency": None, "entities": []}
    return {
        "text": f"{expected} {predicted}",
        "language": predicted.pop("language", "ar"),
        "style": predicted.pop("style", None),
        "expected": expected,
        "predicted": understood | predicted,
    }


def judged(*lines: dict[str, Any]) -> list[Judged]:
    return [Judged.of(one) for one in lines]


def fact(entity: str, value: str) -> dict[str, str]:
    return {"entity": entity, "value": value}


def test_intents_and_emergencies() -> None:
    found = figures(
        judged(
            line({"intent": "greet"}, "greet", 0.95),
            line({"intent": "greet"}, "emergency", 0.45),
            line({"intent": "emergency"}, "emergency", 0.85),
            line({"intent": "emergency"}, "thank", 0.85),
            line({"intent": "thank"}, "thank", 1.0),
        )
    )
    assert found["messages"] == 5
    assert found["intent_accuracy"] == pytest.approx(3 / 5)
    # greet 1 right, 2 expected, 1 predicted; emergency 1, 2, 2; thank 1, 1, 2
    assert found["intent_macro_f1"] == pytest.approx((2 / 3 + 2 / 4 + 2 / 3) / 3)
    # bins: 0.4 has one wrong, 0.8 two of which one is right, 0.9 (with 1.0 in it) two right
    assert found["intent_ece"] == pytest.approx((0.45 + 2 * (0.85 - 0.5) + (0.05 + 0)) / 5)
    assert found["emergencies"] == 2
    assert found["emergency_recall"] == pytest.approx(1 / 2)
    assert found["false_alarms"] == pytest.approx(1 / 3)


def test_categories_and_agencies_only_where_they_are_stated() -> None:
    found = figures(
        judged(
            line({"intent": "greet"}, agency="moh"),
            line({"intent": "greet", "category": "a", "agency": None}),
            line({"intent": "greet", "category": "c", "agency": "moh"}),
            line({"intent": "greet", "category": "d", "agency": "moh"}, agency="moh"),
        )
    )
    assert (found["with_category"], found["with_agency"]) == (3, 3)
    assert found["category_top1"] == pytest.approx(1 / 3)
    assert found["category_top3"] == pytest.approx(2 / 3)
    assert found["category_ece"] == pytest.approx(0.6 - 1 / 3)
    assert found["agency_accuracy"] == pytest.approx(2 / 3)


def test_entities_by_exact_value_and_only_where_they_are_stated() -> None:
    found = figures(
        judged(
            line({"intent": "greet"}, entities=[fact("road", "5")]),
            line(
                {"intent": "greet", "entities": [fact("block", "203"), fact("area", "سند"), fact("area", "سند")]},
                entities=[fact("block", "302"), fact("area", "سند")],
            ),
            line({"intent": "greet", "entities": []}, entities=[fact("block", "203")]),
        )
    )
    assert found["with_entities"] == 2
    assert found["entities"] == {
        "area": {"expected": 2, "predicted": 1, "precision": 1.0, "recall": 0.5},
        "block": {"expected": 1, "predicted": 2, "precision": 0.0, "recall": 0.0},
    }


def test_nothing_to_share_is_none() -> None:
    found = figures(judged(line({"intent": "greet"})))
    assert [key for key, value in found.items() if value is None] == [
        "category_top1", "category_top3", "category_ece", "agency_accuracy", "emergency_recall",
    ]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcde")), min_size=1))
def test_macro_f1_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    expected, predicted = zip(*pairs, strict=True)
    assert macro_f1(pairs) == pytest.approx(f1_score(expected, predicted, average="macro", zero_division=0))


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_a_calibration_error_is_a_share(answers: list[tuple[float, bool]]) -> None:
    error = calibration_error(answers)
    assert error is not None
    assert 0 <= error <= 1 + 1e-9


def test_confusions_come_most_frequent_first_with_their_shortest_text() -> None:
    messages = judged(
        line({"intent": "greet"}, "thank", language="en"),
        line({"intent": "deny"}, "affirm"),
        line({"intent": "deny"}, "affirm", agency="moh"),
        line({"intent": "deny"}, "deny"),
    )
    first, second = confusions(messages, "intent")
    assert first == {"expected": "deny", "predicted": "affirm", "count": 2, "example": messages[1].text}
    assert (second["expected"], second["predicted"], second["count"]) == ("greet", "thank", 1)


def test_parts_of_the_data_are_stratified_and_lie_within_one_another() -> None:
    examples = [
        (f"{label} {number}", label) for label, size in {"a": 40, "b": 8, "c": 1}.items() for number in range(size)
    ]
    parts = [subset(examples, share) for share in SHARES]
    assert [Counter(label for _, label in part) for part in parts] == [
        {"a": 4, "b": 1, "c": 1}, {"a": 10, "b": 2, "c": 1}, {"a": 20, "b": 4, "c": 1},
        {"a": 30, "b": 6, "c": 1}, {"a": 40, "b": 8, "c": 1},
    ]  # fmt: skip
    for smaller, larger in pairwise(parts):
        assert set(smaller) <= set(larger)
    assert parts == [subset(examples, share) for share in SHARES]


def test_the_learning_curve_reaches_what_the_whole_data_teaches(tmp_path: Path) -> None:
    subjects = {"power.outage": "الكهرباء طافية", "road.pothole": "الشارع حفر", "waste.collection": "الزبالة متكومة"}
    taught = [("report_complaint", code, subject) for code, subject in subjects.items()]
    taught += [
        ("greet", None, "صباح الخير"),
        ("thank", None, "مشكور ما قصرت"),
        ("report_complaint", "none", "عندي شكوى"),
    ]
    places = ["جدام بيتنا", "عندنا", "في الفريج", "هني", "ورانا", "صوبنا", "يمكم", "برع"]
    more = [f"{place} {when}" for place in places for when in ("امس", "اليوم", "الحين", "من يومين", "من شهر")]
    blocks = [
        {"intent": intent, "examples": "".join(f"- {words} {rest}\n" for rest in more)}
        | ({"metadata": {"category": category}} if category else {})
        for intent, category, words in taught
    ]
    (tmp_path / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}), encoding="utf-8")
    messages = judged(
        line({"intent": "greet"}) | {"text": "صباح الخير"},
        line({"intent": "thank"}) | {"text": "سؤال عن الكهرباء طافية"},
        line({"intent": "report_complaint", "category": "road.pothole"}) | {"text": "كل الشارع حفر"},
    )
    points = list(learning_curve(tmp_path, messages))
    assert [point["share"] for point in points] == list(SHARES)
    assert [point["intent_examples"] for point in points] == [24, 60, 120, 180, 240]
    assert [point["category_examples"] for point in points] == [16, 40, 80, 120, 160]
    whole = points[-1]
    assert whole["intent_accuracy"] == pytest.approx(2 / 3)
    assert (whole["category_top1"], whole["category_top3"]) == (1, 1)


def test_the_command_prints_and_writes(tmp_path: Path) -> None:
    lines = [
        line({"intent": "greet", "entities": [fact("area", "سند")]}, style="bahraini"),
        line({"intent": "deny", "category": "b", "agency": "moh"}, "affirm", language="en"),
        line({"intent": "thank"}, "affirm", language="en") | {"text": "half a pair \ud83d"},
    ]
    command = [sys.executable, "-m", "bot.evaluation", "--out", str(tmp_path / "made" / "here")]
    given_lines = "\n".join(map(json.dumps, lines)).encode()
    done = subprocess.run(command, cwd=ROOT, input=given_lines, capture_output=True)
    assert done.returncode == 0, done.stderr
    printed = done.stdout.decode()
    assert "deny → affirm" in printed
    assert "b → a" in printed
    rows = {row[:30].strip(): row.split()[-4:] for row in printed.split("By style")[0].splitlines()}
    assert rows["messages"][-3:] == ["3", "1", "2"]
    assert rows["By language"][-3:] == ["all", "ar", "en"]

    written = tmp_path / "made" / "here"
    metrics = json.loads((written / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["all"]["messages"] == 3
    assert metrics["styles"]["bahraini"]["messages"] == 1
    assert metrics["languages"]["en"]["intent_accuracy"] == 0
    errors = [json.loads(row) for row in (written / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [error["wrong"] for error in errors] == [["entities"], ["intent", "category", "agency"], ["intent"]]
    assert errors[0]["expected"] == {"entities": [fact("area", "سند")]}
    assert errors[1]["predicted"] == {"intent": "affirm", "category": "a", "agency": None}
    assert errors[2]["text"] == "half a pair \ud83d"
    for picture in ("intents.png", "categories.png"):
        assert (written / picture).read_bytes().startswith(PNG)
