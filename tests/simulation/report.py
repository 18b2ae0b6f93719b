"""What a run came to, in figures and transcripts."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.simulation.run import Outcome

_P95 = 0.95


def completion(outcomes: Sequence[Outcome]) -> float:
    """The share of conversations that led to a case."""
    return sum(outcome.reference is not None for outcome in outcomes) / len(outcomes)


def median_turns(outcomes: Sequence[Outcome], *, held_the_facts: bool) -> float:
    """The median of the assistant's turns up to the reference number, of those whose first message held the facts, or
    of the others; 0 where there are none."""
    turns = [one.turns for one in outcomes if one.reference and one.held_the_facts is held_the_facts]
    return statistics.median(turns) if turns else 0.0


def figures(outcomes: Sequence[Outcome]) -> str:
    """The whole in a table: by channel, by manner, by how the conversation began."""
    keys: dict[str, Callable[[Outcome], str]] = {
        "all": lambda one: "all",
        "channel": lambda one: one.channel,
        "manner": lambda one: one.someone.manner,
        "begins with": lambda one: one.opens,
        "first message": lambda one: "holds the facts" if one.held_the_facts else "does not",
    }
    head = ("", "cases", "filed", "wrong field", "asked again", "said badly", "turns: median", "p95")
    rows = [head]
    for title, key in keys.items():
        for group in sorted({key(one) for one in outcomes}):
            rows.append(_row(f"{title}: {group}", [one for one in outcomes if key(one) == group]))
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n" + "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )


def _row(title: str, group: Sequence[Outcome]) -> tuple[str, ...]:
    turns = sorted(one.turns for one in group if one.reference)
    again = sum("again, which was answered" in finding for one in group for finding in one.findings)
    badly = sum(len(one.findings) for one in group) - again
    return (
        title, str(len(group)), f"{completion(group):.1%}", str(sum(bool(one.wrong) for one in group)), str(again),
        str(badly), f"{statistics.median(turns):g}" if turns else "–",
        str(turns[min(int(_P95 * len(turns)), len(turns) - 1)]) if turns else "–",
    )  # fmt: skip


def failures(outcome: Outcome) -> str:
    """One conversation with all that is wrong in it."""
    problems = [problem for problem in (outcome.trouble, *outcome.wrong, *outcome.findings) if problem]
    title = f"── {outcome.number} {outcome.channel} · {outcome.someone.name} · {outcome.someone.manner} "
    return "\n".join(["", title + "─" * 30, *(f"!! {problem}" for problem in problems), outcome.transcript])
