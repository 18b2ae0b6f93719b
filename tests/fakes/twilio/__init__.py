"""A Twilio account with WhatsApp and SMS numbers, and citizens who write to them: https://www.twilio.com/docs."""

from tests.fakes.twilio.citizen import Citizen, Heard
from tests.fakes.twilio.errors import Failure
from tests.fakes.twilio.server import TwilioServer

__all__ = ["Citizen", "Failure", "Heard", "TwilioServer"]
