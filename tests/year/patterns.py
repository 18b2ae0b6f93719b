"""When people file cases, how, where and about what: figures.

What is known, and taken from there:
- How many: Tawasul received 86,078 cases in 2020, about 236 a day.
- Where: of 1,102 messages to the Ministry of Works in the third quarter of 2019 that name a place, 522 were of the
  Capital, 290 of Muharraq, 174 of the Northern and 116 of the Southern Governorate (Gulf Insider, 2019,
  "1000+ complaints via Tawasul in the third quarter of 2019").
- Months: 188, 170, 200, 165, 110 and 110 messages to the same ministry from January to June 2015 (its public relations,
  27 August 2015). The second half is taken to mirror the first; half of the swing is kept, since roads are only a part.
- Channels: by phone 422 of its 943 in the first half of 2015, and 80 % over Tawasul in 2019: a fifth calls, the rest
  writes.
- A storm: 152 service requests on 12 July 2014 after heavy rain in Champaign, Illinois, where other days of that month
  saw 18 (its Public Works, August 2014): eight times a day's usual number, most of it about water.
What is assumed: the hours of a day (as with 311 lines in the United States: a steep morning, noon, a flat evening; in
Ramadan after the breaking of the fast as well), fewer at weekends, the mix of kinds and of categories.
"""

from dataclasses import dataclass
from datetime import date, datetime

from tests.year.model.facts import BAHRAIN

JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 12, 31)
MONTHS = (1.12, 1.07, 1.16, 1.05, 0.87, 0.87, 0.87, 0.87, 1.05, 1.0, 1.07, 1.12)
WEEKDAYS = {
    "Sunday": 1.2,
    "Monday": 1.15,
    "Tuesday": 1.1,
    "Wednesday": 1.1,
    "Thursday": 1.05,
    "Friday": 0.6,
    "Saturday": 0.8,
}
ON_A_HOLIDAY = 0.55
HOURS = (8, 5, 3, 2, 2, 4, 10, 28, 55, 70, 76, 74, 66, 58, 46, 40, 38, 40, 44, 48, 50, 44, 32, 18)
RAMADAN_HOURS = (34, 28, 18, 8, 4, 3, 4, 10, 30, 55, 62, 60, 56, 46, 34, 22, 12, 6, 14, 36, 52, 58, 54, 44)
TYPES = {"complaint": 78, "inquiry": 12, "suggestion": 7, "compliment": 3}
CHANNELS = {"whatsapp": 42, "webchat": 25, "call_center": 20, "telegram": 8, "sms": 5}
SPEAKS_ARABIC = 0.78
PLACES = {
    "capital": (522, (("المنامة", "304"), ("الجفير", "340"), ("سترة", "602"), ("توبلي", "711"), ("سند", "743"))),
    "muharraq": (290, (("المحرق", "207"), ("عراد", "242"), ("الحد", "109"), ("البسيتين", "225"))),
    "northern": (174, (("مدينة حمد", "1203"), ("البديع", "553"), ("سار", "525"), ("جد حفص", "424"))),
    "southern": (116, (("الرفاع الشرقي", "905"), ("مدينة عيسى", "803"), ("عسكر", "1055"), ("مدينة زايد", "716"))),
}
USUAL = {
    "road": 9,
    "drain": 8,
    "waste": 16,
    "mun": 9,
    "power": 12,
    "water": 12,
    "utility": 14,
    "health": 5,
    "traffic": 6,
}
"""How much likelier the categories of a group are than one of any other."""
KNOWN_PERSON = 0.35
"""How many of those who file have filed before, from the same address."""
CALLS_AGAIN = 0.1
"""How many of those who join a case have called about it before."""


@dataclass(frozen=True)
class Burst:
    """Much of the same at once: from when, for how many hours, what, where, and how many times a day's usual number."""

    begins: datetime
    hours: int
    category: str
    governorate: str
    area: int
    days_worth: float


def _at(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=BAHRAIN)


BURSTS = (
    Burst(_at(1, 14, 5), 20, "drain.rainwater", "capital", 3, 3.0),
    Burst(_at(1, 14, 6), 16, "drain.rainwater", "southern", 0, 2.0),
    Burst(_at(3, 26, 15), 14, "drain.sewage-overflow", "muharraq", 1, 2.0),
    Burst(_at(5, 30, 13), 6, "power.outage", "northern", 0, 1.2),
    Burst(_at(7, 19, 14), 5, "power.outage", "capital", 2, 1.5),
    Burst(_at(8, 11, 21), 4, "water.outage", "muharraq", 2, 1.0),
    Burst(_at(8, 25, 1), 3, "power.outage", "southern", 1, 0.8),
    Burst(_at(12, 2, 3), 24, "drain.rainwater", "northern", 2, 4.0),
)
JOINS = 0.3
"""How many of those who complain in a burst join the first case instead of filing another."""
