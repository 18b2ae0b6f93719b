"""Cases that the fallback agency routes on: which they are, how they leave the queue, and how long it took."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.catalogue import parse
from contact_center.agencies.models import Agency
from contact_center.agencies.routing import Route, route
from contact_center.agencies.term import Term
from contact_center.agencies.working_time import Unit, between
from contact_center.cases import routing_figures, routing_queue, service
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.cases.transfer import Target, transfer
from contact_center.clock import now
from contact_center.database import Database
from contact_center.errors import Conflict
from tests.moved_clock import clock_moved

Form = Callable[..., NewCase]
SMALL = parse("""
fallback_agency: iga
not_joined: [gov]
governorates: {capital: {ar: العاصمة, en: Capital, municipality: mun, governorate: gov}}
agencies: {iga: [هيئة, Authority, 5], mun: [بلدية, Municipality, 7], gov: [محافظة, Governorate, 14]}
categories:
  waste: [قمامة, Rubbish, "@municipality", required, null]
  gov.community: [مجتمع, Community, "@governorate", required, null]
  id.card: [بطاقة, Card, iga, none, null]
  other.unclear: [غير محدد, Other, iga, optional, 3]
""")


@pytest.mark.parametrize(
    ("category", "governorate", "agency", "way"),
    [
        ("waste", "capital", None, Route("mun", None, waits=False)),
        ("waste", None, None, Route("iga", None, waits=True)),
        ("gov.community", "capital", None, Route("iga", "gov", waits=True)),
        ("gov.community", None, None, Route("iga", None, waits=True)),
        ("id.card", None, None, Route("iga", None, waits=False)),
        ("other.unclear", "capital", None, Route("iga", None, waits=True)),
        ("waste", "capital", "iga", Route("iga", None, waits=True)),
        ("id.card", None, "iga", Route("iga", None, waits=False)),
        ("waste", "capital", "gov", Route("iga", "gov", waits=True)),
        ("other.unclear", None, "mun", Route("mun", None, waits=False)),
    ],
)
def test_where_a_case_goes(category: str, governorate: str | None, agency: str | None, way: Route) -> None:
    assert route(SMALL, category, governorate, agency) == way


async def leaves(database: Database, code: str = "mun-muharraq", *, joined: bool = False) -> None:
    async with database.transaction() as session:
        (await session.get_one(Agency, code)).joined = joined


async def filed(database: Database, form: NewCase) -> Case:
    async with database.transaction() as session:
        return await service.file(session, form)


async def act(database: Database, case: Case, deed: Callable[..., Any], *said: object, **more: Any) -> CaseEvent:
    async with database.transaction() as session:
        done: CaseEvent = await deed(session, await session.get_one(Case, case.id), *said, actor="account:x", **more)
        return done


async def send(database: Database, case: Case, **target: str) -> CaseEvent:
    return await act(database, case, transfer, Target(**target), "توجيه")


async def seen(database: Database, case: Case) -> tuple[Case, list[CaseEvent]]:
    async with database.transaction() as session:
        events = select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.kind == "routed")
        return await session.get_one(Case, case.id), list(await session.scalars(events.order_by(CaseEvent.id)))


async def test_what_is_for_an_agency_that_has_not_joined_waits_with_the_fallback(
    database: Database, a_case: Form
) -> None:
    await leaves(database)
    case = await filed(database, a_case())
    assert (case.agency, case.meant_for, case.routing_since) == ("iga", "mun-muharraq", case.created_at)
    assert case.term == Term(3), "the time is the category's all the same"


@pytest.mark.parametrize("different", [{"governorate": None}, {"category": "other.unclear"}])
async def test_what_is_unclear_waits_too(database: Database, a_case: Form, different: dict[str, Any]) -> None:
    case = await filed(database, a_case(**different))
    assert (case.agency, case.meant_for, case.routing_since) == ("iga", None, case.created_at)


@pytest.mark.parametrize("different", [{}, {"category": "id.card"}])
async def test_what_is_clear_does_not_wait(database: Database, a_case: Form, different: dict[str, Any]) -> None:
    assert (await filed(database, a_case(**different))).routing_since is None


async def test_sent_on_it_has_left_and_the_event_says_how_long_it_was_there(database: Database, a_case: Form) -> None:
    case = await filed(database, a_case(category="other.unclear"))
    with clock_moved(timedelta(days=8)):
        event = await send(database, case, agency="works")
        until = now()
    after, routed = await seen(database, case)
    assert (after.agency, after.routing_since, after.meant_for) == ("works", None, None)
    assert (event.kind, event.public) == ("transferred", True)
    hours = float(between(WorkingCalendar(), Unit.HOURS, case.created_at, until))
    assert [(each.public, each.data["how"]) for each in routed] == [(False, "sent_on")]
    assert routed[0].data["hours"] == pytest.approx(hours, abs=0.01)
    assert hours > 10


async def test_the_clock_is_that_of_every_first_transfer(database: Database, a_case: Form) -> None:
    case = await filed(database, a_case(category="other.unclear"))
    with clock_moved(timedelta(days=8)):
        await send(database, case, agency="works")
        after, _ = await seen(database, case)
        assert after.transferred_at is not None
        assert after.due_at is not None
        assert after.due_at > now(), "an agency has its own time from then"


async def test_kept_it_is_answered_for_the_other_agency(database: Database, a_case: Form) -> None:
    await leaves(database)
    case = await filed(database, a_case())
    event = await act(database, case, routing_queue.keep, idempotency_key="1")
    assert (await act(database, case, routing_queue.keep, idempotency_key="1")).id == event.id
    after, routed = await seen(database, case)
    assert (after.agency, after.meant_for, after.routing_since) == ("iga", "mun-muharraq", None)
    assert [(each.data["how"], each.data["meant_for"], each.actor) for each in routed] == [
        ("kept", "mun-muharraq", "account:x")
    ]
    with pytest.raises(Conflict):
        await act(database, case, routing_queue.keep)


@pytest.mark.parametrize("status", ["closed", "withdrawn", "duplicate"])
async def test_what_has_ended_waits_no_longer(database: Database, a_case: Form, status: str) -> None:
    case = await filed(database, a_case(category="other.unclear"))
    await act(database, case, service.set_status, status)
    after, routed = await seen(database, case)
    assert (after.routing_since, [each.data["how"] for each in routed]) == (None, ["ended"])


async def test_a_category_of_its_own_keeps_it_another_one_that_is_unclear_does_not(
    database: Database, a_case: Form
) -> None:
    case = await filed(database, a_case(category="other.unclear", governorate=None))
    await send(database, case, category="waste.collection")
    assert (await seen(database, case))[0].routing_since == case.created_at, "still without a place"
    await send(database, case, category="id.card")
    after, routed = await seen(database, case)
    assert (after.agency, after.routing_since, [each.data["how"] for each in routed]) == ("iga", None, ["kept"])


async def test_sent_to_an_agency_that_has_not_joined_it_waits_for_it(database: Database, a_case: Form) -> None:
    await leaves(database, "works")
    case = await filed(database, a_case())
    event = await send(database, case, agency="works")
    after, _ = await seen(database, case)
    assert (after.agency, after.meant_for) == ("iga", "works")
    assert after.routing_since is not None
    assert event.data["agency"] == ["mun-muharraq", "iga"]


async def test_the_longest_wait_comes_first_and_who_has_joined_is_known(database: Database, a_case: Form) -> None:
    await leaves(database)
    with clock_moved(-timedelta(hours=2)):
        first = await filed(database, a_case())
    second = await filed(database, a_case(category="other.unclear"))
    async with database.transaction() as session:
        waiting = await routing_figures.waiting(session, 10)
        assert [case.id for case in waiting] == [first.id, second.id]
        assert await routing_figures.have_joined(session) == {}
    await leaves(database, joined=True)
    async with database.transaction() as session:
        assert await routing_figures.have_joined(session) == {"mun-muharraq": 1}
        assert await routing_figures.meant_for(session, "mun-muharraq", 10) == [first.reference]


async def test_the_figures_are_of_what_left_in_the_period(database: Database, a_case: Form) -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    case = await filed(database, a_case(category="other.unclear"))
    left = [(at + timedelta(days=day), hours) for day, hours in enumerate([1, 2, 3, 4, 100])]
    rows = [
        CaseEvent(case_id=case.id, at=moment, kind="routed", actor="system", public=False, data={"hours": hours})
        for moment, hours in [*left, (at - timedelta(seconds=1), 1000), (at + timedelta(days=5), 1000)]
    ]
    async with database.transaction() as session:
        session.add_all(rows)
    async with database.transaction() as session:
        found = await routing_figures.figures(session, at, at + timedelta(days=5))
        assert (found.waiting, found.left, found.median_hours) == (1, 5, 3.0)
        assert found.p95_hours == pytest.approx(4 + 0.8 * 96), "the continuous percentile"
        none = await routing_figures.figures(session, at - timedelta(days=9), at - timedelta(days=8))
        assert (none.left, none.median_hours, none.p95_hours) == (0, None, None)


async def test_queue_and_figures_are_read_by_indexes_of_their_own(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        for query, index in (
            ("SELECT count(*) FROM cases WHERE routing_since IS NOT NULL", "ix_cases_routing_since"),
            ("SELECT * FROM case_events WHERE kind = 'routed' AND at > now()", "ix_case_events_routed"),
        ):
            assert index in "\n".join((await session.scalars(text(f"EXPLAIN {query}"))).all())
