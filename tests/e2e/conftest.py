"""One running system for all end-to-end tests."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.e2e.system import System, running_anew


@pytest.fixture(scope="package")
async def system() -> AsyncIterator[System]:
    """The system, started once for these tests; they tell their citizens apart by address."""
    async with running_anew() as system:
        yield system


@pytest.fixture
def no_traceback(system: System) -> Iterator[None]:
    """Fails the test if any process printed a traceback meanwhile."""
    printed = len(system.output)
    yield
    assert [line for line in system.output[printed:] if "Traceback" in line] == []
