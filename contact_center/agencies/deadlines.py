"""When a case must be answered. Pure."""

from datetime import datetime
from fractions import Fraction

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.term import Term
from contact_center.agencies.working_time import Unit, after


def due_at(filed_at: datetime, term: Term, calendar: WorkingCalendar) -> datetime:
    """The moment by which a case filed at `filed_at` (aware) must be answered: aware, in UTC, in working hours.

    Of a term in days, the day of filing (in Bahrain) is not counted; a case filed on a day off counts as filed on the
    next working day; it is due at the end of office hours of the last day. A term in hours begins at once, or with the
    next working hour.
    """
    if term.unit == Unit.HOURS:
        return after(calendar, term.unit, filed_at, Fraction(term.amount))
    return calendar.add_working_days(filed_at, term.amount)
