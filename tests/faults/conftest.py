"""A system of their own for the tests that break things, and a look into its database."""

from collections.abc import AsyncIterator

import pytest

from tests.e2e.system import System, running_anew
from tests.faults.records import Records


@pytest.fixture(scope="package")
async def system() -> AsyncIterator[System]:
    """A running system; each test leaves it running."""
    async with running_anew() as system:
        yield system


@pytest.fixture
async def records(system: System) -> AsyncIterator[Records]:
    """What the system's database holds."""
    async with Records.of(system.database_url) as records:
        yield records
