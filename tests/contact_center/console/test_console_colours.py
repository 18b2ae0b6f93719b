"""Text can be read, by day and by night: WCAG AA, 4.5 to 1."""

import re
from pathlib import Path

import pytest

from contact_center.console import application

FOUNDATION = (Path(application.__file__).parent / "static" / "foundation.css").read_text(encoding="utf-8")
COLOURS = {
    theme: dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", part))
    for theme, part in zip(("light", "dark"), FOUNDATION.split("prefers-color-scheme: dark"), strict=True)
}
PAIRS = [
    *[(text, ground) for text in ("ink", "muted") for ground in ("paper", "surface", "sunken", "accent-soft")],
    ("ink", "good-soft"),
    ("ink", "soon-soft"),
    ("muted", "soon-soft"),
    ("accent", "paper"),
    ("accent", "surface"),
    ("accent-deep", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("good", "good-soft"),
    ("good", "surface"),
    ("soon", "soon-soft"),
    ("soon", "surface"),
    ("bad", "bad-soft"),
    ("bad", "surface"),
]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(theme: str, one: str, other: str) -> float:
    light, dark = sorted((luminance(COLOURS[theme][name]) for name in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", COLOURS)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(text: str, ground: str, theme: str) -> None:
    assert contrast(theme, text, ground) >= 4.5


@pytest.mark.parametrize("theme", COLOURS)
@pytest.mark.parametrize(("edge", "ground"), [("line-strong", "surface"), ("focus", "surface"), ("focus", "paper")])
def test_edges_of_fields_and_the_focus_can_be_seen(edge: str, ground: str, theme: str) -> None:
    assert contrast(theme, edge, ground) >= 3


def test_each_colour_has_its_night() -> None:
    assert set(COLOURS["light"]) == set(COLOURS["dark"])
