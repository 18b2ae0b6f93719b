"""When a case must be answered. Pure."""

from datetime import datetime

from contact_center.agencies.calendar import WorkingCalendar


def due_at(filed_at: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    """The moment by which a case filed at `filed_at` (aware) must be answered: aware, in UTC.

    The clock starts with the filing, whatever is done to the case later. The day of filing (in Bahrain) is not counted;
    a case filed on a day off counts as filed on the next working day. It is due at the end of office hours, 14:15 in
    Bahrain, of the last of `days` working days (at least one).
    """
    if days < 1:
        raise ValueError(f"an agency needs at least one working day, not {days}")
    return calendar.add_working_days(filed_at, days)
