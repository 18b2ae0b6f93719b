"""Which of many similar open cases is the closest: by spelling, distance, time and words; and after a storm."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from contact_center.cases import service
from contact_center.cases.duplicates import Draft, closest
from contact_center.cases.likeness import likeness
from contact_center.cases.models import Case
from contact_center.cases.nearby import MOST, candidates
from contact_center.cases.new_case import NewCase
from contact_center.cases.wording import SIGNATURE_BITS, signature
from contact_center.clock import now
from contact_center.database import Database

MakeCase = Callable[..., NewCase]
HERE = (26.1521, 50.5487)
METRE = 1 / 111_195
WORDS = ["حفرة", "كبيرة", "شارع", "مدرسة", "بيتنا", "مجاري", "طافحة", "زبالة", "محل", "سجاير"]
SHOP = {"category": "trade.unlicensed", "area": "سند", "block": "745"}


async def filed(database: Database, new: NewCase, *, at: datetime | None = None) -> Case:
    async with database.transaction() as session:
        case = await service.file(session, new)
        case.created_at = at or case.created_at
    return case


async def found(database: Database, draft: Draft) -> Case | None:
    async with database.transaction() as session:
        similar = await closest(session, draft)
    return similar.case if similar else None


class TestWording:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("محل يبيع سجاير للصغار بدون ترخيص", "مَحَلّ يبيــع سجاير للصغار بدون ترخيص"),
            ("حفرة كبيرة امام المدرسة", "حفره كبيره أمام المدرسه"),
            ("حفرة كبيرة في الشارع", "7ofra kbeera fi elshare3"),
            ("الزبالة متكدسة من اسبوع", "Zbala metkadisa min isboo3"),
            ("مطعم يرمي الأكل في الچبرة", "مطعم يرمي الاكل في الجبره"),
        ],
    )
    async def test_spelling_does_not_matter(self, database: Database, a_case: MakeCase, one: str, other: str) -> None:
        case = await filed(database, a_case(**SHOP, description=one))
        similar = await found(database, Draft(SHOP["category"], other, SHOP["area"], SHOP["block"]))
        assert similar is not None
        assert similar.id == case.id

    async def test_other_words_are_another_matter(self, database: Database, a_case: MakeCase) -> None:
        await filed(database, a_case(**SHOP, description="محل يبيع سجاير للصغار بدون ترخيص"))
        assert await found(database, Draft(SHOP["category"], "صالون حلاقة فاتح في بيت", "سند", "745")) is None

    def test_signatures_have_bits_of_both_kinds_and_do_not_change(self) -> None:
        words = signature("حفرة كبيرة")
        assert len(words) == SIGNATURE_BITS
        assert [place for place, bit in enumerate(words) if bit == "1"] == [129, 188, 226, 286, 367, 448, 499, 510]
        assert "1" not in signature("حفرة"), "one word says nothing"

    @given(st.lists(st.sampled_from(WORDS)).map(" ".join))
    def test_signatures_are_about_as_alike_as_the_texts(self, one: str) -> None:
        other = "حفرة كبيرة في الشارع قدام المدرسة وبيتنا"
        mine, theirs = (int(signature(words), 2) for words in (one, other))
        fewer = min(mine.bit_count(), theirs.bit_count()) or 1
        about, exactly = (mine & theirs).bit_count() / fewer, likeness(one, other)
        assert exactly - 0.1 <= about <= exactly + 0.25, "what is alike is never left out, little comes in for nothing"


class TestOrder:
    async def test_nearer_before_farther_before_nobody_knows(self, database: Database, a_case: MakeCase) -> None:
        pothole = {"category": "road.pothole", "description": "حفرة في الشارع", "block": "745"}
        await filed(database, a_case(**pothole))
        await filed(database, a_case(**pothole, lat=HERE[0] + 200 * METRE, lon=HERE[1]))
        near = await filed(database, a_case(**pothole, lat=HERE[0], lon=HERE[1] + 60 * METRE))
        await filed(database, a_case(**pothole, lat=HERE[0] - 120 * METRE, lon=HERE[1]))
        similar = await found(database, Draft("road.pothole", "حفرة", "سند", "745", lat=HERE[0], lon=HERE[1]))
        assert similar is not None
        assert similar.id == near.id

    async def test_of_what_lies_at_one_spot_the_words_decide(self, database: Database, a_case: MakeCase) -> None:
        beside = {"category": "road.pothole", "block": None}
        alike = await filed(
            database, a_case(**beside, description="حفرة كبيرة قدام المدرسة", lat=HERE[0] + 15 * METRE, lon=HERE[1])
        )
        await filed(database, a_case(**beside, description="الشارع كله مكسر", lat=HERE[0] + 5 * METRE, lon=HERE[1]))
        draft = Draft("road.pothole", "حفره كبيره جدام المدرسه", lat=HERE[0], lon=HERE[1])
        similar = await found(database, draft)
        assert similar is not None
        assert similar.id == alike.id

    async def test_more_alike_before_less_and_of_equals_the_newer(self, database: Database, a_case: MakeCase) -> None:
        yesterday, last_week = now() - timedelta(days=1), now() - timedelta(days=7)
        school = a_case(description="الزبالة متكدسة عند المدرسة من ثلاث أيام")
        await filed(database, school, at=last_week)
        newer = await filed(database, school, at=yesterday)
        await filed(database, a_case(description="الزبالة ريحتها واصلة البيت"))
        similar = await found(database, Draft("waste.collection", "زباله متكدسه عند المدرسه", "البسيتين", "226"))
        assert similar is not None
        assert similar.id == newer.id

    async def test_its_own_category_before_one_that_is_taken_for_it(self, database: Database, a_case: MakeCase) -> None:
        words = "طفح مجاري في الطريق والريحه وايد قويه"
        own = await filed(database, a_case(category="drain.sewage-overflow", description="المجاري طافحة"))
        await filed(database, a_case(category="water.leak", description=words))
        similar = await found(database, Draft("drain.sewage-overflow", words, "البسيتين", "226"))
        assert similar is not None
        assert similar.id == own.id


class TestAfterAStorm:
    async def test_what_only_words_tell_apart_is_found_among_hundreds(
        self, database: Database, a_case: MakeCase
    ) -> None:
        words = "صالون نسائي فاتح في شقة بدون سجل"
        case = await filed(database, a_case(**SHOP, description=words), at=now() - timedelta(hours=9))
        await many(database, "trade.unlicensed", "'محل يبيع سجاير للصغار رقم ' || n")
        similar = await found(database, Draft("trade.unlicensed", "الصالون النسائي في الشقه بدون سجل", "سند", "745"))
        assert similar is not None
        assert similar.id == case.id

    async def test_a_few_are_compared_and_the_indexes_are_read(self, database: Database) -> None:
        await many(database, "road.pothole", "'حفرة كبيرة رقم ' || n", pinned=True)
        await many(database, "road.pavement", "'حفرة كبيرة رقم ' || n")
        draft = Draft("road.pothole", "حفرة كبيرة", "سند", "745", lat=HERE[0], lon=HERE[1])
        plan, rows = await asked(database, draft)
        assert rows == MOST
        assert "ix_cases_open_pin" in plan
        assert "ix_cases_open_block" in plan
        assert "Seq Scan on cases" not in plan
        area, _ = await asked(database, Draft("road.pothole", "حفرة كبيرة", "سند"))
        assert "ix_cases_open_area" in area
        assert "Seq Scan on cases" not in area


async def asked(database: Database, draft: Draft) -> tuple[str, int]:
    """The plan of what is asked for a draft, and how many rows come of it."""
    async with database.transaction() as session:
        await session.execute(text("ANALYZE cases"))
        statement = candidates(draft)
        assert statement is not None
        written = statement.compile(session.bind, compile_kwargs={"literal_binds": True})
        plan = "\n".join(await session.scalars(text(f"EXPLAIN {written}".replace(":", r"\:"))))
        return plan, len((await session.execute(statement)).all())


async def many(database: Database, category: str, words: str, *, pinned: bool = False) -> None:
    """400 open cases at one place, and 10,000 that have ended; `words` is SQL, signatures are of the first."""
    columns: dict[str, Any] = {"category": category, "wording": signature("محل يبيع سجاير للصغار")}
    async with database.transaction() as session:
        for status, count in (("received", 400), ("closed", 10_000)):
            rows = _MANY.format(words=words, lat=f"{HERE[0]} + n * 0.000001" if pinned else "NULL")
            await session.execute(text(rows), {**columns, "status": status, "count": count})


_MANY = """
INSERT INTO cases (id, reference, type, category, agency, description, governorate, area, block, lat, lon, channel,
                   language, status, created_at, term, due_at, search_text, wording)
SELECT gen_random_uuid(), :category || :status || n, 'complaint', :category, 'works', {words}, 'capital',
       CASE WHEN n % 10 < 5 THEN 'سند' ELSE 'area ' || n % 50 END,
       CASE WHEN n % 2 = 0 THEN '745' END, {lat}, 50.5487, 'telegram', 'ar', :status, now() - n * interval '1 minute',
       '7', now(), '', CAST(:wording AS bit(512))
FROM generate_series(1, CAST(:count AS int)) n
"""
