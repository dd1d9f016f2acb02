"""An allowance of tokens that lies in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.allowance import Taken

TODAY = date(2027, 6, 30)


@dataclass
class Purse:
    """So many tokens; what was taken is listed."""

    left: int = 100_000
    taken: list[int] = field(default_factory=list)

    async def take(self, tokens: int) -> Taken | None:
        """Keep so many; None where fewer are left."""
        if tokens > self.left:
            return None
        self.left -= tokens
        self.taken.append(tokens)
        return Taken(TODAY, tokens)

    async def settle(self, taken: Taken, used: int) -> None:
        """Give back what was not used."""
        self.left += taken.tokens - used
