"""One running system for all end-to-end tests."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.e2e.system import System, running


@pytest.fixture(scope="package")
async def system(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[System]:
    """The system, started once for these tests; they tell their citizens apart by address."""
    async with running(tmp_path_factory.mktemp("system")) as system:
        yield system


@pytest.fixture
def no_traceback(system: System) -> Iterator[None]:
    """Fails the test if any process printed a traceback meanwhile."""
    printed = len(system.output)
    yield
    assert [line for line in system.output[printed:] if "Traceback" in line] == []
