"""A day at work for the console to show: three weeks of cases, filed, worked on, late, answered and rated."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from desk import form, in_chunks, says
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession
from working_desk import NOW, at_work

from contact_center.agencies.queries import catalogue
from contact_center.attachments import service as attachments
from contact_center.cases import aftercare, assigning, interim, service, sla, transfer
from contact_center.cases.models import Case, CaseEvent
from contact_center.channels.base import ChannelCode
from contact_center.citizens.service import identity_for
from contact_center.conversations import outbox
from contact_center.conversations.delivery_status import move_on
from contact_center.conversations.inbox import begin
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.database import Database
from contact_center.notifications.case_events import tell_event
from tests.moved_clock import StoppedClock

Step = Callable[[AsyncSession, Case], Awaitable[CaseEvent]]
OMAR, SAMI, NOOR = "account:omar", "account:sami", "account:noor"


@dataclass(frozen=True)
class Told:
    """Somebody's complaint: `days` before `NOW`, and what was done after how many days."""

    days: float
    category: str
    words: str
    area: str | None
    name: str | None = None
    kind: str = "complaint"
    done: tuple[tuple[float, Step], ...] = ()


def replied(text: str, *, close: bool = True, outcome: str | None = None) -> Step:
    return lambda session, case: service.reply(session, case, text, close=close, actor=OMAR, outcome=outcome)


def moved(status: str, text: str | None = None) -> Step:
    return lambda session, case: service.set_status(session, case, status, actor=OMAR, text=text)


def rated(stars: int, words: str) -> Step:
    return lambda session, case: aftercare.rate(session, case, stars, words)


def given(username: str) -> Step:
    return lambda session, case: assigning.assign(session, case, username, actor=SAMI)


def noted(text: str) -> Step:
    return lambda session, case: service.note(session, case, text, actor=OMAR)


def promised(text: str, in_days: int) -> Step:
    day = (NOW + timedelta(days=in_days)).date()
    return lambda session, case: interim.promise(session, case, text, day, actor=OMAR)


def sent_on(agency: str, reason: str) -> Step:
    return lambda session, case: transfer.transfer(session, case, transfer.Target(agency), reason, actor=OMAR)


CASES = (
    Told(19, "road.pavement", "رصيف مكسر قدام المدرسة والطلبة يتعثرون فيه", "مدينة عيسى", "علي حسن",
         done=((1, given("omar")), (9, replied("تم إصلاح الرصيف يوم الأحد، وشكراً على تنبيهكم.")),
               (9.2, rated(5, "شغل نظيف، مشكورين")))),
    Told(17, "road.sign", "اللوحة على مدخل الفريج طايحة من الهوا", "البديع", "زينب الحداد",
         done=((2, moved("in_progress")), (11, replied("رُكبت لوحة جديدة.")), (11.3, rated(2, "ركبوها بالمقلوب")))),
    Told(15, "drain.manhole", "غطاء المنهول مكسور وسط الشارع وخايفين اليهال يطيحون فيه", "سترة", "جعفر عبدالله"),
    Told(12, "road.hump", "نبي مطب جدام البيت، السيايير تمر مسرعة", "الحد", "مريم يوسف", kind="suggestion",
         done=((4, replied("اقتراحكم عند المهندسين الحين.", outcome="under_study")),)),
    Told(11, "road.new-road", "الطريق الترابي خلف المسجد يصير طين مع المطر", "عراد", "خليفة الدوسري",
         done=((1, given("omar")), (3, promised("ننتظر انتهاء شبكة المجاري تحته قبل الرصف.", 20)))),
    Told(9, "drain.sewage-overflow", "المجاري طافحة في طريق ٣١٢ والريحة ما تنطاق", "المحرق", "يوسف أحمد",
         done=((0.2, moved("in_progress")), (8, noted("الفريق راح مرتين، المضخة تحتاج قطعة غيار.")))),
    Told(8, "road.pothole", "Deep pothole at the roundabout, two cars burst a tyre today", "جنوسان", "Daniel Fernandes",
         done=((1, given("omar")), (2, moved("waiting", "Is it on the exit towards Budaiya or towards Manama?")))),
    Told(7, "road.works-disruption", "حفريات من شهر وما ردموها", "توبلي", "فاطمة علي"),
    Told(6, "road.pothole", "شكراً للفريق اللي صلح شارعنا، ما قصروا", "سند", "نورة خليفة", kind="compliment"),
    Told(5, "road.traffic-light", "الإشارة على شارع الشيخ سلمان طافية من الصبح", "الرفاع", "حمد عيسى",
         done=((0.1, moved("in_progress")), (1, replied("تم إصلاح الإشارة، وتعمل الآن.", close=False)))),
    Told(5, "power.outage", "الكهرباء مقطوعة من الصبح", "سترة", "حسين جاسم"),
    Told(4, "power.street-light", "ليتات الشارع مو شغالة من اسبوعين والشارع ظلام", "كرباباد", "Rajesh Kumar"),
    Told(3, "road.pothole", "حفرة يديدة طلعت عقب المطر يم البرادة", "جدحفص", "سيد هاشم"),
    Told(2, "drain.rainwater", "الماي متجمع جدام بيتنا ومحد يقدر يطلع", "المالكية", "أم محمد"),
    Told(1.2, "road.pothole", "el share3 kella 7ofar w el sayyara tkassarat", "مدينة حمد", "Ahmed"),
    Told(1.1, "drain.rainwater", "تجمع مياه كبير عند المدخل", "المالكية", None),
    Told(0.9, "road.pavement", "الرصيف مكسر عند الحديقة، وأمي على كرسي متحرك", "عالي", "هدى سلمان",
         done=((0.2, sent_on("mun-northern", "داخل سور الحديقة، وهي للبلدية")),)),
    Told(0.8, "waste.collection", "محد شال الزبالة من اسبوع", "المحرق", "بدر"),
    Told(0.6, "waste.collection", "الحاوية تكسرت ونبي غيرها", None, "سلمان"),
    Told(0.3, "road.pothole", "حفرة كبيرة في طريق ٣١٢ كسرت إطار السيارة", "المحرق", "مريم حسن",
         done=((0.05, given("omar")), (0.1, moved("in_progress")), (0.15, noted("اتصلت بالمقاول، يبدأ باجر الصبح.")))),
)  # fmt: skip
"""The last one is the one whose page is shown."""


TALK = (
    ("حفرة كبيرة في طريق ٣١٢ كسرت إطار السيارة", "الموضوع عن «حفر وتكسر في الشارع»، صح؟"),
    ("اي", "وين بالضبط؟ مجمع وطريق وبيت، أو علامة قريبة مثل مسجد أو مدرسة."),
    ("المحرق مجمع 203 طريق 312 مبنى 44", "باسم منو نسجل الطلب؟ ممكن تركه بدون اسم."),
    ("مريم حسن", "تم ✅ سجلنا الطلب."),
)


@dataclass(frozen=True)
class Day:
    """What there is to look at: the cases in the order of `CASES`, and what is at the contact centre, by name."""

    cases: list[Case]
    desk: dict[str, str]

    @property
    def addresses(self) -> dict[str, str]:
        """What the addresses of pages are completed with."""
        return {
            "case": self.cases[-1].reference,
            "asked": self.cases[6].reference,
            "rated": self.cases[0].reference,
            **self.desk,
        }


async def fill(app: FastAPI, clock: StoppedClock, photo: bytes) -> Day:
    """Live through `CASES` and what else there is, with the clock at each moment; it stands at `NOW` afterwards."""
    database: Database = app.state.database
    clock.at = NOW - timedelta(days=CASES[-1].days, minutes=5)
    async with database.transaction() as session:
        stored = await attachments.receive(app.state.storage, in_chunks(photo))
        talk = await _talk(session)
        picture = await attachments.record(session, talk.id, "photo:1", "photo", "الحفرة.png", stored)
    filed = []
    for told in CASES:
        clock.at = NOW - timedelta(days=told.days)
        more: dict[str, Any] = {}
        if told is CASES[-1]:
            place = {"road": "312", "building": "44", "lat": 26.2572, "lon": 50.6119}
            more = {"conversation_id": talk.id, "identity_id": talk.identity_id, "attachments": (picture.id,), **place}
        async with database.transaction() as session:
            filed.append(await service.file(session, _form(told, **more)))
    await _live_on(database, clock, filed)
    clock.at = NOW
    async with database.transaction() as session:
        desk = await at_work(session, talk)
    return Day(filed, desk)


def _form(told: Told, **more: Any) -> Any:
    channel = "telegram" if more else "whatsapp"
    where = {"area": told.area, "governorate": "muharraq", "contact_name": told.name, "channel": channel}
    if told.area is None:
        where |= {"governorate": None, "block": None}
    theirs = f"+9733610{1000 + CASES.index(told)}" if told.name != "مريم حسن" else "+97339123456"
    return form(contact_phone=theirs, type=told.kind, category=told.category, description=told.words, **(where | more))


async def _live_on(database: Database, clock: StoppedClock, filed: list[Case]) -> None:
    """Everything that was done, in the order in which it happened, with a look at the deadlines each half day."""
    told = zip(CASES, filed, strict=True)
    steps = [(NOW - timedelta(days=each.days - after), case, step) for each, case in told for after, step in each.done]
    ticks = [(NOW - timedelta(hours=12 * number), None, None) for number in range(2 * 19)]
    for at, case, step in sorted([*steps, *ticks], key=lambda one: one[0]):
        clock.at = at
        if case is None or step is None:
            await sla.tick(database, at)
            continue
        async with database.transaction() as session:
            own = await session.get_one(Case, case.id)
            event = await step(session, own)
            await tell_event(session, await catalogue(session), own, event)


async def _talk(session: AsyncSession) -> Conversation:
    """What was said before the case was filed."""
    identity = await identity_for(session, ChannelCode.TELEGRAM, "4711", "مريم", None)
    talk = await begin(session, ChannelCode.TELEGRAM, "4711", identity)
    for number, (said, answer) in enumerate(TALK):
        await says(session, talk, str(number), text=said)
        sent = await outbox.add(session, talk, answer)
        await move_on(session, await session.get_one(OutboxMessage, sent), "delivered")
    return talk
