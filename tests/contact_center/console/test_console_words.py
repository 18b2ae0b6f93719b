"""Every text exists in both languages, is used, and is there for every code that may be shown."""

import re
from pathlib import Path
from typing import get_args

from contact_center.accounts.roles import Role
from contact_center.agencies.checks import Why
from contact_center.agencies.entries import CaseType
from contact_center.cases.deadline_marks import LEVELS
from contact_center.cases.lifecycle import Status
from contact_center.cases.outcomes import Outcome
from contact_center.channels.base import ChannelCode, MediaKind
from contact_center.channels.twilio_approvals import NOT_APPROVED
from contact_center.configuration.fields import Choice
from contact_center.configuration.kinds import KINDS
from contact_center.console import words as module
from contact_center.console.words import LANGUAGES, all_words, words
from contact_center.conversations.call_desk import EDITABLE
from contact_center.conversations.delivery_status import PROGRESS
from contact_center.conversations.outcomes import Outcome as TalkOutcome
from contact_center.notifications.templates import told
from contact_center.privacy.erasing import ERASED
from contact_center.privacy.requests import Kind, Recognised
from contact_center.telephone.outcomes import Outcome as CallOutcome
from contact_center.telephone.outcomes import Result as CallbackResult
from contact_center.understanding.labels import intents

CONSOLE = Path(module.__file__).parent
SERVICE = CONSOLE.parent
SOURCE = "\n".join(
    path.read_text(encoding="utf-8") for kind in ("html", "py", "js") for path in sorted(CONSOLE.rglob(f"*.{kind}"))
)
RECORDED = {
    entry
    for path in sorted(SERVICE.rglob("*.py"))
    for entry in re.findall(
        r"""["']((?:account|two_factor|key|conversation|call|message|citizen|unclear)\.[a-z_]+|sign_in|sign_out)["']""",
        "".join(re.findall(r"audit\.record\([^()]*(?:\([^()]*\)[^()]*)*\)", path.read_text(encoding="utf-8"))),
    )
} | {f"configuration.{change}" for change in ("change", "undo", "import", "shipped")}
"""What the audit trail may say that was done."""
BY_CODE = {
    "setting_kind": [*KINDS, "catalogue"],
    "setting": sorted({field.name for kind in KINDS.values() for field in (*kind.key, *kind.fields)}),
    "setting_option": sorted(
        {
            code
            for kind in KINDS.values()
            for field in (*kind.key, *kind.fields)
            if isinstance(field.type, Choice) and field.type.words == "setting_option"
            for code in field.type.options
        }
    ),
    "setting_fault": list(get_args(Why)),
    "intent": list(intents()),
    "status": [*Status, "open"],
    "channel": list(ChannelCode),
    "outcome": list(Outcome),
    "type": list(get_args(CaseType)),
    "field": sorted(EDITABLE),
    "part": [*MediaKind, "location", "contact", "unsupported", "edited", "files"],
    "staff_role": list(Role),
    "audit_action": sorted(RECORDED),
    "audit_field": [
        "agency",
        "agent",
        "by",
        "capacity",
        "change_set",
        "channel",
        "display_name",
        "external_id",
        "kind",
        "left",
        "on",
        "recognised",
        "role",
        "speaks",
    ],
    "privacy_kind": list(Kind),
    "privacy_state": ["asked", "withdrawn", "refused", "approved", "done"],
    "privacy_recognised": list(Recognised),
    "audit_actor": ["system", "command_line"],
    "audit_by": ["password", "openid", "two_factor"],
    "role": ["citizen", "follower", "assistant", "agent", "agency", "system", "key", *LEVELS],
    "escalations": [f"at_{level}" for level in LEVELS],
    "call_outcome": list(CallOutcome),
    "talk_outcome": list(TalkOutcome),
    "talk_reason": ["request", "failure", "distress", "agent"],
    "call_state": ["menu", "waiting", "taken", "ended"],
    "callback_result": list(CallbackResult),
    "caller_language": [f"in_{language}" for language in LANGUAGES],
    "call_script": ["citizen", "assistant", "agent", "agency", "system"],
    "audience": ["filer", "follower"],
    "told": sorted({event for event, _ in told()}),
    "sent": [*PROGRESS, "failed", "held"],
    "unsent": [
        "opted_out",
        "21610",
        "403",
        "21211",
        "21614",
        "30003",
        "30005",
        "30006",
        "63003",
        "63016",
        NOT_APPROVED,
        "channel_off",
        "other",
    ],
    "event": [
        "filed",
        "status",
        "reply",
        "note",
        "information",
        "joined",
        "rating",
        ERASED,
        "reopened",
        "withdrawn",
        "interim",
        "outcome",
        "passed_on",
        "assigned",
        "merged",
        "took_in",
        "let_go",
        "transferred",
        "recategorised",
        "approaching",
        "breached",
        "escalated",
        "routed",
        *(f"to_{level}" for level in LEVELS),
        "other",
        "move",
    ],
}
LATIN = re.compile(r"[A-Za-z]")
FORMATS = re.compile(r"\b(?:JPEG|PNG|WebP|PDF)\b|(?<=و)(?:PNG|WebP)\b")
"""Kinds of files have no other names."""
NOT_ARABIC_FOR_ARABIC = {"app.other_language", "call.say_hint", "call_script.failed", "call_script.then_enter"}
"""The name of the other language, and names of keys."""


def test_every_code_has_words() -> None:
    missing = [
        f"{kind}.{code}" for kind, codes in BY_CODE.items() for code in codes if f"{kind}.{code}" not in all_words()
    ]
    assert missing == []


def test_arabic_readers_get_arabic_and_english_readers_english() -> None:
    for name, texts in all_words().items():
        plain = FORMATS.sub("", re.sub(r"\{\w+\}", "", texts["ar"]))
        if name not in NOT_ARABIC_FOR_ARABIC and name != "help.new_call":
            assert not LATIN.search(plain), name
        if name != "app.other_language":
            assert not re.search(r"[\u0600-\u06ff]", texts["en"]), name


def test_both_languages_are_filled_in_with_the_same_values() -> None:
    for name, texts in all_words().items():
        assert set(re.findall(r"\{(\w+)\}", texts["ar"])) == set(re.findall(r"\{(\w+)\}", texts["en"])), name


def test_every_name_that_is_asked_for_is_there() -> None:
    asked = set(re.findall(r"""\b(?:t|words)\(["']([a-z_]+\.[a-z_.]+)["'][,)]""", SOURCE))
    assert len(asked) > 100
    assert asked - set(all_words()) == set()


def test_no_text_is_left_over() -> None:
    """A text is used by its whole name, by its beginning (with a part to come), or by its last part."""
    composed = {"errors", "month", "weekday", "by_place", "working_days", "working_hours", "deadline", "setting_hint"}
    by_code = {f"{kind}.{code}" for kind, codes in BY_CODE.items() for code in codes}
    unused = [
        name
        for name in all_words()
        if name.partition(".")[0] not in composed
        and name not in by_code
        and name not in SOURCE
        and not re.search(rf"""["'._]{name.rpartition(".")[2]}\b""", SOURCE)
        and not any(f'{name[:cut]}"' in SOURCE for cut in range(name.index(".") + 2, len(name)))
    ]
    assert unused == []


def test_what_is_recorded_is_found_in_the_source() -> None:
    """Otherwise the codes above would be an empty list."""
    assert {"account.create", "two_factor.reset", "two_factor.off", "key.revoke", "sign_in", "call.begin"} <= RECORDED
    assert len(RECORDED) > 20


def test_every_hint_is_of_a_field() -> None:
    hints = {name.partition(".")[2] for name in all_words() if name.startswith("setting_hint.")}
    assert hints
    assert hints <= set(BY_CODE["setting"])


def test_a_missing_name_is_noticed() -> None:
    try:
        words("no.such", "ar")
    except KeyError:
        return
    raise AssertionError("a text that is not there was found")
