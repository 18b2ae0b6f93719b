"""How often one address may begin a chat."""

import math
from datetime import datetime
from ipaddress import IPv6Address, ip_address

from fastapi import Request

from contact_center.clock import now
from contact_center.errors import TooMany

BURST = 100
PER_SECOND = 2.0
"""Wide: a mobile operator puts thousands of people behind one address."""
MAX_KNOWN = 10_000


class TokenBuckets:
    """A bucket of tokens for each key, kept in this process: with several web processes each has its own."""

    def __init__(self, burst: int, per_second: float) -> None:
        self._burst = burst
        self._per_second = per_second
        self._buckets: dict[str, tuple[float, datetime]] = {}

    def take(self, key: str) -> float:
        """Take a token. Returns the seconds until there is one again: 0 where one was taken."""
        moment = now()
        tokens = self._tokens(key, moment)
        if tokens < 1:
            return (1 - tokens) / self._per_second
        self._buckets[key] = (tokens - 1, moment)
        if len(self._buckets) > MAX_KNOWN:
            self._forget_full(moment)
        return 0.0

    def _tokens(self, key: str, moment: datetime) -> float:
        tokens, since = self._buckets.get(key, (float(self._burst), moment))
        passed = max(0.0, (moment - since).total_seconds())
        return min(float(self._burst), tokens + passed * self._per_second)

    def _forget_full(self, moment: datetime) -> None:
        """A full bucket is as good as none; if none is full, all are forgotten rather than memory used up."""
        waiting = {key: self._buckets[key] for key in self._buckets if self._tokens(key, moment) < self._burst}
        self._buckets = waiting if len(waiting) <= MAX_KNOWN else {}


_beginnings = TokenBuckets(BURST, PER_SECOND)


async def may_begin(request: Request) -> None:
    """Raises `TooMany` where the client's address has begun too many chats. Runs on the event loop: no lock needed."""
    wait = _beginnings.take(_network(request.client.host if request.client else ""))
    if wait:
        raise TooMany("Too many chats were begun from here. Try again shortly.", retry_after=math.ceil(wait))


def _network(host: str) -> str:
    """The address; for IPv6 the /64 that one subscriber has."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return address.exploded[:19]
    return host
