"""One running system for all end-to-end tests."""

from collections.abc import AsyncIterator

import pytest

from tests.e2e.system import System, running


@pytest.fixture(scope="session")
async def system(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[System]:
    """The system, started once for the run; tests tell their citizens apart by address."""
    async with running(tmp_path_factory.mktemp("system")) as system:
        yield system
