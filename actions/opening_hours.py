"""When the contact centre's staff answer, in words: «الأحد إلى الخميس من 7 الصبح لين 9 المسا»."""

from datetime import datetime, time, timedelta

from actions.texts import Slots, text
from contact_center.agencies.office_hours import office_hours
from contact_center.agencies.working_week import Frames
from contact_center.clock import BAHRAIN, now
from contact_center.notifications.dates import day_and_month, weekday

_PARTS_OF_THE_DAY = ((time(12), "word_morning"), (time(15), "word_noon"), (time(18), "word_afternoon"))


def working_hours(slots: Slots) -> str:
    """The week, days with the same hours together."""
    return text("word_comma", slots).join(
        text("line_hours", slots, days=_days(first, last, slots), hours=_frames(frames, slots))
        for first, last, frames in office_hours().alike()
    )


def opening(moment: datetime, slots: Slots) -> str:
    """When staff are back: «باجر الأحد من 7 الصبح». `moment`: aware."""
    here = moment.astimezone(BAHRAIN)
    return text("line_opening", slots, day=_day(here, slots), hour=hour(here.time(), slots))


def hour(at: time, slots: Slots) -> str:
    """A time of day as people say it: «7 الصبح», "7:30 am"."""
    shown = f"{(at.hour - 1) % 12 + 1}" + (f":{at.minute:02}" if at.minute else "")
    part = next((word for until, word in _PARTS_OF_THE_DAY if at < until), "word_evening")
    return f"{shown} {text(part, slots)}"


def _day(here: datetime, slots: Slots) -> str:
    language = slots.get("language") or "ar"
    today = now().astimezone(BAHRAIN).date()
    near = {today: "word_today", today + timedelta(days=1): "word_tomorrow"}.get(here.date())
    name = weekday(here.weekday(), language)
    return f"{text(near, slots)} {name}" if near else f"{name} {day_and_month(here, language)}"


def _days(first: int, last: int, slots: Slots) -> str:
    language = slots.get("language") or "ar"
    names = weekday(first, language), weekday(last, language)
    return names[0] if first == last else text("line_days", slots, first=names[0], last=names[1])


def _frames(frames: Frames, slots: Slots) -> str:
    return text("word_comma", slots).join(
        text("line_from_to", slots, opens=hour(frame.opens, slots), closes=hour(frame.closes, slots))
        for frame in frames
    )
