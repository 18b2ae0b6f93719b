"""A Rasa project on the default configuration that holds the same conversation, as a Rasa user would write it.

The pipeline and the policies are those that Rasa 3.6.21 falls back to where config.yml names none, with their defaults
save the epochs. The form asks our questions in our words and takes each answer as typed, checked by an action server.
Its final action only says that the case is filed: ours writes it to PostgreSQL, so the comparison favours the default.
"""

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from benchmarks.turns.conversation import Turn

EXAMPLES = 20
EPOCHS = 15
"""The default is 100 to 300: how long it was trained does not change how fast it answers."""
INTENTS = Path(__file__).parents[2] / "nlu_data" / "intents"
CATEGORIES = Path(__file__).parents[2] / "nlu_data" / "categories"
OPENS = "report_complaint"

CONFIG = {
    "recipe": "default.v1",
    "assistant_id": "default",
    "language": "ar",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": EPOCHS, "constrain_similarities": True},
        {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": EPOCHS, "constrain_similarities": True},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
    "policies": [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy"},
        {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": EPOCHS},
        {"name": "TEDPolicy", "max_history": 5, "epochs": EPOCHS, "constrain_similarities": True},
    ],
}


def write(directory: Path, turns: Sequence[Turn], actions_url: str) -> None:
    """Write the project: the form asks as many questions as `turns` has answers."""
    questions = [f"answer_{number}" for number in range(1, len(turns))]
    _dump(directory / "config.yml", CONFIG)
    _dump(directory / "credentials.yml", {"rest": None})
    _dump(directory / "endpoints.yml", {"action_endpoint": {"url": f"{actions_url}/webhook"}})
    _dump(directory / "domain.yml", _domain(turns, questions))
    _dump(directory / "data" / "nlu.yml", {"version": "3.1", "nlu": _nlu(turns[0].says)})
    _dump(directory / "data" / "rules.yml", {"version": "3.1", "rules": _rules(), "stories": _stories()})


def _nlu(opening: str) -> list[dict[str, str]]:
    """The first examples of each intent, and the words that open the form."""
    by_intent = {name: texts[:EXAMPLES] for name, texts in _examples(INTENTS).items()}
    by_intent[OPENS] = [opening, *_examples(CATEGORIES)[OPENS][:EXAMPLES]]
    return [{"intent": name, "examples": "".join(f"- {text}\n" for text in texts)} for name, texts in by_intent.items()]


def _examples(directory: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted(directory.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            texts = [line.removeprefix("- ").strip() for line in entry["examples"].splitlines()]
            found.setdefault(entry["intent"], []).extend(filter(None, texts))
    return found


def _domain(turns: Sequence[Turn], questions: Sequence[str]) -> dict[str, Any]:
    asked = {
        f"utter_ask_{question}": [{"text": "\n".join(turn.answers)}]
        for question, turn in zip(questions, turns, strict=False)
    }
    said = {"utter_greet": [{"text": "هلا والله"}], "utter_bye": [{"text": "مع السلامة"}]}
    filed = {"utter_filed": [{"text": "\n".join(turns[-1].answers)}]}
    return {
        "version": "3.1",
        "intents": sorted({*_examples(INTENTS), OPENS}),
        "slots": {question: _slot(question) for question in questions},
        "forms": {"case_form": {"required_slots": list(questions)}},
        "responses": asked | said | filed,
        "actions": ["validate_case_form", "action_file_case"],
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    }


def _slot(question: str) -> dict[str, Any]:
    condition = {"active_loop": "case_form", "requested_slot": question}
    mapping = {"type": "from_text", "conditions": [condition]}
    return {"type": "text", "influence_conversation": False, "mappings": [mapping]}


def _rules() -> list[dict[str, Any]]:
    opens = [{"intent": OPENS}, {"action": "case_form"}, {"active_loop": "case_form"}]
    submits = [
        {"action": "case_form"}, {"active_loop": None}, {"slot_was_set": [{"requested_slot": None}]},
        {"action": "action_file_case"},
    ]  # fmt: skip
    return [
        {"rule": "A complaint opens the form", "steps": opens},
        {"rule": "The form becomes a case", "condition": [{"active_loop": "case_form"}], "steps": submits},
    ]


def _stories() -> list[dict[str, Any]]:
    ends: Mapping[str, str] = {"goodbye": "utter_bye", "thank": "utter_bye"}
    return [
        {
            "story": f"Greeting, then {intent}",
            "steps": [{"intent": "greet"}, {"action": "utter_greet"}, {"intent": intent}, {"action": action}],
        }
        for intent, action in itertools.chain(ends.items(), [("ask_help", "utter_greet")])
    ]


def _dump(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
