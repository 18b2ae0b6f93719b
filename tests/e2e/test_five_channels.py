"""The main job: five complaints on five channels, filed right, and each status read back from another channel."""

import pytest

from contact_center.agencies.catalogue import catalogue
from tests.e2e import stories
from tests.e2e.five_channels import Filed, five_complaints, wrong
from tests.e2e.system import System

pytestmark = pytest.mark.timeout(300, func_only=True)


@pytest.fixture(scope="module")
async def filed(system: System) -> list[Filed]:
    return await five_complaints(system)


def test_each_complaint_is_a_case_at_the_right_agency_and_can_be_asked_for_elsewhere(filed: list[Filed]) -> None:
    assert wrong(filed) == []
    assert {one.channel for one in filed} == {"telegram", "whatsapp", "sms", "webchat", "call_center"}
    assert all(one.read_on != one.channel for one in filed)


def test_each_case_holds_what_the_person_said(filed: list[Filed]) -> None:
    for one in filed:
        assert one.story.words in one.case["description"]
        assert one.case["type"] == "complaint"
        assert one.case["status"] == "received"
        assert one.case["due_at"] > one.case["created_at"]


def test_the_photo_that_came_first_is_on_the_case(filed: list[Filed]) -> None:
    on_telegram = next(one for one in filed if one.channel == "telegram")
    sizes = [attachment["size"] for attachment in on_telegram.case["attachments"]]
    assert sizes == [len(on_telegram.story.photo or b"")]


def test_a_pin_is_a_place(filed: list[Filed]) -> None:
    in_the_web_chat = next(one for one in filed if one.channel == "webchat")
    assert in_the_web_chat.case["lat"] == pytest.approx(26.1210)
    assert in_the_web_chat.case["lon"] == pytest.approx(50.5725)


def test_a_stranger_with_the_number_reads_no_word_of_it(filed: list[Filed]) -> None:
    for one in filed:
        assert one.story.words not in one.status
        assert one.story.name not in one.status
        assert one.story.phone not in one.status
        assert catalogue().categories[stories.expected(one.story).category].name_ar in one.status
