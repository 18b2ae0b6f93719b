"""Tables: governorates, agencies, categories, office hours of agencies, and the calendar's exceptions.

Whatever changes in them gives `configuration_version` another number: triggers of the database see to that.
"""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from contact_center.agencies.term import Term
from contact_center.agencies.term_column import TermColumn
from contact_center.database import Base


class Agency(Base):
    """A government body that answers cases, within `term` unless the category says otherwise."""

    __tablename__ = "agencies"
    __table_args__ = (Index("uq_agencies_fallback", "fallback", unique=True, postgresql_where=text("fallback")),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name_ar: Mapped[str]
    name_en: Mapped[str]
    term: Mapped[Term] = mapped_column(TermColumn)
    escalate_at: Mapped[list[int]]
    """Per cent of the term after which a case that is not answered goes to the officer, the supervisor, the head."""
    joined: Mapped[bool] = mapped_column(default=True, server_default="true")
    """Whether it works here itself; if not, its cases wait with the fallback agency, which routes them on."""
    reopen_days: Mapped[int] = mapped_column(default=30, server_default="30")
    """For how many days after its answer the one who filed a case may reopen it."""
    reopen_times: Mapped[int] = mapped_column(default=2, server_default="2")
    """How often a case may be reopened; what comes later is a new case."""
    fallback: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether it routes on what nobody else answers; one agency does."""
    retired: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether nothing new goes to it; its cases stay with it."""


class Governorate(Base):
    """One of the four governorates, with the municipal body and the governorate agency that serve it."""

    __tablename__ = "governorates"

    code: Mapped[str] = mapped_column(primary_key=True)
    name_ar: Mapped[str]
    name_en: Mapped[str]
    municipality: Mapped[str] = mapped_column(ForeignKey("agencies.code"))
    agency: Mapped[str] = mapped_column(ForeignKey("agencies.code"))


class Category(Base):
    """What a case is about. `agency` is a code, `@municipality` or `@governorate` (by the place's governorate)."""

    __tablename__ = "categories"

    code: Mapped[str] = mapped_column(primary_key=True)
    name_ar: Mapped[str]
    name_en: Mapped[str]
    agency: Mapped[str]
    place: Mapped[str]
    """`required`, `optional` or `none`: whether the case needs a place."""
    term: Mapped[Term | None] = mapped_column(TermColumn)
    """None: the agency's own."""
    position: Mapped[float]
    """Order in lists."""
    named: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether it cannot be dealt with unless the agency knows who the person is."""
    retired: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether it is offered no more; its cases stay in it."""


class CalendarDay(Base):
    """A day that an administrator declared working or not, over what the calendar computes."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")


class GovernmentHours(Base):
    """When government offices work, as working_hours.yml writes it; one row, `offices`."""

    __tablename__ = "working_hours"

    code: Mapped[str] = mapped_column(primary_key=True)
    ordinary: Mapped[dict[str, Any]]
    """`{"sunday": ["07:00-14:15"], …}`; an empty list: a day off."""
    ramadan: Mapped[dict[str, Any]]
    """The same, in the month of Ramadan."""
    declared: Mapped[list[str]]
    """Of a weekday off that is declared a working day."""


class ConfigurationVersion(Base):
    """One row, whose number is another one after each change of the tables above; no number ever comes again."""

    __tablename__ = "configuration_version"

    single: Mapped[bool] = mapped_column(primary_key=True, default=True)
    number: Mapped[int] = mapped_column(BigInteger)
