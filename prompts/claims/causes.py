"""Causes: what a text says came of what."""

import re
from collections.abc import Sequence

from prompts.claims.ground import Ground
from prompts.claims.words import content

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


def connections(text: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Each connection that the text claims: the stems of the cause, and those of the effect."""
    found = []
    for pattern, is_back in ((_BACK_RE, True), (_FORTH_RE, False)):
        for match in pattern.finditer(text):
            if match[0].strip().lower() == "as" and _LIKENS.search(text[: match.start()]):
                continue
            before, after = content(_last(text[: match.start()])), content(_first(text[match.end() :]))
            if is_back and not before:  # "Because A, B"
                cause, _, effect = text[match.end() :].partition(",")
                found.append((content(cause), content(effect)))
            else:
                found.append((after, before) if is_back else (before, after))
    return found


def _last(text: str) -> str:
    """What stands before a connection: its own sentence, or the one before where it opens one."""
    return re.split(r"[.!?](?=\s+\S)", text.rstrip(" .,;"))[-1]


def _first(text: str) -> str:
    return re.split(r"[.!?](?:\s|$)", text.strip())[0]


def cause_differs(text: str, grounds: Sequence[Ground]) -> bool:
    """True if the text claims a cause that none of the facts claims by itself, or turns cause and effect round."""
    told = [each for ground in grounds for each in connections(ground.text)]
    return any(not any(_is_same(each, other) for other in told) for each in connections(text))


def _is_same(said: tuple[frozenset[str], frozenset[str]], told: tuple[frozenset[str], frozenset[str]]) -> bool:
    (cause, effect), (cause_told, effect_told) = said, told
    straight = len(cause & cause_told) + len(effect & effect_told)
    turned = len(cause & effect_told) + len(effect & cause_told)
    enough = _share(cause, cause_told) >= 0.4 and _share(effect, effect_told) >= 0.3
    return enough and (straight > turned or not turned)


def _share(words: frozenset[str], told: frozenset[str]) -> float:
    return len(words & told) / len(words) if words else 1.0
