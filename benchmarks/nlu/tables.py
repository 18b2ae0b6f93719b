"""What was measured, side by side."""

from collections.abc import Callable, Mapping, Sequence

from benchmarks.nlu.measuring import MEGABYTE, Measured

WIDTH = 16


def development(columns: Mapping[str, Measured], alone: Mapping[str, int]) -> str:
    """Ours and the default's on the development set; `alone` is each one's Rasa process with nothing loaded."""
    rows: list[tuple[str, Callable[[str, Measured], str]]] = [
        ("lines learnt from", lambda _, one: f"{one.learnt_from:,}"),
        ("intent accuracy", lambda _, one: _percent(one.intent_accuracy())),
        ("intent macro-F1", lambda _, one: _percent(one.intent_macro_f1)),
        ("category, first", lambda _, one: _percent(one.category_among(1))),
        ("category, among three", lambda _, one: _percent(one.category_among(3))),
        ("training (s)", lambda _, one: f"{one.training:.0f}"),
        ("ms a message (median, one core)", lambda _, one: f"{one.milliseconds:.1f}"),
        ("MB above an empty Rasa", lambda name, one: f"{(one.memory - alone[name]) / MEGABYTE:.0f}"),
        ("MB of that empty Rasa", lambda name, _: f"{alone[name] / MEGABYTE:.0f}"),
    ]
    return _table(columns, rows)


def banking(columns: Mapping[str, Measured], varieties: Sequence[str]) -> str:
    """Accuracy by variety of Arabic."""
    rows: list[tuple[str, Callable[[str, Measured], str]]] = [
        ("lines learnt from", lambda _, one: f"{one.learnt_from:,}"),
        *((f"intent accuracy, {variety}", _of_variety(variety)) for variety in varieties),
        ("training (s)", lambda _, one: f"{one.training:.0f}"),
        ("ms a message (median, one core)", lambda _, one: f"{one.milliseconds:.1f}"),
    ]
    return _table(columns, rows)


def _of_variety(variety: str) -> Callable[[str, Measured], str]:
    return lambda _, one: _percent(one.intent_accuracy(variety))


def _table(columns: Mapping[str, Measured], rows: Sequence[tuple[str, Callable[[str, Measured], str]]]) -> str:
    head = f"{'':<34}" + "".join(f"{name:>{WIDTH}}" for name in columns)
    cells = (
        f"{label:<34}" + "".join(f"{cell(name, one):>{WIDTH}}" for name, one in columns.items()) for label, cell in rows
    )
    return "\n".join([head, *cells])


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"
