"""Causes: what a text says came of what."""

import re
from collections.abc import Iterable

from prompts.claims.words import content

Connection = tuple[frozenset[str], frozenset[str]]
"""The stems of a cause, and those of its effect."""
BESIDE = 400
"""Characters on either side that may belong to a connection."""
_BACK = (
    r"because of|because|thanks to|due to|owing to|as a result of|caused by|on account of|driven by"
    r"|credited to|result of"
)
_FORTH = (
    r"led to|leads to|leading to|resulted in|results in|resulting in|so that|caused|which meant|which means"
    r"|meaning that|as a result|therefore|consequently|enabled|has allowed|allowed|made it possible"
    r"|brought about|which is why|contributed to|helped"
)
_SO = r"(?:,|;)\s+so\b(?!\s+far)|\.\s+so\b|\band so\b"
_NOT_ALIKE = r"(?<!\bsuch )(?<!\bsame )(?<!\bwell )(?<!\bsoon )(?<!\bfar )"
_WHY = r"(?:[.,;]\s*)why:|,\s+as\b(?!\s+(?:well|a|the first|an)\b)"
_WHY += rf"|{_NOT_ALIKE}\bas\s+(?=(?:the|no|it|they|we|nobody)\s)"
_LIKENS = re.compile(
    r"(?i)\b(?:describ|know|seen|see|regard|act|serv|work|us|appoint|start|join)\w*\s+(?:[\w'-]+\s+){0,3}$"
)
_BACK_RE = re.compile(rf"\b(?:{_BACK})\b|{_WHY}", re.IGNORECASE)
_FORTH_RE = re.compile(rf"\b(?:{_FORTH})\b|{_SO}", re.IGNORECASE)


def connections(text: str) -> frozenset[Connection]:
    """Each connection that the text claims."""
    found = set()
    for pattern, is_back in ((_BACK_RE, True), (_FORTH_RE, False)):
        for match in pattern.finditer(text):
            ahead, behind = text[max(0, match.start() - BESIDE) : match.start()], text[match.end() :][:BESIDE]
            if match[0].strip().lower() == "as" and _LIKENS.search(ahead):
                continue
            before, after = content(_last(ahead)), content(_first(behind))
            if is_back and not before:  # "Because A, B"
                cause, _, effect = behind.partition(",")
                found.add((content(cause), content(effect)))
            else:
                found.add((after, before) if is_back else (before, after))
    return frozenset(found)


def _last(text: str) -> str:
    """What stands before a connection: its own sentence, or the one before where it opens one."""
    return re.split(r"[.!?](?=\s+\S)", text.rstrip(" .,;"))[-1]


def _first(text: str) -> str:
    return re.split(r"[.!?](?:\s|$)", text.strip())[0]


def cause_differs(text: str, told: Iterable[Connection]) -> bool:
    """True if the text claims a connection that is none of those told, or turns cause and effect round."""
    theirs = list(told)
    return any(not any(_is_same(each, other) for other in theirs) for each in connections(text))


def _is_same(said: Connection, told: Connection) -> bool:
    (cause, effect), (cause_told, effect_told) = said, told
    straight = len(cause & cause_told) + len(effect & effect_told)
    turned = len(cause & effect_told) + len(effect & cause_told)
    enough = _share(cause, cause_told) >= 0.4 and _share(effect, effect_told) >= 0.3
    return enough and (straight > turned or not turned)


def _share(words: frozenset[str], told: frozenset[str]) -> float:
    return len(words & told) / len(words) if words else 1.0
