import pytest

from contact_center.cases.search import search_terms, search_text

KEPT = search_text("26-1234-5675", "+97339123456", "أمُّ عليّ", "البسيتين", "الزبالة متكدّسة قدام مبنى ٤٤ and the BINS")


@pytest.mark.parametrize(
    "query",
    [
        "الزباله",
        "متكدسة الزبالة",
        "ام علي",
        "زبال",
        "26-1234-5675",
        "٢٦ ١٢٣٤ ٥٦٧٥",
        "2612345675",
        "3912 3456",
        "+973 3912-3456",
        "مبنى 44",
        "bins",
        "البسيتين الزبالة",
        "",
        " - !",
    ],
)
def test_found(query: str) -> None:
    assert all(term in KEPT for term in search_terms(query))


@pytest.mark.parametrize("query", ["مدرسة", "الزبالة مدرسة", "39123457", "26-1234-5676", "علىا"])
def test_not_found(query: str) -> None:
    assert not all(term in KEPT for term in search_terms(query))


def test_a_query_without_letters_asks_for_nothing() -> None:
    assert search_terms(" !؟ 😀 ") == []
