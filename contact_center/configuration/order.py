"""Positions in a list that somebody wrote in order, so that as few as possible differ from those that are. Pure."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise


def positions(wanted: Sequence[str], present: Mapping[str, float]) -> dict[str, float]:
    """A position for each code so that they come in the `wanted` order; most that have a place keep it."""
    kept = _longest_rising([code for code in wanted if code in present], present)
    if not kept:
        return {code: float(number) for number, code in enumerate(wanted)}
    placed: dict[str, float] = {code: present[code] for code in kept}
    corners = [-1, *(wanted.index(code) for code in kept), len(wanted)]
    for left, right in pairwise(corners):
        low = placed[wanted[left]] if left >= 0 else placed[wanted[right]] - (right - left)
        high = placed[wanted[right]] if right < len(wanted) else low + (right - left)
        for step, code in enumerate(wanted[left + 1 : right], start=1):
            placed[code] = low + (high - low) * step / (right - left)
    return {code: placed[code] for code in wanted}


def _longest_rising(codes: Sequence[str], place: Mapping[str, float]) -> list[str]:
    """The longest part of the codes, in order, whose places rise."""
    lowest: list[float] = []
    length: dict[str, int] = {}
    for code in codes:
        length[code] = bisect_left(lowest, place[code]) + 1
        lowest[length[code] - 1 : length[code]] = [place[code]]
    rising: list[str] = []
    wanted, limit = len(lowest), float("inf")
    for code in reversed(codes):
        if length[code] == wanted and place[code] < limit:
            rising.append(code)
            wanted, limit = wanted - 1, place[code]
    return rising[::-1]
