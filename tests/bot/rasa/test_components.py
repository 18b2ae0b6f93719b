from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.message import Message
from sklearn.feature_extraction.text import TfidfVectorizer
from small_assistant import ROOT

from bot.components.bag_of_terms import BagOfTerms
from bot.components.case_router import CaseRouter
from bot.components.emergency import EmergencyWatch, Weight, load_signs
from bot.components.entities import EntityFinder
from bot.components.facts import find_facts
from bot.components.intent_classifier import IntentClassifier
from bot.components.language import LanguageDetector
from bot.components.learners import Network
from bot.components.reading import read
from bot.components.terms import letters, stems
from bot.components.text_classifier import Features, TextClassifier

ANY_TEXT = st.text(st.characters(), max_size=300)


def examples() -> Iterator[tuple[str, str]]:
    """Text and intent of each example in the project's training data."""
    for path in sorted((ROOT / "nlu_data").glob("*/*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", []):
            for line in block["examples"].splitlines():
                yield line.removeprefix("- "), block["intent"]


@given(ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    reading = read(text)
    assert reading.language in ("ar", "arabizi", "en")
    for fact in reading.facts:
        assert 0 <= fact.start < fact.end <= len(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("حُفرةٌ في الشارع", "حفره في الشارع"),
        ("حفرة في مجمع 203 طريق 312 بالمحرق", "حفره في §place"),
        ("رقم الشكوى ٢٦-١٢٣٤-٥٦٧٨", "رقم الشكوي §reference"),
        ("رقمي 36001234", "رقمي §phone"),
        ("عطني 45 دينار", "عطني 00 دينار"),
        ("BIG hole", "big hole"),
    ],
)
def test_words_of_a_reading(text: str, words: str) -> None:
    assert read(text).words == words


def test_arabizi_is_read_in_both_scripts() -> None:
    reading = read("abi asajil shakwa")
    assert reading.language == "arabizi"
    assert reading.words.startswith("abi asajil shakwa ")
    assert any("\u0600" <= letter <= "\u06ff" for letter in reading.words)


def test_facts_do_not_stand_on_one_another() -> None:
    assert [(fact.entity, fact.value) for fact in find_facts("بلدية المحرق ما جت مجمع 203، تلفوني 36001234")] == [
        ("agency", "mun-muharraq"),
        ("block", "203"),
        ("phone", "+97336001234"),
    ]


def test_entities_on_offsets_of_the_text_as_typed() -> None:
    text = "في  سِــترة مجمع ٦٠٤"
    message = Message({"text": text})
    EntityFinder().process([message])
    area, block = message.get("entities")
    assert (area["value"], area["governorate"]) == ("سترة", "capital")
    assert "سِــترة" in text[area["start"] : area["end"]]
    assert (block["entity"], block["value"], text[block["start"] : block["end"]]) == ("block", "604", "مجمع ٦٠٤")
    assert area["extractor"] == "EntityFinder"
    assert area["confidence_entity"] == 1.0


def test_language_is_a_property_that_actions_see() -> None:
    message = Message({"text": "good morning my friend"})
    LanguageDetector().process([message])
    assert message.as_dict(only_output_properties=True)["language"] == "en"


class Ranked(TextClassifier):
    """A classifier that ranks as it is told."""

    def __init__(self, *ranking: tuple[str, float]) -> None:
        object.__setattr__(self, "ranking", list(ranking))

    def rank(self, text: str) -> list[tuple[str, float]]:
        return self.ranking


def processed(component: type, config: dict[str, Any], *ranking: tuple[str, float]) -> dict[str, Any]:
    message = Message({"text": "نص"})
    component(config, None, None, Ranked(*ranking)).process([message])
    return message.as_dict(only_output_properties=True)


def test_the_best_intent_wins_where_it_is_sure_enough() -> None:
    result = processed(IntentClassifier, {"threshold": 0.3}, ("greet", 0.31), ("thank", 0.2))
    assert result["intent"] == {"name": "greet", "confidence": 0.31}
    assert [intent["name"] for intent in result["intent_ranking"]] == ["greet", "thank"]


def test_an_unsure_intent_is_not_understood() -> None:
    result = processed(IntentClassifier, {"threshold": 0.3}, ("greet", 0.29), ("thank", 0.2))
    assert result["intent"]["name"] == "nlu_fallback"
    assert result["intent_ranking"][0] == {"name": "greet", "confidence": 0.29}


def test_five_categories_best_first() -> None:
    ranking = [(f"road.{number}", 0.5 / (number + 1)) for number in range(9)]
    assert processed(CaseRouter, {}, *ranking)["categories"] == [
        {"code": code, "confidence": confidence} for code, confidence in ranking[:5]
    ]


def test_categories_are_learnt_from_the_blocks_that_have_one() -> None:
    message = Message({"text": "حفرة", "metadata": {"intent": {"category": "road.pothole"}}})
    assert CaseRouter.label_of(message) == "road.pothole"
    assert CaseRouter.label_of(Message({"text": "هلا"})) is None
    assert CaseRouter.label_of(Message({"text": "هلا", "metadata": {"intent": {"note": "x"}}})) is None


def watched(text: str, confidence: float) -> str:
    ranking = [{"name": "report_complaint", "confidence": 0.6}, {"name": "emergency", "confidence": confidence}]
    message = Message({"text": text, "intent": ranking[0], "intent_ranking": ranking})
    EmergencyWatch(EmergencyWatch.get_default_config()).process([message])
    return message.get("intent")["name"]


@pytest.mark.parametrize(
    "text",
    [
        "في حريق في البناية وفي ناس داخل",
        "ولدي طاح في البركة وما يتنفس",
        "ريحة غاز قوية والحين دختت",
        "واحد كهربه السلك",
        "محبوسين في اللفت طلعونا",
        "جارنا يطق زوجته الحين",
        "there is a fire in the building, people inside",
        "gas smell and my father fainted",
        "fe 7areeg fel 3emara bsr3a",
        "اختي بتنتحر",
        "تعبت من حياتي ابي اموت",
        "محد يبيني ومافي فايدة من حياتي",
        "I want to die",
        "زوجي يضربني كل يوم وخايفة",
        "my husband beats me every night",
        "my baby swallowed poison help",
        "ولدي شرب كلوركس",
        "ما تتنفس ولونها تغير",
        "عندي مريض على جهاز اكسجين والكهربا مقطوعة",
        "my mother is on oxygen machine and no power since one hour",
        "aag lagi hai building mein",
    ],
)
def test_signs_of_danger_are_enough(text: str) -> None:
    assert watched(text, 0.01) == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "صار حريق في بيتنا الشهر الماضي والناس تضررت",
        "عمارتنا ما فيها طفاية حريق والناس خايفة",
        "Fire exit in our building is locked",
        "شكرا للدفاع المدني طفوا حريق بيتنا",
        "الأسعار نار والناس تعبت",
        "شباب يتجمعون عند بيتنا",
        "المطعم يسمم",
        "بموت من الحر والمكيف خربان",
        "العيال بنموت من الحر في الصف الحين",
        "الأسعار ذبحتنا",
        "this traffic is killing me",
        "تعبت من الانتظار",
        "تعبت من حياة الشقق وابي وحدة سكنية",
        "اسطوانات الاكسجين غالية في الصيدلية",
        "شربت ماي وطلع طعمه غريب",
        "I am tired of this app",
        "البالوعة طايحة واليهال يلعبون عندها",
        "حفرة في الشارع",
    ],
)
def test_what_is_over_or_only_feared_is_no_emergency(text: str) -> None:
    assert watched(text, 0.1) == "report_complaint"
    assert watched(text, 0.4) == "emergency"  # the model's own suspicion counts all the same


def test_signs_see_many_emergencies_and_little_else() -> None:
    signs = load_signs()
    seen: dict[bool, list[bool]] = {True: [], False: []}
    for text, intent in islice(examples(), 0, None, 3):  # a third is enough to know a share by
        seen[intent == "emergency"].append(signs.weight_in(read(text).words) is not Weight.NONE)
    assert np.mean(seen[True]) > 0.4  # many of them name no danger, on purpose: those are the model's to see
    assert np.mean(seen[False]) < 0.015


TEXTS = ["حفره كبيره في الشارع", "الشارع مظلم", "الكهرباء مقطوعه من الصبح", "و الكهرباء و الكهرباء", "big hole"]


@pytest.mark.parametrize("terms", [letters, stems])
def test_weights_are_those_of_scikit_learn(terms: Any) -> None:
    theirs = TfidfVectorizer(analyzer=lambda text: list(terms(text)), sublinear_tf=True, min_df=2)
    expected = theirs.fit_transform(TEXTS).toarray()
    bag = BagOfTerms.fit(terms, TEXTS)
    for text, row in zip(TEXTS, expected, strict=True):
        columns, weights = bag.row(text)
        mine = np.zeros(len(bag.columns))
        mine[columns] = weights
        assert list(bag.columns) == list(theirs.get_feature_names_out())
        np.testing.assert_allclose(mine, row, atol=1e-5)


def test_a_text_without_known_terms_has_no_weights() -> None:
    columns, weights = BagOfTerms.fit(letters, TEXTS).row("𐍈𐍈")
    assert len(columns) == len(weights) == 0


def test_stems() -> None:
    assert list(stems("والشارع بالمجاري كتبنا")) == ["شارع", "مجار", "كتب", "شارع مجار", "مجار كتب"]


@pytest.mark.parametrize("networks", [0, 3])
def test_a_classifier_learns_and_is_kept(tmp_path: Any, networks: int) -> None:
    texts = [
        "حفره في الشارع",
        "الشارع كله حفر",
        "الكهرباء مقطوعه",
        "الكهرباء طافيه",
        "القمامه متروسه",
        "القمامه ما شالوها",
    ] * 3
    classifier = TextClassifier.fit(texts, ["road", "road", "power", "power", "waste", "waste"] * 3, networks)
    classifier.save(tmp_path)
    for known in (classifier, TextClassifier.load(tmp_path)):
        ranking = known.rank("حفره عوده في الشارع")
        assert ranking[0][0] == "road"
        assert sum(confidence for _, confidence in ranking) == pytest.approx(1)
        assert [confidence for _, confidence in ranking] == sorted((c for _, c in ranking), reverse=True)


def test_a_label_of_one_example_is_learnt() -> None:
    texts = ["حفره في الشارع", "الكهرباء مقطوعه"] * 4
    classifier = TextClassifier.fit([*texts, "القمامه في الشارع"], ["road", "power"] * 4 + ["waste"], 1)
    assert sorted(label for label, _ in classifier.rank("الشارع")) == ["power", "road", "waste"]


def test_a_network_knows_what_it_was_taught() -> None:
    texts = ["حفره في الشارع", "الكهرباء مقطوعه", "القمامه متروسه"] * 4
    features = Features.fit(texts)
    network = Network.fit(features.matrix(texts), np.array([0, 1, 2] * 4), seed=0)
    likely = [network.scores(features.row(text)) for text in texts[:3]]
    assert [int(scores.argmax()) for scores in likely] == [0, 1, 2]
    assert all(scores.min() >= -12 and scores.max() <= 0 for scores in likely)


def test_two_labels_are_too_few() -> None:
    with pytest.raises(ValueError, match="three labels"):
        TextClassifier.fit(["اي", "لا"] * 4, ["affirm", "deny"] * 4)
