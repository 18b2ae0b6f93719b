"""One way to change the configuration: checked as a whole, written down, undone, and followed by deadlines."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import AuditEntry
from contact_center.agencies import queries
from contact_center.agencies.term import Term
from contact_center.cases import service as cases
from contact_center.cases.models import Case
from contact_center.cases.new_case import NewCase
from contact_center.clock import BAHRAIN
from contact_center.configuration import history, service, tables
from contact_center.configuration.changes import Refused
from contact_center.configuration.kinds import KINDS
from contact_center.database import Database
from contact_center.notifications.models import MessageTemplate
from contact_center.notifications.templates import wordings
from tests.moved_clock import clock_moved

Clock = Callable[[datetime], None]

ACTOR = "account:adel"
SUNDAY = datetime(2026, 11, 22, 9, tzinfo=BAHRAIN)


@pytest.fixture
def at() -> Iterator[Clock]:
    """Sets the service's clock."""
    with ExitStack() as stack:
        yield lambda moment: stack.enter_context(clock_moved(moment - datetime.now(UTC)))


REPLY = {"event": "reply", "audience": "filer", "channel": "sms", "language": "ar", "text": "رد {agency}: {words}"}


async def form_of(session: AsyncSession, kind: str, code: str) -> dict[str, str]:
    entry = await tables.entry(session, KINDS[kind], code)
    assert entry is not None
    filled: dict[str, str] = {}
    for field in KINDS[kind].fields:
        filled |= field.type.form(entry[field.name], field.name)
    return filled


async def change(database: Database, kind: str, code: str | None, /, **fields: str) -> int | None:
    """Save the form of an entry, as it stands but for some fields ("" unticks a box); a new one, from scratch."""
    async with database.transaction() as session:
        filled = await form_of(session, kind, code) if code else service.at_first(KINDS[kind])
        filled = {name: value for name, value in {**filled, **fields}.items() if value or name not in ("joined",)}
        seen = await history.newest_of(session, kind, code or "")
        return (await service.save(session, KINDS[kind], code, filled, seen=seen, actor=ACTOR))[1]


async def undo(database: Database, number: int | None) -> int | None:
    assert number is not None
    async with database.transaction() as session:
        return await service.undo(session, number, actor=ACTOR)


async def refusal(doing: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(Refused) as refused:
        await doing
    return [(fault.code, fault.field, fault.why) for fault in refused.value.faults]


async def everything(database: Database) -> dict[str, dict[str, tables.Entry]]:
    async with database.transaction() as session:
        return {name: await tables.entries(session, kind) for name, kind in KINDS.items()}


async def filed(database: Database, **different: Any) -> Case:
    fields: dict[str, Any] = {"type": "complaint", "category": "utility.bill", "description": "الفاتورة غلط"}
    async with database.transaction() as session:
        return await cases.file(session, NewCase(**(fields | {"channel": "sms"} | different)))


async def again(database: Database, case: Case) -> Case:
    async with database.transaction() as session:
        return await session.get_one(Case, case.id)


async def test_a_change_is_written_down_with_who_and_what(database: Database) -> None:
    number = await change(database, "agency", "ewa", term="٦س", name_en="Electricity")
    async with database.transaction() as session:
        assert (await queries.catalogue(session)).agencies["ewa"].name_en == "Electricity"
        ((one,), audited) = (
            await history.of_set(session, number or 0),
            await session.scalar(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)),
        )
    assert (one.actor, one.kind, one.code, one.undoes) == (ACTOR, "agency", "ewa", None)
    assert one.before is not None
    assert one.after is not None
    assert (one.before["term"], one.after["term"]) == ("5", "6h")
    assert audited is not None
    assert (audited.actor, audited.action, audited.subject) == (ACTOR, "configuration.change", "agency/ewa")
    assert await change(database, "agency", "ewa") is None


@pytest.mark.parametrize(
    ("kind", "code", "fields", "refused"),
    [
        ("category", "road.pothole", {"agency": "nobody"}, [("road.pothole", "agency", "no_such_agency")]),
        ("category", "road.pothole", {"place": "perhaps"}, [("road.pothole", "place", "no_such_choice")]),
        ("category", "road.pothole", {"name_ar": " "}, [("road.pothole", "name_ar", "empty")]),
        ("category", "road.pothole", {"name_ar": "حفر\x00"}, [("road.pothole", "name_ar", "not_one_line")]),
        ("category", "road.pothole", {"term": "0"}, [("road.pothole", "term", "no_term")]),
        ("category", "other.unclear", {"retired": "true"}, [("other.unclear", "retired", "assistant_needs_it")]),
        ("agency", "ewa", {"escalate_at": "90, 80, 150"}, [("ewa", "escalate_at", "three_rising_percents")]),
        ("agency", "ewa", {"escalate_at": "80 100"}, [("ewa", "escalate_at", "three_rising_percents")]),
        ("agency", "ewa", {"escalate_at": "soon"}, [("ewa", "escalate_at", "no_number")]),
        ("agency", "ewa", {"term": "", "name_en": ""}, [("ewa", "name_en", "empty"), ("ewa", "term", "empty")]),
        ("agency", "iga", {"joined": ""}, [("iga", "joined", "fallback_has_joined")]),
        ("agency", "iga", {"fallback": ""}, [("fallback_agency", "fallback", "one_fallback_agency")]),
        ("agency", "post", {"retired": "true"}, [("post.delivery", "agency", "retired_agency")]),
        ("governorate", "capital", {"agency": "nobody"}, [("capital", "agency", "no_such_agency")]),
        ("agency", None, {"code": "ewa", "name_ar": "هيئة", "name_en": "E"}, [("ewa", "code", "is_there")]),
        ("agency", None, {"code": "E W A", "name_ar": "هيئة", "name_en": "E"}, [("", "code", "no_code")]),
        ("day", None, {"day": "tomorrow"}, [("", "day", "no_day")]),
        ("hours", "offices", {"declared": "14:00-07:00"}, [("offices", "declared", "no_hours")]),
        ("hours", "offices", {"ordinary.sunday": "07:00-12:00, 11:00-14:00"}, [("offices", "ordinary", "no_hours")]),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_refused_by_field(
    database: Database, kind: str, code: str | None, fields: dict[str, str], refused: list[tuple[str, str, str]]
) -> None:
    before = await everything(database)
    assert await refusal(change(database, kind, code, **fields)) == refused
    assert await everything(database) == before


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"text": "{nonsense}"}, ("reply:filer:sms:ar", "text", "no_such_placeholder")),
        ({"audience": "nobody"}, ("", "audience", "no_such_choice")),
        ({"event": "filed", "audience": "follower"}, ("filed:follower:sms:ar", "audience", "told_nobody")),
        ({"content_sid": "HX1"}, ("reply:filer:sms:ar", "content_sid", "no_approved_template")),
        ({"channel": "whatsapp_outside"}, ("reply:filer:whatsapp_outside:ar", "text", "ends_in_placeholder")),
    ],
)
async def test_a_wording_that_could_not_be_sent_is_refused(
    database: Database, fields: dict[str, str], refused: tuple[str, str, str]
) -> None:
    assert await refusal(change(database, "template", None, **REPLY | fields)) == [refused]


async def test_the_fallback_passes_from_one_agency_to_another_as_one_change(database: Database) -> None:
    number = await change(database, "agency", "csb", fallback="true")
    async with database.transaction() as session:
        assert (await queries.catalogue(session)).fallback_agency == "csb"
        changed = [(one.code, (one.after or {})["fallback"]) for one in await history.of_set(session, number or 0)]
    assert sorted(changed) == [("csb", True), ("iga", False)]
    await undo(database, number)
    async with database.transaction() as session:
        assert (await queries.catalogue(session)).fallback_agency == "iga"


async def test_undone_is_as_before_and_an_undo_can_be_undone(database: Database) -> None:
    before = await everything(database)
    number = await change(database, "category", "road.pothole", term="9", agency="mma")
    after = await everything(database)
    back = await undo(database, number)
    assert await everything(database) == before
    async with database.transaction() as session:
        assert [one.undoes for one in await history.of_set(session, back or 0)] == [number]
        assert [one.undone for one in (await history.page(session))[0]] == [False, True]
    await undo(database, back)
    assert await everything(database) == after != before


async def test_what_was_changed_again_is_not_undone(database: Database) -> None:
    first = await change(database, "agency", "ewa", term="9")
    second = await change(database, "agency", "ewa", term="10")
    assert await refusal(undo(database, first)) == [("ewa", "code", "changed_since")]
    await undo(database, second)
    assert await refusal(undo(database, first)) == [("ewa", "code", "changed_since")]


async def test_a_form_that_was_opened_before_another_change_is_refused(database: Database) -> None:
    async with database.transaction() as session:
        filled = await form_of(session, "agency", "ewa")
    await change(database, "agency", "ewa", term="9")

    async def late() -> None:
        async with database.transaction() as session:
            await service.save(session, KINDS["agency"], "ewa", {**filled, "term": "8"}, seen=0, actor=ACTOR)

    assert await refusal(late()) == [("ewa", "code", "changed_meanwhile")]


NEW = {
    "code": "road.tunnel",
    "name_ar": "أنفاق",
    "name_en": "Tunnels",
    "agency": "works",
    "place": "required",
    "position": "3.5",
}


async def test_what_was_added_is_taken_back_only_while_nothing_uses_it(database: Database) -> None:
    number = await change(database, "category", None, **NEW)
    async with database.transaction() as session:
        assert list((await queries.catalogue(session)).offered).index("road.tunnel") == 4
    await undo(database, number)
    async with database.transaction() as session:
        assert "road.tunnel" not in (await queries.catalogue(session)).categories
    number = await change(database, "category", None, **NEW)
    await filed(database, category="road.tunnel")
    assert await refusal(undo(database, number)) == [("road.tunnel", "code", "is_used")]


async def test_an_agency_that_a_category_names_is_used(database: Database) -> None:
    number = await change(database, "agency", None, code="roads", name_ar="طرق", name_en="Roads")
    await change(database, "category", "road.pothole", agency="roads")
    assert await refusal(undo(database, number)) == [("roads", "code", "is_used")]


async def test_what_is_retired_is_not_offered_and_keeps_its_cases(database: Database) -> None:
    case = await filed(database)
    await change(database, "category", "utility.bill", retired="true")
    async with database.transaction() as session:
        known = await queries.catalogue(session)
        assert "utility.bill" in known.categories
        assert "utility.bill" not in known.offered
        await cases.reply(session, await session.get_one(Case, case.id), "تم", close=True, actor=ACTOR)


async def test_a_declared_day_moves_the_deadlines_behind_it_and_its_undo_moves_them_back(
    database: Database, at: Clock
) -> None:
    at(SUNDAY)
    case = await filed(database)
    number = await change(database, "day", None, day="2026-11-24", note="أمر ملكي")
    assert (case.due_at, (await again(database, case)).due_at) == (due(29), due(30))
    await undo(database, number)
    assert (await again(database, case)).due_at == due(29)
    async with database.transaction() as session:
        assert await queries.calendar_days(session) == []


def due(day: int, hour: int = 14, minute: int = 15) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BAHRAIN)


async def test_other_hours_move_deadlines_to_the_new_end_of_the_same_day(database: Database, at: Clock) -> None:
    at(SUNDAY)
    days, today = await filed(database), await filed(database, category="power.outage")
    async with database.transaction() as session:
        await cases.set_status(session, await session.get_one(Case, today.id), "in_progress", actor=ACTOR)
    shorter = {f"ordinary.{day}": "08:00-13:00" for day in ("sunday", "monday", "tuesday", "wednesday", "thursday")}
    await change(database, "hours", "offices", **shorter)
    assert (await again(database, days)).due_at == due(29, 13, 0)
    assert (await again(database, today)).due_at == due(23, 13, 0)
    assert (await filed(database)).due_at == due(29, 13, 0)


async def test_other_escalations_count_for_cases_under_way(database: Database, at: Clock) -> None:
    at(SUNDAY)
    case = await filed(database)
    before = case.next_mark_at
    await change(database, "agency", "ewa", escalate_at="20, 100, 150")
    earlier = (await again(database, case)).next_mark_at
    assert before is not None
    assert earlier is not None
    assert earlier.astimezone(BAHRAIN).date() == date(2026, 11, 23)
    assert earlier < before
    assert case.term == Term(5)


async def test_a_wording_takes_the_place_of_the_usual_one_until_it_is_removed(database: Database) -> None:
    async def usual() -> str:
        async with database.transaction() as session:
            return (await wordings(session)).text("reply", "filer", "sms", "ar")

    before = await usual()
    number = await change(database, "template", None, **REPLY)
    assert await usual() == REPLY["text"] != before
    async with database.transaction() as session:
        assert (await session.get_one(MessageTemplate, ("reply", "filer", "sms", "ar"))).content_sid is None
        code = "reply:filer:sms:ar"
        await service.remove(session, KINDS["template"], code, seen=number or 0, actor=ACTOR)
    assert await usual() == before


async def test_what_stays_is_not_removed(database: Database) -> None:
    async def removed() -> None:
        async with database.transaction() as session:
            await service.remove(session, KINDS["agency"], "ewa", seen=0, actor=ACTOR)

    assert await refusal(removed()) == [("ewa", "code", "is_kept")]
