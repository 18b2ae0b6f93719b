"""Tokens lead to payloads only for the person who was shown the button, and only while the question is open."""

from contact_center.channels.base import ChannelCode
from contact_center.citizens.service import identity_for
from contact_center.conversations import buttons, outbox
from contact_center.conversations.inbox import begin
from contact_center.conversations.models import Conversation
from contact_center.database import Database

YES_NO = [{"title": "نعم", "payload": "/affirm"}, {"title": "لا", "payload": "/deny"}]
MENU = [{"title": "متابعة شكوى", "payload": "/check_status"}]


async def conversation(session, address: str) -> Conversation:  # type: ignore[no-untyped-def]
    identity = await identity_for(session, ChannelCode.TELEGRAM, address, None, None)
    return await begin(session, ChannelCode.TELEGRAM, address, identity)


async def test_a_token_leads_to_its_payload_for_its_own_conversation_only(database: Database) -> None:
    async with database.transaction() as session:
        mine, other = await conversation(session, "1"), await conversation(session, "2")
        asked = await outbox.add(session, mine, "نرسلها؟", buttons=YES_NO, expects="confirm")
        assert asked
        assert await buttons.pressed(session, mine, buttons.token(asked, 0)) == "/affirm"
        assert await buttons.pressed(session, mine, buttons.token(asked, 1)) == "/deny"
        assert await buttons.pressed(session, mine, buttons.token(asked, 2)) is None
        assert await buttons.pressed(session, other, buttons.token(asked, 0)) is None
        assert await buttons.pressed(session, mine, "/affirm") is None


async def test_an_answer_to_an_earlier_question_is_stale_but_a_menu_is_not(database: Database) -> None:
    async with database.transaction() as session:
        mine = await conversation(session, "1")
        menu = await outbox.add(session, mine, "هلا", buttons=MENU)
        asked = await outbox.add(session, mine, "نرسلها؟", buttons=YES_NO, expects="confirm")
        await outbox.add(session, mine, "وين المكان؟", expects="area")
        assert menu
        assert asked
        assert await buttons.pressed(session, mine, buttons.token(asked, 0)) == buttons.STALE
        assert await buttons.pressed(session, mine, buttons.token(menu, 0)) == "/check_status"


async def test_numbers_and_titles_may_be_typed_in_any_writing(database: Database) -> None:
    async with database.transaction() as session:
        mine = await conversation(session, "1")
        await outbox.add(session, mine, "نرسلها؟", buttons=YES_NO, expects="confirm")
        before = await buttons.open_buttons(session, mine)
    assert before
    assert before.typed("٢") == "/deny"
    assert before.typed(" 1. ") == "/affirm"
    assert before.typed("نَعَم") == "/affirm"
    assert before.typed("3") is None
    assert before.typed("نعم بس غيرت المكان") is None


async def test_tokens_fit_telegrams_64_bytes() -> None:
    assert len(buttons.token(2**63 - 1, 99).encode()) <= 64
