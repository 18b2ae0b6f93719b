"""Arabic as people in Bahrain write it: plain typed functions over camel-tools, for the service and the assistant.

| to | use | in |
| --- | --- | --- |
| bring text to one spelling, digits to 0-9 | `normalise`, `normalise_with_offsets`, `digits` | `normalise.py` |
| cut text into words | `tokenise` | `tokens.py` |
| tell Arabic, Arabizi and English apart | `detect` | `language.py` (words in `latin_words.py`) |
| put Arabizi into Arabic letters | `to_arabic` | `arabizi.py` |
| find case reference numbers | `find_references` | `references.py` |
| find telephone numbers, read one | `find_phones`, `parse_phone` | `phones.py` |
| find personal numbers | `find_cprs` | `cpr.py` |
| find block, road, building, flat | `find_address`, `find_address_parts` | `addresses.py` |
| tell whether a number is meant or taken back | `is_taken_back` | `corrections.py` |
| find places and their governorates | `find_areas`, `area_named`, `english_name` | `places.py` |
| the governorate of a block, the area of a point | `governorate_of_block`, `nearest_area` | `places.py` |
| find agencies by their nicknames | `find_agencies` | `agencies.py` |
| find the members of staff whom a text names | `find_staff_names` | `staff_names.py` |
| take out what says who somebody is | `redaction.redact` | `redaction.py` |

Under these, one job each:

- numbers: `numbers.py` writes those said in words as digits (`in_digits`: `spoken_numbers.py` reads rows of
  `number_words.py`), `number_runs.py` finds digits in groups, `other_numbers.py` tells accounts, plates and the like;
- addresses: `labelled_parts.py` and `unlabelled_parts.py` find the parts (`address_part.py`) by the patterns of
  `address_words.py`; `corrections.py` judges them by `correction_words.py`;
- places: `gazetteer.py` reads the names, `mentions.py` finds them in a text and decides by the words around, with
  `latin_names.py` (names by their sound: `sounds.py`) and `slips.py` (misspelt ones);
- agencies: `agency_names.py` reads the names and the words that tell whether one is meant.

Places come from `nlu_data/places.yml`, agencies' names from `nlu_data/agency_names.yml`, first names from
`nlu_data/given_names.yml` (`given_names.py`); the first two are found by `phrases.py`, which sees through clitics.
Finders return places in the original text. Nothing here does I/O save reading those files once, and nothing raises on
any text.
"""

from __future__ import annotations

from bot.arabic.addresses import Address, AddressPart, find_address, find_address_parts
from bot.arabic.agencies import find_agencies
from bot.arabic.arabizi import to_arabic
from bot.arabic.corrections import is_taken_back
from bot.arabic.cpr import find_cprs
from bot.arabic.found import Found
from bot.arabic.gazetteer import Area, Governorate
from bot.arabic.language import Language, detect
from bot.arabic.normalise import Normalised, digits, normalise, normalise_with_offsets
from bot.arabic.phones import find_phones, parse_phone
from bot.arabic.places import (
    AreaMatch,
    area_named,
    english_name,
    find_areas,
    governorate_of_block,
    nearest_area,
)
from bot.arabic.references import find_references
from bot.arabic.staff_names import find_staff_names
from bot.arabic.tokens import Token, tokenise

__all__ = [
    "Address",
    "AddressPart",
    "Area",
    "AreaMatch",
    "Found",
    "Governorate",
    "Language",
    "Normalised",
    "Token",
    "area_named",
    "detect",
    "digits",
    "english_name",
    "find_address",
    "find_address_parts",
    "find_agencies",
    "find_areas",
    "find_cprs",
    "find_phones",
    "find_references",
    "find_staff_names",
    "governorate_of_block",
    "is_taken_back",
    "nearest_area",
    "normalise",
    "normalise_with_offsets",
    "parse_phone",
    "to_arabic",
    "tokenise",
]
