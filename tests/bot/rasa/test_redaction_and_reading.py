"""A redacted text teaches what the whole one would have taught."""

from __future__ import annotations

import pytest

from bot.arabic.redaction import redact
from bot.components.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "تلفوني 39123456 ومحد رد علي",
        "رقمي الشخصي 850112345 والبطاقة ما وصلت",
        "وين وصل البلاغ ٢٦-١٢٣٤-٥٦٧٨؟",
        "حفرة في مجمع ٢٠٣ طريق ٣١٢ مبنى ٤٤ بسند",
        "street light off block 203 road 312 Sanad",
    ],
)
def test_numbers_and_addresses_read_the_same(text: str) -> None:
    assert redact(text) != text
    assert read(redact(text)).words == read(text).words
