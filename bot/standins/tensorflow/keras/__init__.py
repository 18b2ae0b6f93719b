"""Stands in for Keras; see the `tensorflow` package beside this one, which also finds the submodules."""

from tensorflow import stand_in


def __getattr__(name: str) -> type:
    return stand_in(name)
