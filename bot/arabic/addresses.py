"""Block, road, building, flat."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Address:
    """Each part as written in Western digits ("203", "44A"), or None. `spans`: part -> (start, end)."""

    block: str | None = None
    road: str | None = None
    building: str | None = None
    flat: str | None = None
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)


def find_address(text: str) -> Address:
    raise NotImplementedError
