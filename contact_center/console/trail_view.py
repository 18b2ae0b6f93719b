"""Entries of the audit trail as people read them: who, what, to what, and how."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account, AuditEntry
from contact_center.accounts.queries import display_names
from contact_center.agencies.entries import Catalogue
from contact_center.agencies.queries import catalogue
from contact_center.console.moments import number
from contact_center.console.permissions import takes_calls
from contact_center.console.words import known, words

_ACCOUNT, _KEY = "account:", "key:"
_OF_ACCOUNTS = ("account.", "two_factor.", "sign_")
"""How actions begin whose subject is an account."""
_PAGES: Mapping[str, str] = {
    **dict.fromkeys(_OF_ACCOUNTS, "staff/accounts"),
    "citizen.": "citizens",
    "conversation.": "conversations",
    "call.begin": "calls",
    "call.text_number": "cases",
}
"""By how an action begins: where its subject has its page."""
_NUMBERED: Mapping[str, str] = {
    "conversation.": "audit.conversation",
    **dict.fromkeys(("call.begin", "call.take", "call.wrap_up"), "audit.call"),
    "callback.": "audit.callback",
}
"""Likewise, what to call a subject that is known by its id alone, of which so much is shown:"""
_ID_SHOWN = 8
_LISTS: Mapping[str, str] = {
    "role": "staff_role",
    "by": "audit_by",
    "channel": "channel",
    "kind": "privacy_kind",
    "recognised": "privacy_recognised",
}
"""Where the words are of what is one of a list."""


@dataclass(frozen=True)
class Shown:
    """An entry in the reader's language. `page`: that of its subject, below the console's address, None where there is
    none or it is not for the reader; `details`: labels and values."""

    at: datetime
    who: str
    what: str
    subject: str
    page: str | None
    details: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class _Reader:
    language: str
    names: Mapping[str, str]
    known: Catalogue
    takes_calls: bool

    def shown(self, entry: AuditEntry) -> Shown:
        what = f"audit_action.{entry.action}" if known(f"audit_action.{entry.action}") else "audit.other"
        details = [
            (words(f"audit_field.{name}", self.language), self._value(name, value))
            for name, value in entry.data.items()
            if known(f"audit_field.{name}") and value is not None
        ]
        what_ = words(what, self.language)
        return Shown(entry.at, self._who(entry.actor), what_, self._subject(entry), self._page(entry), details)

    def _who(self, actor: str) -> str:
        if actor.startswith(_KEY):
            return words("audit.by_key", self.language, name=actor.removeprefix(_KEY))
        if known(f"audit_actor.{actor}"):
            return words(f"audit_actor.{actor}", self.language)
        username = actor.removeprefix(_ACCOUNT)
        return self.names.get(username, username)

    def _page(self, entry: AuditEntry) -> str | None:
        place = _by_beginning(_PAGES, entry.action)
        if place is None or (place in ("conversations", "calls") and not self.takes_calls):
            return None
        return f"{place}/{quote(entry.subject)}"

    def _subject(self, entry: AuditEntry) -> str:
        if entry.action.startswith(_OF_ACCOUNTS):
            return self.names.get(entry.subject, entry.subject)
        if entry.action.startswith("citizen."):
            return words("people.open", self.language)
        if numbered := _by_beginning(_NUMBERED, entry.action):
            return words(numbered, self.language, id=f"\u2068{entry.subject[:_ID_SHOWN]}\u2069")
        kind, _, code = entry.subject.partition("/")
        if entry.action.startswith("configuration.") and known(f"setting_kind.{kind}"):
            return f"{words(f'setting_kind.{kind}', self.language)} \u2068{code}\u2069"
        if entry.action.startswith("configuration."):
            return words("audit.several", self.language)
        return entry.subject

    def _value(self, name: str, value: object) -> str:
        if isinstance(value, list) and len(value) == 2:
            before, after = (f"\u2068{self._one(name, one)}\u2069" for one in value)  # each in its own direction
            return words("audit.from_to", self.language, before=before, after=after)
        return self._one(name, value)

    def _joined(self, names: Sequence[str]) -> str:
        return ("، " if self.language == "ar" else ", ").join(names)

    def _one(self, name: str, value: object) -> str:
        if value is None or value == "":
            return "—"
        if isinstance(value, bool):
            return words("audit.yes" if value else "audit.no", self.language)
        if isinstance(value, int):
            return number(value, self.language)
        text = str(value)
        if name == "agency" and text in self.known.agencies:
            return self.known.agencies[text].name(self.language)
        if name == "speaks":
            return self._joined([words(f"caller_language.in_{one}", self.language) for one in text.split()])
        if name == "agent":
            return self.names.get(text, text)
        listed = f"{_LISTS.get(name, '')}.{text}"
        return words(listed, self.language) if known(listed) else text


def _by_beginning(table: Mapping[str, str], action: str) -> str | None:
    return next((value for beginning, value in table.items() if action.startswith(beginning)), None)


async def shown(session: AsyncSession, entries: Sequence[AuditEntry], account: Account, language: str) -> list[Shown]:
    """The entries for a reader; two queries, however many there are."""
    usernames = {entry.actor.removeprefix(_ACCOUNT) for entry in entries if entry.actor.startswith(_ACCOUNT)}
    usernames |= {entry.subject for entry in entries if entry.action.startswith(_OF_ACCOUNTS)}
    usernames |= {name for entry in entries for name in _agents(entry)}
    names, known_ = await display_names(session, usernames), await catalogue(session)
    reader = _Reader(language, names, known_, takes_calls(account))
    return [reader.shown(entry) for entry in entries]


def _agents(entry: AuditEntry) -> list[str]:
    """Usernames of agents that an entry tells of: one, or who had it before and after."""
    told = entry.data.get("agent")
    return [str(name) for name in (told if isinstance(told, list) else [told]) if name]
