from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.loading import load_data
from small_assistant import ROOT, SMALL

from bot.training_data.add import Refused, add
from bot.training_data.contradictions import describe, find_faults
from bot.training_data.examples import Example, read_examples, read_messages, same_words

INTENTS = """version: "3.1"
nlu:
# words of greeting
- intent: greet
  examples: |
    - هلا
    -   صباح الخير
- synonym: سترة
  examples: |
    - sitra
- intent: report_complaint
  metadata: {category: none}
  examples: |
    - ابي اشتكي
"""
ROADS = """version: "3.1"
nlu:
- intent: report_complaint
  metadata:
    category: road.pothole
  examples: |
    - حفرة كبيرة
    - الشارع كله حفر

- intent: make_inquiry
  metadata:
    category: road.works
  examples: |
    - متى تخلصون الشارع؟
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project's folder: two files of examples and a development set."""
    write(tmp_path / "nlu_data/intents/greet.yml", INTENTS)
    write(tmp_path / "nlu_data/intents/report_complaint.yml", 'version: "3.1"\nnlu: []\n')
    write(tmp_path / "nlu_data/categories/road.yml", ROADS)
    write(tmp_path / "tests/nlu/development.jsonl", json.dumps({"text": "مرحبا", "intent": "greet", "category": None}))
    return tmp_path


def write(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8", newline="")


def examples(project: Path) -> list[Example]:
    return list(read_examples(sorted((project / "nlu_data").rglob("*.yml"))))


def test_examples_come_with_their_labels_and_lines(project: Path) -> None:
    found = [(example.text, example.label, example.file.name, example.line) for example in examples(project)]
    assert found == [
        ("حفرة كبيرة", "report_complaint, road.pothole", "road.yml", 7),
        ("الشارع كله حفر", "report_complaint, road.pothole", "road.yml", 8),
        ("متى تخلصون الشارع؟", "make_inquiry, road.works", "road.yml", 14),
        ("هلا", "greet", "greet.yml", 6),
        ("صباح الخير", "greet", "greet.yml", 7),
        ("ابي اشتكي", "report_complaint, none", "greet.yml", 14),
    ]


def test_examples_written_as_a_list_are_read_too(tmp_path: Path) -> None:
    block = {"intent": "greet", "examples": [{"text": "- هلا\n"}, {"text": "- أهلا\n", "metadata": {"by": "x"}}]}
    write(tmp_path / "x.yml", yaml.safe_dump({"nlu": [block]}, allow_unicode=True))
    assert [example.text for example in read_examples([tmp_path / "x.yml"])] == ["هلا", "أهلا"]


def test_the_projects_data_are_read_as_rasa_reads_them() -> None:
    for file in sorted((ROOT / "nlu_data").glob("intents/[a-d]*.yml")):
        theirs = {(message.get("text"), message.get("intent")) for message in load_data(str(file)).training_examples}
        assert {(example.text, example.intent) for example in read_examples([file])} == theirs


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("حُفرة كبيرةٌ!", "حفره  كبيره", True),
        ("متى، يا جماعة؟", "متي يا جماعه", True),
        ("الشارع كله حفر", "الشارع كله حفره", False),
        ("حلو 😊", "حلو 😡", False),
        ("؟؟", "!!", False),
        ("؟؟", "؟؟", True),
    ],
)
def test_what_counts_as_the_same_text(one: str, other: str, same: bool) -> None:
    assert (same_words(one) == same_words(other)) is same


def example(text: str, intent: str, category: str | None = None, line: int = 1) -> Example:
    return Example(text, intent, category, Path("nlu_data/x.yml"), line)


@pytest.mark.parametrize(
    ("training", "development", "why"),
    [
        ([example("هلا", "greet"), example("هلا!", "goodbye")], [], "under two labels"),
        ([example("حفرة", "a", "road.pothole"), example("حفره", "b", "road.pothole")], [], "under two labels"),
        ([example("حفرة", "a", "road.pothole"), example("حفره", "a", "none")], [], "under two labels"),
        ([example("هلا", "greet"), example("هلا", "greet")], [], "twice"),
        ([example("هلا والله فيكم", "greet")], [example("هلا والله فيكم؟", "greet")], "also in the development set"),
        ([example("هلا والله", "greet")], [example("هلا والله", "greet")], None),
        ([example("هلا", "greet"), example("اهلا", "greet")], [example("ok", "a"), example("ok", "b")], None),
    ],
)
def test_faults(training: list[Example], development: list[Example], why: str | None) -> None:
    assert [fault.why for fault in find_faults(training, development)] == ([why] if why else [])


def test_each_fault_is_one_line_that_says_where_the_worst_first() -> None:
    training = [example("هلا", "greet", line=3), example("هلا", "greet", line=4), example("حفرة " * 30, "a", "x.y", 5)]
    faults = find_faults([*training, example("حفرة" + " حفرة" * 29, "a", "x.z", 6)])
    first, second, total = describe(faults, Path.cwd()).splitlines()
    assert first.endswith("…» under two labels: nlu_data/x.yml:5 (a, x.y); nlu_data/x.yml:6 (a, x.z)")
    assert second == "«هلا» twice: nlu_data/x.yml:3 (greet); nlu_data/x.yml:4 (greet)"
    assert total == "The training data contradict themselves in 2 texts."


def test_at_most_twenty_are_shown() -> None:
    faults = find_faults([example(f"نص {number}", intent) for number in range(45) for intent in ("a", "b")])
    lines = describe(faults, Path.cwd()).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "The training data contradict themselves in 45 texts; 25 of them are not shown."


def test_45000_examples_are_checked_in_time(project: Path) -> None:
    lines = "".join(f"    - السلام عليكم في حفرة كبيرة قدام بيتنا رقم {number}\n" for number in range(45_000))
    block = "- intent: report_complaint\n  metadata:\n    category: road.pothole\n  examples: |\n"
    write(project / "nlu_data/categories/many.yml", f"nlu:\n{block}{lines}")
    started = time.process_time()
    assert find_faults(examples(project), read_messages(project / "tests/nlu")) == []
    assert time.process_time() - started < 3


def config(project: Path) -> str:
    """The project's own config.yml in the folder of another, with its development set."""
    settings = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    settings["importers"][0]["development"] = "tests/nlu"
    write(project / "config.yml", yaml.safe_dump(settings))
    return str(project / "config.yml")


def importer(project: Path) -> TrainingDataImporter:
    return TrainingDataImporter.load_from_config(config(project), training_data_paths=[str(project / "nlu_data")])


def test_data_that_agree_are_loaded_as_ever(project: Path) -> None:
    loaded = importer(project).get_nlu_data().training_examples
    assert {message.get("text") for message in loaded if message.get("text")} == {e.text for e in examples(project)}


def test_rasa_train_refuses_and_says_where(project: Path) -> None:
    write(project / "nlu_data/categories/drain.yml", ROADS.replace("road.pothole", "drain.sewage"))
    write(project / "nlu_data/intents/thank.yml", "nlu:\n- intent: thank\n  examples: |\n    - ما قصرتوا والله\n")
    write(project / "tests/nlu/development.jsonl", json.dumps({"text": "ما قصرتوا والله.", "intent": "thank"}))
    command = [str(Path(sys.executable).with_name("rasa")), "train", "--config", config(project)]
    command += ["--domain", str(SMALL / "domain.yml"), "--data", str(project / "nlu_data"), "--out", str(project)]
    trained = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110)
    said = trained.stdout + trained.stderr
    assert trained.returncode == 1, said
    assert "Traceback" not in said
    assert "nlu_data/categories/drain.yml:7 (report_complaint, drain.sewage)" in said
    places = "nlu_data/intents/thank.yml:4 (thank); tests/nlu/development.jsonl:1 (thank)"
    assert f"«ما قصرتوا والله» also in the development set: {places}" in said
    assert "contradict themselves in 4 texts." in said
    assert not list(project.glob("*.tar.gz"))


def test_an_example_is_added_to_its_block_and_nothing_else_changes(project: Path) -> None:
    text = "[نقرة] عودة\nقدام\u2028بيتنا {سند} /x"
    assert add(project, text, "report_complaint", "road.pothole") == "nlu_data/categories/road.yml:9"
    line = "    - نقرة عودة قدام بيتنا سند /x\n"
    after = (project / "nlu_data/categories/road.yml").read_text(encoding="utf-8")
    assert after == ROADS.replace("    - الشارع كله حفر\n", f"    - الشارع كله حفر\n{line}")


def test_a_block_is_begun_where_there_is_none(project: Path) -> None:
    assert add(project, "شلون ابلغ عن حفرة", "make_inquiry", "road.pothole") == "nlu_data/categories/road.yml:19"
    block = "- intent: make_inquiry\n  metadata:\n    category: road.pothole\n  examples: |\n    - شلون ابلغ عن حفرة\n"
    assert (project / "nlu_data/categories/road.yml").read_text(encoding="utf-8") == ROADS + block


def test_an_intent_without_categories_goes_to_its_own_file(project: Path) -> None:
    write(project / "nlu_data/intents/greet.yml", INTENTS.replace("\n", "\r\n").removesuffix("\r\n"))
    assert add(project, "- /  هلا والله", "greet", None) == "nlu_data/intents/greet.yml:8"
    content = (project / "nlu_data/intents/greet.yml").read_bytes().decode("utf-8")
    before = INTENTS.replace("\n", "\r\n").removesuffix("\r\n")
    assert content == before.replace("صباح الخير\r\n", "صباح الخير\r\n    - هلا والله\r\n")


@pytest.mark.parametrize(
    ("text", "intent", "category", "why"),
    [
        (
            "حفره كبيرة!",
            "make_inquiry",
            "road.works",
            "nlu_data/categories/road.yml:7 (report_complaint, road.pothole)",
        ),
        ("مرحبا.", "greet", None, "tests/nlu/development.jsonl:1 (greet)"),
        ("نص جديد", "gret", None, "There is no intent gret"),
        ("نص جديد", "make_inquiry", "road.potholes", "There is no category road.potholes"),
        ("نص جديد", "report_complaint", None, "report_complaint needs a category"),
        ("نص جديد", "greet", "road.works", "greet has no categories"),
        ("[] {}\n", "greet", None, "no words"),
        ("\ud800\x00", "greet", None, "no words"),
    ],
)
def test_what_cannot_be_added_is_said_and_changes_nothing(
    project: Path, text: str, intent: str, category: str | None, why: str
) -> None:
    before = {file: file.read_bytes() for file in project.rglob("*.yml")}
    with pytest.raises(Refused) as refused:
        add(project, text, intent, category)
    assert why in str(refused.value)
    assert {file: file.read_bytes() for file in project.rglob("*.yml")} == before


def test_the_command_takes_the_text_from_standard_input(project: Path) -> None:
    command = [sys.executable, "-m", "bot.training_data.add", "--root", str(project), "--intent", "greet"]
    for expected, said in ((0, "nlu_data/intents/greet.yml:8\n"), (2, "")):
        done = subprocess.run(command, input="يا هلا", cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stdout) == (expected, said)
    assert done.stderr == "The same text is there already: nlu_data/intents/greet.yml:8 (greet).\n"
