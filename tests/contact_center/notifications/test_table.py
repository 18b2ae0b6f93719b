"""Everything that is told, to everybody, on every way: what the providers received is what the documentation says."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contact_center.channels.base import ChannelCode
from contact_center.database import Database
from contact_center.notifications.templates import told
from contact_center.settings import ROOT
from tests.contact_center.notifications.happenings import HAPPENINGS, WITH_ANOTHER
from tests.contact_center.notifications.table import Cell, Key, tell_everything
from tests.contact_center.notifications.ways import APPROVED, NOT_APPROVED, WAYS, running_world
from tests.contact_center.notifications.written_table import written
from tests.moved_clock import clock_moved

PAGE = ROOT / "docs" / "notifications.md"
A_TUESDAY_MORNING = datetime(2026, 11, 24, 7, tzinfo=UTC)


@pytest.fixture
async def cells(database: Database, database_url: str, tmp_path: Path) -> Mapping[Key, Cell]:
    with clock_moved(A_TUESDAY_MORNING - datetime.now(UTC)):
        async with running_world(database, database_url, tmp_path) as world:
            world.twilio.clock_ahead = A_TUESDAY_MORNING - datetime.now(UTC)
            return await tell_everything(world)


async def test_everybody_receives_what_the_page_says(cells: Mapping[Key, Cell]) -> None:
    assert {event for event, _ in told()} == {*HAPPENINGS, *WITH_ANOTHER}
    assert {way for _, _, _, way in cells} == set(WAYS)
    _each_once(cells)
    _as_whatsapp_wants_it(cells)
    if os.environ.get("TAWASUL_WRITE_DOCS"):
        PAGE.write_text(written(cells), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == written(cells)


def _each_once(cells: Mapping[Key, Cell]) -> None:
    """Where all is well one message arrives; where it is not, none, and staff see why."""
    for (event, audience, language, way), cell in cells.items():
        where = (event, audience, language, way.channel, way.how)
        assert len(cell.received) == way.well, (where, cell)
        last = cell.rows[-1]
        assert (last[1] in ("sent", "delivered")) == way.well, (where, cell)
        assert way.well or last[2], (where, cell)


def _as_whatsapp_wants_it(cells: Mapping[Key, Cell]) -> None:
    """Free words within the 24 hours, approved templates after them, and no template where it is not approved."""
    for (_, _, _, way), cell in cells.items():
        if way.channel == ChannelCode.WHATSAPP and cell.received:
            (one,) = cell.received
            assert (one.template is not None) == (way.how == APPROVED)
            by_sms = way.how in (NOT_APPROVED, "the number has left WhatsApp")
            assert one.where == ("sms" if by_sms else "whatsapp")
