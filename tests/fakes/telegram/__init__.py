"""A Telegram Bot API server with citizens who write to the bot: https://core.telegram.org/bots/api."""

from tests.fakes.telegram.citizen import Citizen, Heard
from tests.fakes.telegram.errors import Failure
from tests.fakes.telegram.server import TelegramServer

__all__ = ["Citizen", "Failure", "Heard", "TelegramServer"]
