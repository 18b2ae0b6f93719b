import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.attachments.filenames import safe_filename


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("photo.JPG", "photo.jpg"),
        ("صورة الحفرة.jpeg", "صورة الحفرة.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\ali\\my photo.png", "my photo.jpg"),
        ("photo\u202egpj.exe", "photogpj.jpg"),
        ("a\x00b\nc.html", "ab c.jpg"),
        ("invoice.pdf.exe", "invoice.jpg"),
        (".htaccess", "file.jpg"),
        ("..", "file.jpg"),
        ("/", "file.jpg"),
        ("", "file.jpg"),
        (None, "file.jpg"),
        ('a<b>"c"|d?*.gif', "a_b__c__d__.jpg"),
        ("x" * 500, "x" * 80 + ".jpg"),
    ],
)
def test_names(name: str | None, kept: str) -> None:
    assert safe_filename(name, "jpg") == kept


@given(st.text())
def test_no_name_can_do_harm(name: str) -> None:
    kept = safe_filename(name, "png")
    assert kept.endswith(".png")
    assert not kept.startswith((".", " "))
    assert not set(kept) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(sign).startswith("C") for sign in kept)
    assert 5 <= len(kept) <= 84
