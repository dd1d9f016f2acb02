"""Says what nobody asked for in a person's conversation, once for each delivery."""

from bot.platforms import Capabilities, GaveUp, SendResult, Sent, TryAgain
from bot.platforms.web.demo import Demo
from bot.platforms.web.limits import MAX_DELIVERED, RATE
from bot.platforms.web.outbound import Conversations
from handlers.kit.content import Message
from storage.records import Account

CAPABILITIES = Capabilities(rate=RATE, reads_back=True)
NOBODY = "nobody of that name is in the demo"
UNREAD = "nobody looks"
NOT_SAID = "it was not shown"


class Deliveries:
    """What was delivered in this process; the conversations themselves last no longer."""

    def __init__(self, demo: Demo, talks: Conversations) -> None:
        self._demo = demo
        self._talks = talks
        self._delivered: dict[str, str] = {}

    async def send(self, account: Account, message: Message, key: str) -> SendResult:
        """Say it, unless it was said under this key before."""
        person = self._demo.person(account.user) if account.workspace == self._demo.workspace else None
        if person is None:
            return Sent(UNREAD) if account.user in self._demo.others else GaveUp(NOBODY, unreachable=True)
        talk = self._talks.of(person)
        async with talk.turn:
            if key not in self._delivered:
                self._delivered[key] = talk.say(message).id
            while len(self._delivered) > MAX_DELIVERED:
                del self._delivered[next(iter(self._delivered))]
        return self.find(key)

    def find(self, key: str) -> SendResult:
        """Whether it was said under this key."""
        line = self._delivered.get(key)
        return TryAgain(NOT_SAID) if line is None else Sent(line)
