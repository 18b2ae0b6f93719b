"""Who calls the contact centre."""

from tests.fakes.twilio import Caller, TwilioServer

MARYAM = "+97339123456"
"""As `desk.form` has it."""


async def waiting(twilio: TwilioServer, phone: str = MARYAM) -> Caller:
    """Somebody who calls and waits for an agent."""
    caller = twilio.caller(phone)
    await caller.calls()
    await caller.stays_silent()
    assert caller.waits
    return caller
