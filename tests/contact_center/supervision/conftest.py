"""A terminal that remembers, and small real processes."""

import io
import os
import sys
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console

from contact_center.supervision.child import Process
from contact_center.supervision.terminal import Terminal


class Recorded(Terminal):
    """A terminal that nobody watches."""

    def __init__(self) -> None:
        self.file = io.StringIO()
        super().__init__(Console(file=self.file, soft_wrap=True, highlight=False))

    @property
    def text(self) -> str:
        return self.file.getvalue()


@pytest.fixture
def terminal() -> Recorded:
    return Recorded()


@pytest.fixture
def python() -> Callable[..., Process]:
    """A process that runs some Python; other fields of `Process` by name."""

    def make(code: str, **fields: Any) -> Process:
        return Process(name="small", command=(sys.executable, "-c", code), environment=dict(os.environ), **fields)

    return make
