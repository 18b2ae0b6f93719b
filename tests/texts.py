"""Every text that a person may be shown, as it looks with typical values filled in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import yaml

from contact_center.agencies.catalogue import catalogue
from contact_center.notifications.sentences import SENTENCES
from contact_center.notifications.templates import CHANNELS, LANGUAGES, Wordings, told
from contact_center.settings import ROOT
from contact_center.telephone.speech import digit_by_digit
from contact_center.telephone.words import all_words as heard

SHIPPED = ROOT / "contact_center" / "canned_replies" / "shipped.yml"
PLACEHOLDER = re.compile(r"\{(\w*)\}")

_DESCRIPTION = {
    "ar": "في حفرة كبيرة في الشارع عندنا من اسبوعين والسيايير تتكسر منها، وما أحد جا يصلحها",
    "en": "There has been a deep hole in our road for two weeks and cars break in it; nobody has come to mend it",
}
_REPLY = {
    "ar": "شكراً على البلاغ. فريق الصيانة زار المكان يوم الأحد وتم ردم الحفرة وتسوية الشارع.",
    "en": "Thank you for telling us. The maintenance team went there on Sunday; the hole is filled and the road level.",
}
_SUMMARY = {
    "ar": f"النوع: شكوى\nالموضوع: حفر الشوارع\nالوصف: {_DESCRIPTION['ar']}\nالمنطقة: سند\n"
    "العنوان: مجمع 745، طريق 4530\nالاسم: مريم أحمد\nرقم التواصل: ⁦+97336112233⁩",
    "en": f"Kind: Complaint\nSubject: Potholes\nDescription: {_DESCRIPTION['en']}\nArea: Sanad\n"
    "Address: Block 745, Road 4530\nName: Maryam Ahmed\nPhone: +97336112233",
}
_PLACE = {"ar": "سند، مجمع 745", "en": "Sanad, Block 745"}
_CASES = {
    "ar": "\n".join(["⁦26-1234-5678⁩ – حفر الشوارع – قيد العمل"] * 5),
    "en": "\n".join(["26-1234-5678 – Potholes – being worked on"] * 5),
}

_SPECIFIC: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "say_summary": {"lines": _SUMMARY},
    "say_my_cases": {"lines": _CASES},
    "say_which_case": {"lines": {language: f"\n\n{cases}" for language, cases in _CASES.items()}},
    "word_in_place": {"place": _PLACE},
    "say_reopen_too_late": {"days": {"ar": "30 يوم", "en": "30 days"}},
}
"""What typically stands in a text that is not as elsewhere, by text, placeholder and language."""


@dataclass(frozen=True)
class Text:
    """One wording. `channel`: the only one that it is for; None: any that has no wording of its own."""

    name: str
    language: str
    template: str
    titles: tuple[str, ...] = ()
    channel: str | None = None
    condition: tuple[tuple[str, Any], ...] = ()

    @property
    def filled(self) -> str:
        """The text with a typical value in the place of each placeholder."""
        return self.template.format(**{name: self.value(name) for name in PLACEHOLDER.findall(self.template)})

    def value(self, placeholder: str) -> str:
        """What typically stands there. Raises `KeyError` for a placeholder that nobody has given a value here."""
        values = _typical(self.language)
        specific = _SPECIFIC.get(self.name, {})
        return specific[placeholder][self.language] if placeholder in specific else values[placeholder]

    def __str__(self) -> str:
        return "-".join(filter(None, [self.name, self.language, self.channel, *(str(v) for _, v in self.condition)]))


def all_texts() -> list[Text]:
    """Everything in domain.yml, in the service's own sentences, and what callers hear."""
    return [*_of_the_assistant(), *_of_the_service(), *_canned(), *_of_the_telephone()]


def responses() -> dict[str, list[dict[str, Any]]]:
    """The responses as domain.yml has them."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return dict(domain["responses"])


def _of_the_assistant() -> Iterator[Text]:
    for name, variants in responses().items():
        for variant in variants:
            condition = {slot["name"]: slot["value"] for slot in variant.get("condition", ())}
            language = condition.pop("language", "ar")
            titles = tuple(button["title"] for button in variant.get("buttons", ()))
            others = tuple(sorted(condition.items()))
            yield Text(name, language, variant["text"], titles, variant.get("channel"), others)


def _canned() -> Iterator[Text]:
    for code, reply in yaml.safe_load(SHIPPED.read_text(encoding="utf-8")).items():
        for language in LANGUAGES:
            yield Text(f"canned-{code}", language, reply[f"text_{language}"])


def _of_the_service() -> Iterator[Text]:
    for name, languages in SENTENCES.items():
        for language, template in languages.items():
            yield Text(name, language, template)
    for (event, audience), channel, language in product(told(), CHANNELS, LANGUAGES):
        yield Text(f"{event}-{audience}", language, Wordings({}).text(event, audience, channel, language), (), channel)


def _of_the_telephone() -> Iterator[Text]:
    for name, languages in heard().items():
        for language, template in languages.items():
            yield Text(f"telephone-{name}", language, template)


def _typical(language: str) -> Mapping[str, str]:
    category, agency = catalogue().categories["road.pothole"], catalogue().agencies["works"]
    arabic = language == "ar"
    return {
        "agency": agency.name(language),
        "agent": "نورة" if arabic else "Noora",
        "ahead": "2",
        "category": category.name(language),
        "changed": "المنطقة: سند" if arabic else "Area: Sanad",
        "closes": "9 المسا" if arabic else "9 pm",
        "group": "الحدائق والحيوانات" if arabic else "Parks and animals",
        "date": "الأحد 6 ديسمبر 2026" if arabic else "Sunday 6 December 2026",
        "day": "باجر الأحد" if arabic else "tomorrow, Sunday",
        "digits": digit_by_digit("2612345678", language),
        "count": "10",
        "part": "الصبح" if arabic else "in the morning",
        "days": "الأحد إلى الخميس" if arabic else "Sunday to Thursday",
        "description": _DESCRIPTION[language],
        "draft": _DESCRIPTION[language][:80] + "…",
        "field": "رقم التواصل" if arabic else "Phone",
        "file_count": "3",
        "first": "الأحد" if arabic else "Sunday",
        "happened": "الأحد 29 نوفمبر 2026: تسجل الطلب ووصل الجهة"
        if arabic
        else "Sunday 29 November 2026: filed and passed to the agency",
        "groups": "26، 12، 34، 56، 78" if arabic else "26, 12, 34, 56, 78",
        "hour": "7 الصبح" if arabic else "7 am",
        "hours": "من 7 الصبح لين 9 المسا" if arabic else "from 7 am to 9 pm",
        "link": "https://tawasul.example.bh/files/" + "A" * 48,
        "last": "الخميس" if arabic else "Thursday",
        "matter": "ليتات الشارع طافية في سترة" if arabic else "the street lights are out in Sitra",
        "last_reference": "26-1234-5678",
        "next": "بعد هذا: يوصل لك رد الجهة هني، لغاية الأحد 6 ديسمبر 2026."
        if arabic
        else "Next: the agency's reply comes to you here, by Sunday 6 December 2026.",
        "other": "\u206626-8765-4321\u2069",
        "name": "مريم حسن" if arabic else "Maryam Hasan",
        "opens": "7 الصبح" if arabic else "7 am",
        "missing": "العنوان أو علامة قريبة" if arabic else "the address, or something nearby",
        "minutes": "10 دقايق" if arabic else "10 minutes",
        "number": "10",
        "place": f" في {_PLACE['ar']}" if arabic else f" in {_PLACE['en']}",
        "place_before": "سند، مجمع 745، طريق 4530" if arabic else "Sanad, Block 745, Road 4530",
        "code": "481516",
        "outcome": "ما يمكن تنفيذه حالياً" if arabic else "not possible at present",
        "question": "أي مبنى بالضبط؟ وإذا في صورة تساعدنا." if arabic else "Which building is it? A photo would help.",
        "person": "، وإلى المسؤول عن فاطمة حسن" if arabic else ", and to the supervisor of Fatima Hasan",
        "praised": "فاطمة حسن" if arabic else "Fatima Hasan",
        "phone": "\u2066+97336112233\u2069",
        "reference": "\u206626-1234-5678\u2069",
        "reply": _REPLY[language],
        "status": "قيد العمل" if arabic else "being worked on",
        "subject": category.name(language),
        "text": "شنو المشكلة؟" if arabic else "What is the problem?",
        "type": "شكوى" if arabic else "Complaint",
        "words": _REPLY[language],
        "when": "باجر الأحد من 7 الصبح" if arabic else "tomorrow, Sunday from 7 am",
        "working_hours": "الأحد إلى الخميس من 7 الصبح لين 9 المسا، السبت من 8 الصبح لين 2 الظهر"
        if arabic
        else "Sunday to Thursday from 7 am to 9 pm, Saturday from 8 am to 2 pm",
    }
