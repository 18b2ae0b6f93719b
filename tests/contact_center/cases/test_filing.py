import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError
from sqlalchemy import func, select

from contact_center.agencies.catalogue import catalogue
from contact_center.attachments.models import Attachment
from contact_center.cases import queries, service
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.cases.reference import Reference, new_reference, parse
from contact_center.citizens.service import identity_for
from contact_center.clock import BAHRAIN
from contact_center.database import Database
from contact_center.errors import InvalidInput, Unavailable

MakeCase = Callable[..., NewCase]


async def file(database: Database, new: NewCase) -> Case:
    async with database.transaction() as session:
        return await service.file(session, new)


async def count(database: Database, table: type[Case | CaseEvent]) -> int:
    async with database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_a_filed_case_is_there_as_it_was_given(database: Database, a_case: MakeCase) -> None:
    async with database.transaction() as session:
        identity = await identity_for(session, "telegram", "5001", "أم علي")
    form = a_case(
        road="2635",
        building="12",
        address="خلف المدرسة",
        lat=26.27,
        lon=50.61,
        contact_name="أم علي",
        contact_phone="+97339123456",
        conversation_id=uuid4(),
        identity_id=identity.id,
        source_message_id="m-1",
    )
    reference = (await file(database, form)).reference
    async with database.transaction() as session:
        case = await queries.by_reference(session, reference)
        assert case is not None
        stored = {name: getattr(case, name) for name in NewCase.model_fields if name not in ("attachments", "actor")}
    assert stored == form.model_dump(exclude={"attachments", "actor"})
    assert (case.agency, case.status, case.rating) == ("mun-muharraq", "received", None)


async def test_the_number_carries_the_year_in_bahrain(
    database: Database, a_case: MakeCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_year_in_bahrain = datetime(2026, 12, 31, 21, 30, tzinfo=UTC)
    monkeypatch.setattr(service, "now", lambda: new_year_in_bahrain)
    case = await file(database, a_case())
    assert parse(case.reference).digits.startswith("27")
    assert case.created_at == new_year_in_bahrain


async def test_the_deadline_is_the_categorys_in_working_days(
    database: Database, a_case: MakeCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "now", lambda: datetime(2025, 11, 20, 9, tzinfo=BAHRAIN))  # Thursday
    assert (await file(database, a_case())).due_at == datetime(2025, 11, 25, 14, 15, tzinfo=BAHRAIN)  # 3 days


async def test_where_the_place_is_not_known_the_fallback_agency_gets_it(database: Database, a_case: MakeCase) -> None:
    assert (await file(database, a_case(governorate=None, area=None, block=None))).agency == "iga"


@pytest.mark.parametrize("type_", ["complaint", "suggestion", "inquiry", "compliment"])
async def test_every_category_takes_every_type(database: Database, a_case: MakeCase, type_: str) -> None:
    async with database.transaction() as session:
        for category in catalogue().categories:
            case = await service.file(session, a_case(type=type_, category=category))
            assert (case.type, case.category) == (type_, category)


async def test_the_timeline_begins_with_the_filing(database: Database, a_case: MakeCase) -> None:
    case = await file(database, a_case(channel="call_center", actor="account:fatima"))
    async with database.transaction() as session:
        (event,) = await queries.timeline(session, case.id)
    assert (event.kind, event.actor, event.public, event.data) == (
        "filed",
        "account:fatima",
        True,
        {"agency": "mun-muharraq"},
    )


async def test_the_same_message_files_one_case_however_often(database: Database, a_case: MakeCase) -> None:
    first = await file(database, a_case(source_message_id="m-1"))
    again = await file(database, a_case(source_message_id="m-1", description="a retried turn may differ"))
    assert again.reference == first.reference
    assert again.description == "الزبالة متكدسة من ثلاث أيام"
    other = await file(database, a_case(source_message_id="m-2"))
    assert other.reference != first.reference
    assert (await count(database, Case), await count(database, CaseEvent)) == (2, 2)


async def test_the_same_message_at_the_same_time_files_one_case(database: Database, a_case: MakeCase) -> None:
    filed = await asyncio.gather(*(file(database, a_case(source_message_id="m-1")) for _ in range(10)))
    assert len({case.reference for case in filed}) == 1
    assert (await count(database, Case), await count(database, CaseEvent)) == (1, 1)


async def test_a_second_filing_waits_for_the_first_and_takes_its_place_if_it_fails(
    database: Database, a_case: MakeCase
) -> None:
    async def fails() -> None:
        async with database.transaction() as session:
            await service.file(session, a_case(source_message_id="m-1"))
            holding.set()
            await asyncio.sleep(0.3)
            raise RuntimeError("the transaction is lost")

    holding = asyncio.Event()
    lost = asyncio.create_task(fails())
    await holding.wait()
    second = asyncio.create_task(file(database, a_case(source_message_id="m-1")))
    await asyncio.sleep(0.1)
    assert not second.done()
    with pytest.raises(RuntimeError):
        await lost
    assert (await second).status == "received"
    assert (await count(database, Case), await count(database, CaseEvent)) == (1, 1)


def handing_out(*references: Reference) -> Callable[[int], Reference]:
    left: Iterator[Reference] = iter(references)
    return lambda _year: next(left, references[-1])


async def test_a_number_that_is_taken_is_drawn_again(
    database: Database, a_case: MakeCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, free = new_reference(2026), new_reference(2026)
    monkeypatch.setattr(service, "new_reference", handing_out(taken, taken, taken, free))
    assert (await file(database, a_case())).reference == taken.display
    assert (await file(database, a_case())).reference == free.display


async def test_without_a_free_number_nothing_is_filed(
    database: Database, a_case: MakeCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "new_reference", handing_out(new_reference(2026)))
    await file(database, a_case())
    with pytest.raises(Unavailable):
        await file(database, a_case())
    assert await count(database, Case) == 1


async def attach(database: Database, conversation_id: UUID, key: str) -> UUID:
    stored = {"media_type": "image/jpeg", "filename": "a.jpg", "size": 1, "sha256": "0" * 64, "storage_key": "0" * 64}
    async with database.transaction() as session:
        attachment = Attachment(conversation_id=conversation_id, source_key=key, kind="photo", **stored)
        session.add(attachment)
        await session.flush()
        return attachment.id


async def test_only_attachments_of_the_same_conversation_are_taken(database: Database, a_case: MakeCase) -> None:
    mine, theirs = uuid4(), uuid4()
    photo, second, left_out = [await attach(database, mine, key) for key in "abc"]
    foreign = await attach(database, theirs, "a")
    case = await file(database, a_case(conversation_id=mine, attachments=(photo, second, foreign, uuid4())))
    async with database.transaction() as session:
        owners = dict((await session.execute(select(Attachment.id, Attachment.case_id))).all())
    assert owners == {photo: case.id, second: case.id, left_out: None, foreign: None}


async def test_an_attachment_stays_with_the_case_that_has_it(database: Database, a_case: MakeCase) -> None:
    conversation = uuid4()
    photo = await attach(database, conversation, "a")
    first = await file(database, a_case(conversation_id=conversation, attachments=(photo,)))
    await file(database, a_case(conversation_id=conversation, attachments=(photo,)))
    async with database.transaction() as session:
        assert (await session.get_one(Attachment, photo)).case_id == first.id


@pytest.mark.parametrize("different", [{"category": "no.such"}, {"governorate": "atlantis"}])
async def test_unknown_codes_file_nothing(database: Database, a_case: MakeCase, different: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        await file(database, a_case(**different))
    assert await count(database, Case) == 0


@pytest.mark.parametrize(
    "different",
    [
        {"description": " \n\x00 "},
        {"description": "x" * 20_001},
        {"type": "threat"},
        {"channel": "fax"},
        {"lat": 91.0},
        {"lon": -181.0},
        {"contact_phone": "39123456"},
        {"area": "x" * 301},
        {"surprise": 1},
    ],
)
def test_a_form_that_cannot_be_is_refused(a_case: MakeCase, different: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        a_case(**different)


async def test_what_no_database_takes_is_dropped_and_lines_are_kept(database: Database, a_case: MakeCase) -> None:
    form = a_case(description="  سطر\x00 أول\nسطر \ud800ثاني\t ", contact_name=" \x07 ", address="")
    case = await file(database, form)
    assert case.description == "سطر أول\nسطر ثاني"
    assert (case.contact_name, case.address) == (None, None)
