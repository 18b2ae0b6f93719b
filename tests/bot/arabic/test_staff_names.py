"""Members of staff are found by name after a word for staff; a wrong name is worse than none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import find_staff_names

NAMED = {
    "شكرا للموظف أحمد علي في المرور": ["أحمد علي"],
    "الموظفة فاطمة حسن بصراحة ما قصرت": ["فاطمة حسن"],
    "الموظف علي ساعدني وايد": ["علي"],
    "الموظف علي في الاستقبال": ["علي"],
    "والموظفة منى تستاهل": ["منى"],
    "اشكر الموظفين أحمد وعلي وفاطمة في مركز المحرق الصحي": ["أحمد", "علي", "فاطمة"],
    "أشكر الدكتورة مريم الدوسري والممرضة زينب": ["مريم الدوسري", "زينب"],
    "د. حسين العلوي": ["حسين العلوي"],
    "دكتور يوسف بن خالد على كل شي": ["يوسف بن خالد"],
    "الموظفة وفاء والموظفة نورة": ["وفاء", "نورة"],
    "شكرا للأخ بو محمد عامل النظافة": ["بو محمد"],
    "الموظف المحترم السيد جعفر عبدالله": ["جعفر عبدالله"],
    "موظف اسمه خالد": ["خالد"],
    "nurse Fatima was so kind": ["Fatima"],
    "nurse fatima was so kind": ["fatima"],
    "Nurse Jincy in Salmaniya": ["Jincy"],
    "Dr. Ali Hassan Al Doseri, at BDF": ["Ali Hassan Al Doseri"],
    "the employee named Sara and Mr. Yousif": ["Sara", "Yousif"],
    "الموظف أحمد ثم الموظف أحمد": ["أحمد"],
}
NOBODY = [
    "",
    "شكرا لكم جميعا",
    "أحمد علي في المرور",
    "شكر للموظف على تعاونه",
    "شكرا للموظف علي تعاونه معاي",
    "للموظفة مني كل الشكر",
    "الموظف كريم جدا",
    "موظف كريم ومتعاون",
    "المدير والموظفين كلهم",
    "مدرسة أحمد العمران الثانوية وايد نظيفة",
    "مركز الشيخ سلمان الصحي",
    "الموظفين، أحمد الله على كل حال",
    "thank the nurse in the emergency room",
    "The staff at Isa Town",
    "Doctor appointment was quick",
    "Thank You Officer In Sitra",
]


@pytest.mark.parametrize(("text", "names"), NAMED.items())
def test_who_is_named_is_found_as_it_is_written(text: str, names: list[str]) -> None:
    assert find_staff_names(text) == names


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_made_up(text: str) -> None:
    assert find_staff_names(text) == []


PIECES = ["الموظف", "د.", " ", "و", "أحمد", "ابو", "بن", "Dr", "Ali", "منى", "،", "\n"]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_whatever_is_found_stands_in_the_text(text: str) -> None:
    assert all(name and name in text for name in find_staff_names(text))
