"""`tawasul cases` on a real database."""

import json
from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession
from typer.testing import Result

from contact_center.cases import service
from contact_center.cases.new_case import NewCase
from contact_center.cases.reference import WrongCheckDigit, new_reference
from contact_center.commands.database import in_transaction
from contact_center.errors import NotFound

Tawasul = Callable[..., Result]


def file_case(description: str) -> str:
    """A case filed by telephone; its reference number."""

    async def file(session: AsyncSession) -> str:
        new = NewCase(
            type="complaint",
            category="waste.collection",
            description=description,
            governorate="muharraq",
            area="البسيتين",
            contact_name="فاطمة",
            contact_phone="+97333112233",
            channel="call_center",
        )
        return (await service.file(session, new)).reference

    return in_transaction(file)


def test_cases_newest_first_whole_and_unmasked(tawasul: Tawasul) -> None:
    first, second = file_case("الزبالة متكدسة"), file_case("الحاوية مكسورة")
    cases = json.loads(tawasul("cases", "list", "--json").stdout)
    assert [case["reference"] for case in cases] == [second, first]
    assert cases[1]["description"] == "الزبالة متكدسة"
    assert cases[1]["contact_phone"] == "+97333112233"
    lines = tawasul("cases", "list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [second, first]


def test_one_case_however_its_number_is_written(tawasul: Tawasul) -> None:
    reference = file_case("الزبالة متكدسة")
    eastern = reference.replace("-", " ").translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    case = json.loads(tawasul("cases", "show", eastern, "--json").stdout)
    assert case["reference"] == reference
    assert set(case) >= {
        "type",
        "category",
        "agency",
        "channel",
        "status",
        "attachments",
        "rating",
        "created_at",
        "due_at",
    }
    assert "contact_name: فاطمة\n" in tawasul("cases", "show", reference).stdout


def test_an_unknown_number_and_a_mistyped_one_are_told_apart(tawasul: Tawasul) -> None:
    unknown = new_reference(2020).display
    assert isinstance(tawasul("cases", "show", unknown).exception, NotFound)
    mistyped = unknown[:-1] + str((int(unknown[-1]) + 1) % 10)
    assert isinstance(tawasul("cases", "show", mistyped).exception, WrongCheckDigit)
