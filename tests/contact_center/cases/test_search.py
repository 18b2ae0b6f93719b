import pytest

from contact_center.cases.search import LONGEST, search_terms, search_text, search_ways

KEPT = search_text("26-1234-5675", "+97339123456", "أمُّ عليّ", "البسيتين", "الزبالة متكدّسة قدام مبنى ٤٤ and the BINS")


def found_in(kept: str, *ways: list[str]) -> bool:
    """Whether words that are kept begin with all the terms of one of the ways."""
    words = kept.split()
    return any(all(any(word.startswith(term) for word in words) for term in terms) for terms in ways)


def found(*ways: list[str]) -> bool:
    return found_in(KEPT, *ways)


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
        "1234-5675",
        "5675",
        "39123",
        "+973 3912-3456",
        "مبنى 44",
        "bins",
        "البسيتين الزبالة",
        "",
        " - !",
    ],
)
def test_found(query: str) -> None:
    assert found(search_terms(query))


@pytest.mark.parametrize("query", ["مدرسة", "الزبالة مدرسة", "39123457", "26-1234-5676", "علىا"])
def test_not_found(query: str) -> None:
    assert not found(search_terms(query))


def test_a_word_without_end_is_kept_by_its_beginning() -> None:
    endless = "حفرة" * 5_000
    assert {len(word) for word in search_text("", endless).split()} == {LONGEST}
    assert found_in(search_text("", endless), search_terms(endless))


def test_a_query_without_letters_asks_for_nothing() -> None:
    assert search_terms(" !؟ 😀 ") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("الزبالة", True),
        ("والزباله", True),
        ("زبالة", True),
        ("zbala", True),
        ("zebala mtkdsa", True),
        ("zebala foog", False),
        ("bins", True),
        ("للبسيتين", True),
        ("المبنى 44", True),
        ("الزبالة فوق", False),
    ],
)
def test_the_article_and_latin_letters_do_not_matter(query: str, expected: bool) -> None:
    assert found(*search_ways(query)) is expected


def test_a_name_that_begins_like_the_article_stays_whole() -> None:
    assert search_terms("الو والدي الله") == ["الو", "والدي", "الله"]


def test_a_query_is_read_in_latin_letters_only_where_it_may_be_arabic() -> None:
    assert search_ways("street light") == [["street", "light"]]
    assert search_ways("") == []
