"""Every question of the form × everything that people say in between, with the real model, rules and actions."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.open_questions import QUESTIONS, WAY, OpenQuestions, Talk
from tests.e2e.shown_words import unfit
from tests.e2e.system import System

LANGUAGES = ("ar", "en")
INTERRUPTIONS: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("interruptions.yml").read_text(encoding="utf-8")
)
OWN_WORDS = " ".join(["سترة سلمان", *WAY["ar"].values(), *WAY["en"].values()])
PHONE = "+97336112233"


@pytest.fixture(scope="module")
async def questions(system: System) -> AsyncIterator[OpenQuestions]:
    opened = OpenQuestions(system)
    yield opened
    await opened.close()


@pytest.fixture(scope="module")
async def reference(questions: OpenQuestions) -> str:
    return await questions.another_case()


@dataclass
class Spot:
    """A conversation in which `question` was asked by `prompt`, with the `draft` of that moment."""

    talk: Talk
    question: str
    prompt: str
    draft: Mapping[str, Any]

    @property
    def texts(self) -> list[str]:
        """What was answered last."""
        return [message.text for message in self.talk.reply.messages]

    @property
    def expects(self) -> str | None:
        """The question that is open now."""
        return self.talk.reply.expects

    def changed(self) -> dict[str, Any]:
        """What of the draft is new."""
        return {name: value for name, value in self.talk.reply.draft.items() if self.draft.get(name) != value}

    def untouched(self) -> None:
        """Nothing of the draft was changed or lost."""
        assert self.talk.reply.draft == self.draft

    def asked_again(self) -> None:
        """The same question stands at the end of the answer."""
        assert self.expects == self.question
        assert self.texts[-1] == self.prompt


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("interruption", INTERRUPTIONS)
async def test_it_is_answered_and_the_thread_is_kept(
    questions: OpenQuestions, reference: str, interruption: str, question: str, language: str
) -> None:
    talk = await questions.at(question, language)
    spot = Spot(talk, question, talk.texts[-1], talk.reply.draft)
    before, entry = len(talk.lines), INTERRUPTIONS[interruption]
    try:
        await talk.says(
            _words(interruption, question, language).format(reference=reference), **entry.get("metadata", {})
        )
        await CHECKS[entry.get("then", "answered")](spot)
        shown = [spot.prompt, *(words for who, words in talk.lines[before:] if who == "assistant")]
        spoken = talk.reply.language or language
        assert unfit(shown[1:] if spoken != language else shown, spoken, OWN_WORDS) == []
    except AssertionError as error:
        raise AssertionError(f"{error}\n\n{talk.transcript}") from None


def _words(interruption: str, question: str, language: str) -> str:
    """What is said here: each question meets another of the sentences."""
    entry = INTERRUPTIONS[interruption]
    if "payload" in entry:
        return str(entry["payload"])
    return str(entry[language][QUESTIONS.index(question) % len(entry[language])])


# What must come of it


async def answered(spot: Spot) -> None:
    assert len(spot.texts) > 1
    spot.asked_again()
    spot.untouched()


async def status_is_told(spot: Spot) -> None:
    await answered(spot)
    assert "26-" in " ".join(spot.texts)


async def language_changes(spot: Spot) -> None:
    before = spot.talk.language
    assert spot.talk.reply.language != before
    assert spot.expects == spot.question
    assert len(spot.texts) > 1
    spot.untouched()


async def draft_stays(spot: Spot) -> None:
    """Whoever talks next, what was told is kept."""
    spot.untouched()
    assert spot.expects in (spot.question, None)


async def question_before(spot: Spot) -> None:
    """The question before is open again; before the first there is none, which is said."""
    earlier = [name for name in QUESTIONS[: QUESTIONS.index(spot.question)] if name != "case_type"]
    if spot.question == "case_type":  # was opened from the summary
        assert spot.expects in QUESTIONS
    elif earlier:
        assert spot.expects == earlier[-1]
    else:
        await answered(spot)


async def skipped(spot: Spot) -> None:
    """What may be left open is; for what may not, the reason is given; a category is looked for another way."""
    following = {"address": "attachments", "attachments": "contact_name", "contact_name": "contact_phone"}
    if spot.question == "case_type":  # was opened from the summary, and stays as it was
        assert spot.expects == "confirm"
        assert spot.talk.reply.draft == {**spot.draft, "case_type": "complaint"}
        return
    if spot.question == "contact_phone":
        assert spot.expects == "confirm"
    elif spot.question in following:
        assert spot.expects == following[spot.question]
    elif spot.question == "category":
        assert spot.expects == spot.question
        assert len(spot.texts) > 1 or spot.texts[-1] != spot.prompt
    else:
        await answered(spot)
    spot.untouched()


async def cancelled_and_taken_back(spot: Spot) -> None:
    """One word does not throw away what was told: it is asked about, and «لا» goes on."""
    if spot.question == "description":
        assert (spot.expects, spot.talk.reply.draft) == (None, {})
        return
    assert spot.expects is None
    spot.untouched()
    await spot.talk.says("لا" if spot.talk.language == "ar" else "no")
    await answered(spot)


async def area_is_corrected(spot: Spot) -> None:
    assert spot.talk.reply.draft["area"] == "سترة"
    assert set(spot.changed()) <= {"area", "governorate"}
    _goes_on_after_area(spot)


async def area_and_phone_are_corrected(spot: Spot) -> None:
    assert spot.talk.reply.draft["area"] == "سترة"
    assert spot.talk.reply.draft["contact_phone"] == PHONE
    assert set(spot.changed()) <= {"area", "governorate", "contact_phone"}
    _goes_on_after_area(spot, phone_too=True)


def _goes_on_after_area(spot: Spot, *, phone_too: bool = False) -> None:
    answered_by_it = {"area": "address"} | ({"contact_phone": "confirm"} if phone_too else {})
    assert spot.expects == answered_by_it.get(spot.question, spot.question)
    assert len(spot.texts) > 1 or spot.question in answered_by_it


async def help_comes_first(spot: Spot) -> None:
    """999 before anything else; what was told is kept, and the report may go on."""
    assert "999" in spot.texts[0]
    kept = {name: value for name, value in spot.draft.items() if name != "description"}
    assert {name: spot.talk.reply.draft.get(name) for name in kept} == kept
    assert (spot.talk.reply.draft.get("description") or "").startswith(spot.draft.get("description", ""))


async def explained(spot: Spot) -> None:
    await answered(spot)


async def explained_then_helped(spot: Spot) -> None:
    """The second time other words are found, and a way out is offered."""
    await answered(spot)
    first = spot.texts
    await spot.talk.says("🙈")
    assert spot.texts[:-1] != first[:-1]
    spot.untouched()


async def file_is_kept(spot: Spot) -> None:
    assert spot.expects == spot.question
    if spot.question == "attachments":
        assert "1" in spot.texts[-1]
    else:
        assert len(spot.talk.reply.draft["attachments"]) == 1
    if spot.question not in ("description", "attachments"):
        assert len(spot.texts) > 1


async def place_is_kept(spot: Spot) -> None:
    assert spot.talk.reply.draft["lat"] == pytest.approx(26.15)
    moved = {"area": "attachments", "address": "attachments"}
    assert spot.expects == moved.get(spot.question, spot.question)


async def phone_is_kept(spot: Spot) -> None:
    assert spot.talk.reply.draft["contact_phone"] == PHONE
    answers_it = spot.question in ("contact_name", "contact_phone")  # one's own card gives both
    assert spot.expects == ("confirm" if answers_it else spot.question)


CHECKS: Mapping[str, Callable[[Spot], Awaitable[None]]] = {
    check.__name__: check
    for check in (
        answered, status_is_told, language_changes, draft_stays, question_before, skipped, cancelled_and_taken_back,
        area_is_corrected, area_and_phone_are_corrected, help_comes_first, explained, explained_then_helped,
        file_is_kept, place_is_kept, phone_is_kept,
    )
}  # fmt: skip
