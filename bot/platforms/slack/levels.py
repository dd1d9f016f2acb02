"""Tells a message in as many payloads as Slack needs, at the highest level that the workspace is known to take."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.file_words import in_words
from bot.logs import log
from bot.platforms.slack.api import ApiError
from bot.platforms.slack.render import Json, Level, has_more_than_words, message_payloads
from handlers.kit.content import Message, paragraph

REFUSED_BLOCKS = ("invalid_blocks", "invalid_blocks_format", "invalid_attachments")
"""Slack's words for blocks that it does not know: charts and tables came to workspaces in steps."""
Deliver = Callable[[Json], Awaitable[object]]


class Levels:
    """What each workspace shows, as far as it was found out; answers and deliveries share it."""

    def __init__(self) -> None:
        self._known: dict[str, Level] = {}

    async def tell(self, team: str, message: Message, deliver: Deliver, further: Deliver | None = None) -> None:
        """Deliver at the highest level that this workspace takes, and remember that one. Raises what `deliver` raises.

        What Slack does not take in one message goes `further` in more; the parts before a table or chart are the same
        at every level.
        """
        level = self._known.get(team, Level.CHARTS)
        parts, told = message_payloads(message, level), 0
        while told < len(parts):
            try:
                await (further or deliver if told else deliver)(parts[told])
                told += 1
            except ApiError as error:
                if error.code not in REFUSED_BLOCKS or not has_more_than_words(parts[told]["blocks"]):
                    raise
                level = Level(level - 1)
                parts = message_payloads(message, level)
        if level < self._known.get(team, Level.CHARTS):
            self._known[team] = level
            log.info("a workspace shows less", level=level.name)


def with_files_in_words(message: Message) -> Message:
    """The message with its files' text in it, where the files themselves cannot be sent."""
    body = message.body or (paragraph(message.summary),)
    return replace(message, body=(*body, *files_in_words(message).body), attachments=())


def files_in_words(message: Message) -> Message:
    """The message's files alone, in words."""
    return Message(message.summary, tuple(block for file in message.attachments for block in in_words(file)))
