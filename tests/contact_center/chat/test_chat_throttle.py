"""How often one address may begin a chat."""

from datetime import timedelta

import httpx
import pytest
from chat_service import ChatService

from contact_center.chat import throttle
from contact_center.chat.throttle import TokenBuckets
from contact_center.clock import now


async def test_one_address_that_begins_chat_after_chat_is_slowed_down_and_others_are_not(
    service: ChatService, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test's client stands for a proxy on the same machine, which tells the address of whom it forwards."""
    monkeypatch.setattr(throttle, "_beginnings", TokenBuckets(burst=5, per_second=0.001))
    greedy = {"X-Forwarded-For": "203.0.113.7"}
    answers = [await http.post("/chat/sessions", headers=greedy) for _ in range(8)]
    assert [answer.status_code for answer in answers] == [201] * 5 + [429] * 3
    assert int(answers[-1].headers["retry-after"]) >= 900
    assert await service.conversations() == 5
    other = await http.post("/chat/sessions", headers={"X-Forwarded-For": "203.0.113.8"})
    assert other.status_code == 201


def test_a_bucket_gives_its_burst_then_its_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = now()
    monkeypatch.setattr(throttle, "now", lambda: moment)
    buckets = TokenBuckets(burst=3, per_second=0.5)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 2]
    assert buckets.take("b") == 0
    moment += timedelta(seconds=2)
    assert [buckets.take("a") for _ in range(2)] == [0, 2]
    moment += timedelta(days=1)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 2]
    moment -= timedelta(hours=1)
    assert buckets.take("a") == 2


def test_full_buckets_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = now()
    monkeypatch.setattr(throttle, "now", lambda: moment)
    monkeypatch.setattr(throttle, "MAX_KNOWN", 3)
    buckets = TokenBuckets(burst=1, per_second=1)
    for name in "abc":
        buckets.take(name)
    moment += timedelta(seconds=5)
    assert buckets.take("d") == 0
    assert list(buckets._buckets) == ["d"]


def test_a_subscriber_is_one_however_many_addresses_they_have() -> None:
    assert throttle._network("2001:db8:1:2::1") == throttle._network("2001:db8:1:2:ffff::9")
    assert throttle._network("2001:db8:1:3::1") != throttle._network("2001:db8:1:2::1")
    assert throttle._network("203.0.113.7") == "203.0.113.7"
