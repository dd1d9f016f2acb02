"""Orders and markup: what no sentence of an update holds, and what marks a fact as an order to the model."""

import re
import unicodedata

from prompts.claims.opening import OPENING
from prompts.claims.words import folded

_LINK = re.compile(
    r"(?i)https?:|www\.|\b[a-z0-9-]+\.(?:example|com|org|net|uk|eu|io|nhs|gov|info|biz|co|ai|app|dev)\b|\S@\S|(?:^|\s)@\w"
)
_MARKUP = re.compile(r"[<>{}`|\\^~]|\]\(|\*\*|__|^\s*(?:#|[-*•]\s)|===|\[/?\w*\]|&\w+;|:\w+:")
_ROLE = re.compile(r"(?i)(?:^|[.!?\n]\s*)(?:system|assistant|user|human|developer)\s*:")
_SECRET = re.compile(
    r"(?i)\b(?:system prompt|api keys?|passwords?|passcode|secret key|access token|numbered facts|my instructions|"
    r"these instructions|language model|as an ai|sk-\w+)\b"
)
_IMPERATIVE = re.compile(
    r"(?i)^(?:(?:please|click|send|ignore|disregard|donate|download|remember|do not|don't|let us|let's|log in|sign up|"
    r"join us|never)\s|(?:visit|pay|vote|reply|email|e-mail|call|ring|text|forward|approve|enter|follow|read|see|go|"
    r"open|register|book|buy|transfer|confirm|tell|ask|contact|come|give|write)\s+"
    r"(?:the|a|an|this|that|these|our|us|me|it|them|him|her|for|to|at|in|into|here|now|on|by|with|more|all|everyone)\b)"
)
_READER = re.compile(r"(?i)\b(?:you|your|yours|yourself|please|readers?)\b")
_ORDERS = re.compile(
    r"""(?ix)
    \b(?:ignore|disregard|forget|override|bypass|skip)\b.{0,60}
      \b(?:above|previous|prior|earlier|instructions?|rules?|everything)
    | \b(?:new|following|these|further)\s+instructions?\b | \binstructions?\s*:
    | (?:^|[.!?:;\n,>\]]\s*|\b(?:and|please|now|then)\s+)(?:write|say|report|announce|add|print|output|repeat|describe|
      state|include|tell\s+(?:the\s+)?readers|praise|summari[sz]e|act|pretend|start|begin|only\s+praise|answer)\s+
      (?:that|out|only|this|our|your|the|every|as|with|it|in|us|all)\b
    | \b(?:you\s+are\s+now|you\s+must|you\s+were\s+given|from\s+now\s+on|as\s+an?\s+ai)\b
    | \b(?:system\s+prompt|api\s+keys?|passwords?)\b
    | \bask\s+(?:everyone|everybody|all|readers)\s+to\b | \b(?:to|for)\s+the\s+(?:ai|model|assistant|bot)\b
    | \b(?:the|your|this)\s+(?:update|summary|answer|output|response|digest|draft)\s+
      (?:must|should|has\s+to|shall|will|is\s+to)\b
    | \b(?:in|of|for)\s+(?:the|your)\s+(?:answer|summary|output|response)\b | \b(?:i|we)\s+authori[sz]e\b
    | \bwhen\s+you\s+summari | \bfor\s+every\s+sentence\b | \bname\s+fact\b
    | <\|?/?\w+ | \[/?inst\] | <<\s*sys | ``` | ={3} | "\s*(?:text|facts|sections?)"\s*:
    | (?:^|\n)\s*(?:system|assistant|user|developer)\s*:
    | \]\(\s*\w+: | https?:// | [<&]!?channel | @everyone
    | \bignor(?:ez|iere|ieren|are|a|e|ar)\b.{0,60}(?:pr[ée]c|instruc|anweis|istruz|anterior|oben|bisherig)
    | \b(?:et\s+)?[ée]cri(?:vez|s)\s+que\b | \bschreibe?,?\s+dass\b | \banwybyddwch\b | \bescrib[ea]\s+que\b
    """
)


def is_no_plain_sentence(text: str) -> bool:
    """True for links, markup, roles, secrets, or letters that are hidden, steer, or come from another alphabet."""
    patterns = (_LINK, _MARKUP, _ROLE, _SECRET)
    return any(pattern.search(text) for pattern in patterns) or any(_is_odd(each) for each in text)


def is_order(text: str) -> bool:
    """True if the sentence tells its reader to do something, or speaks to them at all."""
    plain = folded(text).strip("\"' ")
    return bool(_IMPERATIVE.match(plain) or _READER.search(plain))


def orders_the_model(text: str) -> bool:
    """True if a fact reads like an order to whoever writes the update."""
    hidden = sum(unicodedata.category(each) in ("Cf", "Co", "Cn") for each in text)
    return hidden > 2 or bool(_ORDERS.search(folded(text))) or any(_is_odd(each) for each in folded(text))


def is_english(text: str) -> bool:
    """False for four words or more without a common English word among them."""
    words = re.findall(r"[^\W\d_]+", folded(text).lower())
    return len(words) < 4 or any(word in OPENING or word.removesuffix("s") in OPENING for word in words)


def _is_odd(each: str) -> bool:
    if each.isascii():
        return each < " " and each not in "\n\t"
    category = unicodedata.category(each)
    if category[0] == "C":
        return True
    return category[0] == "L" and not unicodedata.name(each, "").startswith(
        ("LATIN", "MICRO", "FEMININE", "MASCULINE", "MODIFIER")
    )
