"""Words for network updates: what a model is asked, and how its answer is read.

The instructions are text files, a folder for each version; what a draft was written with is kept with it. A request is
split into parts under a fixed budget, each part is written as messages, each answer is read, and the answers are put
together again. All of it is pure: `bot/drafting.py` does the waiting, and `prompts/guard.py` checks what came.
"""

from prompts.updates.parts import MOST_CHARACTERS, MOST_PARTS, Split, split, together
from prompts.updates.reading import MOST_READ, Unreadable, read
from prompts.updates.shape import SECTIONS, Answer, Drafted, Fact, Outcome, Request, Sentence, Silence, Silent
from prompts.updates.wording import MOST_ANSWER_TOKENS, SCHEMA, VERSION, Messages, messages, tokens_in

__all__ = [
    "MOST_ANSWER_TOKENS",
    "MOST_CHARACTERS",
    "MOST_PARTS",
    "MOST_READ",
    "SCHEMA",
    "SECTIONS",
    "VERSION",
    "Answer",
    "Drafted",
    "Fact",
    "Messages",
    "Outcome",
    "Request",
    "Sentence",
    "Silence",
    "Silent",
    "Split",
    "Unreadable",
    "messages",
    "read",
    "split",
    "together",
    "tokens_in",
]
