"""One spelling for all the ways people write Arabic."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Normalised:
    text: str
    offsets: tuple[int, ...]


def normalise(text: str) -> str:
    raise NotImplementedError


def normalise_with_offsets(text: str) -> Normalised:
    raise NotImplementedError


def digits(text: str) -> str:
    raise NotImplementedError
