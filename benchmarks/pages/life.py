"""What pages show besides the cases: timelines, conversations, what is escalated, waits to be routed on, or failed."""

import psycopg
from sqlalchemy import select, update

from benchmarks.pages.people import Desk
from contact_center.accounts import sessions
from contact_center.accounts.models import Account
from contact_center.agencies.models import Agency
from contact_center.cases.models import Case
from contact_center.channels.base import ChannelCode
from contact_center.citizens.service import identity_for
from contact_center.conversations import outbox
from contact_center.conversations.inbox import begin
from contact_center.conversations.models import Handoff, InboxMessage, OutboxMessage
from contact_center.database import Database

CONVERSATIONS, MESSAGES = 200, 15
_IN_BULK = (
    """INSERT INTO case_events (case_id, at, kind, actor, public, data)
       SELECT id, created_at, 'filed', 'citizen', true, jsonb_build_object('agency', agency) FROM cases""",
    """INSERT INTO case_events (case_id, at, kind, actor, public, text, data)
       SELECT id, created_at + interval '3 days', 'reply', 'account:omar', true, 'تم إصلاح الموقع، وشكراً.', '{}'
       FROM cases WHERE status = 'closed'""",
    """UPDATE cases SET due_at = created_at + interval '10 days' WHERE status <> 'closed'""",
    """UPDATE cases SET marks = '["approaching", "officer", "breached", "supervisor"]'
       WHERE status <> 'closed' AND created_at < now() - interval '14 days'""",
    """UPDATE cases SET agency = 'iga', routing_since = created_at
       WHERE id IN (SELECT id FROM cases WHERE status = 'received' ORDER BY created_at DESC LIMIT 300)""",
    """UPDATE cases SET type = 'compliment', due_at = NULL, term = NULL
       WHERE id IN (SELECT id FROM cases WHERE status = 'closed' LIMIT 20000)""",
    """INSERT INTO review_items (source_key, why, channel, text, labels, status, created_at)
       SELECT 'message:' || n, 'intent', 'telegram', 'كلام غير واضح ' || n, '{"intents": [{"name": "make_inquiry",
       "confidence": 0.4}], "categories": [{"code": "road.pothole", "confidence": 0.3}]}', 'waiting', now()
       FROM generate_series(1, 20000) AS n""",
)
"""Without the checks and notices that are for one case at a time."""


def add_in_bulk(url: str) -> None:
    """Timelines, escalations, the routing queue, compliments and doubts; then let the planner know them."""
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in _IN_BULK:
            connection.execute(statement)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE cases, case_events, review_items")


async def add_conversations(database: Database) -> None:
    """People who wait for an agent, each with a case of works; every other message to them has failed."""
    async with database.transaction() as session:
        newest = select(Case).where(Case.agency == "works", Case.status != "closed").order_by(Case.created_at.desc())
        for number, case in enumerate((await session.scalars(newest.limit(CONVERSATIONS))).all()):
            identity = await identity_for(session, ChannelCode.TELEGRAM, str(number), "مريم", f"+973390{number:05d}")
            conversation = await begin(session, ChannelCode.TELEGRAM, str(number), identity)
            case.conversation_id, case.identity_id = conversation.id, identity.id
            session.add(Handoff(conversation_id=conversation.id, reason="request", language="ar"))
            for turn in range(MESSAGES):
                said = {
                    "channel": "telegram",
                    "address": str(number),
                    "provider_id": f"{number}:{turn}",
                    "text": "حفرة",
                }
                session.add(
                    InboxMessage(
                        conversation_id=conversation.id,
                        channel="telegram",
                        provider_id=f"{number}:{turn}",
                        content=said,
                        status="processed",
                    )
                )
                await outbox.add(session, conversation, "وين المكان بالضبط؟", expects="address")
        await session.execute(update(OutboxMessage).where(OutboxMessage.id % 2 == 0).values(status="failed"))


async def sign_in(database: Database) -> list[Desk]:
    """Somebody of each role, with the token of their session; every agency has its head."""
    roles = {"agent": None, "officer": "works", "supervisor": "iga", "head": "works", "admin": None}
    async with database.transaction() as session:
        everywhere = [(f"head-{agency}", "head", agency) for agency in await session.scalars(select(Agency.code))]
        session.add_all(_account(*each) for each in everywhere)
        accounts = [_account(role, role, agency) for role, agency in roles.items()]
        session.add_all(accounts)
        await session.flush()
        return [Desk(account.role, account.agency, await sessions.start(session, account)) for account in accounts]


def _account(username: str, role: str, agency: str | None) -> Account:
    return Account(username=username, display_name=username, password_hash="", role=role, agency=agency)
