"""The page's own files: its headers, its words, its colours."""

import re

import httpx
import pytest

from contact_center.chat.page import HERE, STATIC, render
from contact_center.chat.words import LANGUAGES, words

SCRIPTS = "\n".join(path.read_text() for path in sorted(STATIC.glob("*.js")))
TEMPLATE = (HERE / "templates" / "chat.html").read_text()


@pytest.mark.parametrize(
    ("query", "language", "direction"),
    [("", "ar", "rtl"), ("?lang=ar", "ar", "rtl"), ("?lang=en", "en", "ltr"), ("?lang=<x>", "ar", "rtl")],
)
async def test_the_page_is_arabic_unless_asked_otherwise(
    http: httpx.AsyncClient, query: str, language: str, direction: str
) -> None:
    page = await http.get(f"/chat{query}")
    assert page.status_code == 200
    assert f'<html lang="{language}" dir="{direction}">' in page.text
    assert "<x>" not in page.text


async def test_a_browser_may_run_and_load_only_what_is_ours(http: httpx.AsyncClient) -> None:
    page = await http.get("/chat")
    policy = dict(part.split(maxsplit=1) for part in page.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|https?://", page.text)


async def test_every_file_that_the_page_names_is_there(http: httpx.AsyncClient) -> None:
    named = set(re.findall(r'(?:href|src)="(/chat/static/[^"]+)"', render("ar")))
    imported = {f"/chat/static/{name}" for name in re.findall(r'from "\./([^"]+)"', SCRIPTS)}
    assert imported <= named
    for path in sorted(named):
        response = await http.get(path)
        assert response.status_code == 200, path
        assert response.headers["cache-control"] == "no-cache"
        again = await http.get(path, headers={"If-None-Match": response.headers["etag"]})
        assert again.status_code == 304


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fpage.py", "%2e%2e%2froutes.py", "%00", "a" * 300])
async def test_no_other_file_is_served(http: httpx.AsyncClient, name: str) -> None:
    assert (await http.get(f"/chat/static/{name}")).status_code == 404


def test_every_word_is_said_in_both_languages_with_the_same_blanks() -> None:
    arabic, english = (words(language) for language in LANGUAGES)
    for name, sentence in arabic.items():
        assert re.findall(r"{(\w+)}", sentence) == re.findall(r"{(\w+)}", english[name]), name
        assert re.search("[ء-ي]", sentence) or name == "other_language", name
        assert not re.search("[ء-ي]", english[name]) or name == "other_language", name


def test_the_page_uses_the_words_it_has_and_has_the_words_it_uses() -> None:
    used = set(re.findall(r"words\.(\w+)", TEMPLATE)) | set(re.findall(r'(?:say|note|button)\("(\w+)"', SCRIPTS))
    chosen = re.compile(r"state_|speaker_|refused|photo|voice|video|document|location_")
    named = set(words("ar"))
    assert used <= named
    assert {name for name in named - used if not chosen.match(name)} == set()
    assert all(name in SCRIPTS for name in named if name.startswith(("refused", "location_")))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "page"), ("ink", "surface"), ("faint", "page"), ("faint", "surface"), ("brand-ink", "surface"),
        ("brand-ink", "page"), ("on-brand", "brand"), ("on-theirs", "theirs"), ("warn", "warn-page"),
        ("warn", "surface"),
    ],
)  # fmt: skip
def test_words_stand_out_from_their_ground(scheme: str, ink: str, ground: str) -> None:
    """WCAG 2.2 AA: 4.5 to 1."""
    light, dark = (STATIC / "chat.css").read_text().split("@media (prefers-color-scheme: dark)")[:2]
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", light if scheme == "light" else dark))
    brighter, darker = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
    assert (brighter + 0.05) / (darker + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
