"""The audit log: who did what to what and when, in words, by filters and by pages."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from desk import Visit

from contact_center.accounts.models import AuditEntry
from contact_center.accounts.trail import PAGE
from contact_center.console.words import section, words
from contact_center.database import Database

HOME = "/console/audit"
START = datetime(2026, 1, 4, 20, 30, 15, tzinfo=UTC)
"""23:30:15 in Bahrain."""


@pytest.fixture
async def entries(database: Database) -> list[AuditEntry]:
    """Things that happened, an hour apart."""
    happened = [
        ("account:adel", "account.create", "omar", {"role": "officer", "agency": "works"}),
        ("account:omar", "sign_in", "omar", {"by": "two_factor"}),
        ("account:adel", "account.change", "omar", {"role": ["officer", "head"], "external_id": [None, "o@gov.bh"]}),
        ("key:crm", "call.begin", "0f0e0d0c-0b0a-0908-0706-050403020100", {}),
        ("command_line", "account.duty", "amal", {"on": True}),
        ("account:adel", "configuration.change", "agency/ewa", {"change_set": 1234}),
        ("system", "configuration.shipped", "12 entries", {"change_set": 1}),
        ("account:gone", "conversation.take", "0f0e0d0c", {"agent": "amal"}),
        ("account:omar", "something.new", "x", {"unheard_of": "value"}),
    ]
    made = [
        AuditEntry(at=START + timedelta(hours=at), actor=who, action=what, subject=subject, data=data)
        for at, (who, what, subject, data) in enumerate(happened)
    ]
    async with database.transaction() as session:
        session.add_all(made)
    return made


def rows(page: str) -> list[list[str]]:
    """The words of each row's cells."""
    body = page[page.index("<tbody>") : page.index("</tbody>")] if "<tbody>" in page else ""
    cells = [re.findall(r"<td>(.*?)</td>", row, re.DOTALL) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]
    return [[" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in row] for row in cells]


@pytest.mark.usefixtures("entries")
async def test_each_entry_is_told_in_words(visit: Visit) -> None:
    zain = await visit("zain")
    await zain.post("/console/language", data={"language": "en"})
    told = [row[1:] for row in rows((await zain.get(HOME)).text)]
    assert told == [
        ["Omar", "Something else", "x", ""],
        ["gone", "Took a conversation", "Conversation \u20680f0e0d0c\u2069", "Agent: Amal"],
        ["The system", "Settings came with a new version", "Several settings", "Change number: 1"],
        ["Adel", "Changed a setting", "Agencies \u2068ewa\u2069", "Change number: 1,234"],
        ["Command line", "Changed who is on duty", "Amal", "On duty: Yes"],
        ["Key crm", "Began a call", "Call \u20680f0e0d0c\u2069", ""],
        [
            "Adel",
            "Changed an account",
            "Omar",
            "Role: from “\u2068Officer\u2069” to “\u2068Agency head\u2069”"
            " At the identity provider: from “\u2068—\u2069” to “\u2068o@gov.bh\u2069”",
        ],
        ["Omar", "Signed in", "Omar", "By: Two steps"],
        ["Adel", "Made an account", "Omar", "Role: Officer Agency: Ministry of Works"],
    ]


@pytest.mark.usefixtures("entries")
async def test_what_an_entry_is_about_is_one_click_away_for_whoever_may_see_it(visit: Visit) -> None:
    links = {
        who: re.findall(r'<td><a href="/console/([^"]+)"', (await (await visit(who)).get(HOME)).text)
        for who in ("adel", "zain")
    }
    assert {"staff/accounts/amal", "conversations/0f0e0d0c"} < set(links["adel"])
    assert set(links["zain"]) == {"staff/accounts/amal", "staff/accounts/omar"}


@pytest.mark.usefixtures("entries")
async def test_the_exact_moment_is_there_for_whoever_points_at_it(visit: Visit) -> None:
    text = (await (await visit("adel")).get(f"{HOME}?action=account.create")).text
    assert 'title="٢٠٢٦-٠١-٠٤ ٢٣:٣٠:١٥"' in text
    assert 'datetime="2026-01-04T20:30:15+00:00"' in text


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    ("query", "actions"),
    [
        ("who=adel", ["configuration.change", "account.change", "account.create"]),
        ("who=%20ADEL%20", ["configuration.change", "account.change", "account.create"]),
        ("who=crm", ["call.begin"]),
        ("who=system", ["configuration.shipped"]),
        ("who=nobody", []),
        ("action=sign_in", ["sign_in"]),
        ("subject=omar", ["account.change", "sign_in", "account.create"]),
        ("subject=Omar&who=adel", ["account.change", "account.create"]),
        ("until=2026-01-04", ["account.create"]),
        ("since=2026-01-05&who=adel", ["configuration.change", "account.change"]),
        ("since=2026-01-05&until=2026-01-05&action=sign_in", ["sign_in"]),
        ("since=2026-01-06", []),
    ],
)
async def test_it_is_found_by_who_what_and_when(visit: Visit, query: str, actions: list[str]) -> None:
    found = rows((await (await visit("adel")).get(f"{HOME}?{query}")).text)
    assert [row[2] for row in found] == [words(f"audit_action.{action}", "ar") for action in actions]


async def test_what_is_no_day_is_refused(visit: Visit) -> None:
    adel = await visit("adel")
    assert (await adel.get(f"{HOME}?since=yesterday")).status_code == 422
    assert (await adel.get(f"{HOME}?before=999999")).status_code == 404
    assert (await adel.get(f"{HOME}?since=&until=&who=")).status_code == 200


async def test_pages_follow_each_other_without_gap_or_repeat(visit: Visit, database: Database) -> None:
    count = 2 * PAGE + 7
    async with database.transaction() as session:
        session.add_all(
            AuditEntry(at=START + timedelta(minutes=n // 3), actor="key:crm", action="key.create", subject=f"n{n}")
            for n in range(count)
        )
    adel, address, seen = await visit("adel"), f"{HOME}?who=crm", list[str]()
    for expected in (PAGE, PAGE, 7):
        page = (await adel.get(address)).text
        found = rows(page)
        assert len(found) == expected
        seen += [row[3] for row in found]
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        address = unescape(onward[1]) if onward else ""
        async with database.transaction() as session:
            session.add(AuditEntry(actor="key:crm", action="key.create", subject="meanwhile"))
    assert address == ""
    assert sorted(seen) == sorted(f"n{n}" for n in range(count))


async def test_the_choice_of_actions_is_in_the_readers_language(visit: Visit) -> None:
    adel = await visit("adel")
    for language in ("ar", "en"):
        await adel.post("/console/language", data={"language": language})
        offered = re.findall(r'<option value="([a-z_.]+)">([^<]+)</option>', (await adel.get(HOME)).text)
        assert {value: unescape(name) for value, name in offered} == section("audit_action", language)
