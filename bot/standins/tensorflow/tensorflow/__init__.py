"""Stands in for TensorFlow: every name can be imported, annotated with and subclassed; nothing can be computed.

Rasa 3.6.21 imports TensorFlow for all its components, used or not. This module and `keras` beside it let those
imports pass. Any submodule exists, and any attribute is a class that says so when it is used.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType

ROOTS = ("tensorflow", "keras")


class _Names(type):
    """Makes every attribute of a stand-in class a stand-in class too."""

    def __getattr__(cls, name: str) -> type:
        return stand_in(name)

    def __call__(cls, *args: object, **kwargs: object) -> object:
        raise RuntimeError(
            f"TensorFlow is not installed here, so {cls.__name__} cannot run; bot/pyproject.toml says how to add it."
        )


def stand_in(name: str) -> type:
    """An empty class of that name. Raises AttributeError for names that Python itself looks for."""
    if name.startswith("__"):
        raise AttributeError(name)
    return _Names(name, (), {})


class _StandInModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds `tensorflow.anything` and `keras.anything`."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.split(".")[0] not in ROOTS or "." not in fullname:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def exec_module(self, module: ModuleType) -> None:
        module.__getattr__ = stand_in  # type: ignore[method-assign]


sys.meta_path.append(_StandInModules())


def function(decorated: object = None, **options: object) -> object:
    """`@tf.function`, which Rasa applies while it is imported: hands the function back as it is."""
    return decorated if decorated is not None else function


def __getattr__(name: str) -> type:
    return stand_in(name)
