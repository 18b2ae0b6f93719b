"""Contact cards as phones write them."""

import pytest

from contact_center.channels.vcard import Card, read_card

CARDS = {
    "whatsapp": (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:;علي;;;\r\nFN:علي حسن\r\n"
        "item1.TEL;type=CELL;waid=97339001122:+973 3900 1122\r\nitem1.X-ABLabel:Mobile\r\nEND:VCARD\r\n",
        Card("+97339001122", "علي حسن"),
    ),
    "a_local_number": ("BEGIN:VCARD\nFN:Ali\nTEL:3900 1122\nEND:VCARD", Card("+97339001122", "Ali")),
    "version_4": ("BEGIN:VCARD\nFN:Ali\\, Jr\nTEL;VALUE=uri:tel:+966-50-123-4567\n", Card("+966501234567", "Ali, Jr")),
    "version_2_quoted": (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=B9=D9=84=\r\n=D9=8A\r\n"
        "TEL;CELL:+97339001122\r\nEND:VCARD",
        Card("+97339001122", "علي"),
    ),
    "folded": ("BEGIN:VCARD\nFN:A very\n  long name\nTEL:+9733900\n 1122\n", Card("+97339001122", "A very long name")),
    "a_short_number": ("BEGIN:VCARD\nTEL:999\nEND:VCARD", Card("999", None)),
    "no_number": ("BEGIN:VCARD\nFN:Ali\nEND:VCARD", None),
    "no_card": ("<html>", None),
}


@pytest.mark.parametrize("name", CARDS)
def test_cards(name: str) -> None:
    text, card = CARDS[name]
    assert read_card(text) == card
