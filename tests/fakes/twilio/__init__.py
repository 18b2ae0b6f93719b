"""A Twilio account with its numbers, and citizens who write to them and call: https://www.twilio.com/docs."""

from tests.fakes.twilio.caller import Caller
from tests.fakes.twilio.citizen import Citizen, Heard
from tests.fakes.twilio.errors import Failure
from tests.fakes.twilio.server import TwilioServer

__all__ = ["Caller", "Citizen", "Failure", "Heard", "TwilioServer"]
