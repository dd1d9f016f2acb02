"""The front of all drawing: a neutral message or form becomes the payload that Slack is sent."""

from bot.platforms.slack.blocks import Json, Level, draw, has_more_than_words, notification
from bot.platforms.slack.views import home, modal
from handlers.kit.content import Message

__all__ = ["Json", "Level", "has_more_than_words", "home", "message_payload", "modal"]


def message_payload(message: Message, level: Level) -> Json:
    """The part of a payload that says the message: `text` for notifications, and blocks."""
    return {"text": notification(message), "blocks": draw(message, level)}
