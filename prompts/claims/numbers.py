"""The numbers of a text, in digits and in words, each with what it counts."""

import re
from dataclasses import dataclass

from prompts.claims.vocabulary import listed
from prompts.claims.words import folded, is_content, stem

_UNITS = listed("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen")
_SMALL = {word: value for value, word in enumerate([*_UNITS, "seventeen", "eighteen", "nineteen"])}
_TENS = {
    word: 10 * value for value, word in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        listed("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"), 1
    )
}
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_MULTIPLES = {
    stem: value
    for value, words in {
        2: "double doubled doubling doubles", 3: "triple tripled treble trebled", 4: "quadrupled",
        0.5: "halved halving halves",
    }.items()
    for stem in words.split()
}  # fmt: skip
_SHARES = {"half": 50, "third": 100 / 3, "thirds": 100 / 3, "quarters": 25}
TIME_UNITS = frozenset(stem(word) for word in listed("second minute hour day week month quarter year night weekend"))
_UNITS_OF = TIME_UNITS | {stem(word) for word in ("mile", "bed", "pound", "times", "time")}
_TOKEN = re.compile(
    r"\d{1,2}(?:[.:]\d\d)?\s?[ap]m\b|£?\d+(?:,\d{3})*(?:\.\d+)?(?:%|st\b|nd\b|rd\b|th\b)?|[^\W\d_]+(?:'[^\W\d_]+)?|[.,;:!?%]"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number: its value, its kind (count, one, percent, ordinal, times, multiple, clock), the stems that follow it,
    and whether it is the whole in "3 of 5"."""

    value: float
    kind: str
    nouns: tuple[str, ...]
    is_whole: bool = False

    @property
    def unit(self) -> str | None:
        """The unit of time or measure right behind it."""
        return self.nouns[0] if self.nouns and self.nouns[0] in _UNITS_OF else None


def numbers(text: str) -> tuple[Number, ...]:
    """The numbers in the text, in their order. A date's are among them, so take dates out first."""
    plain = re.sub(r"(?i)\bper\s?cent\b", "%", folded(text))
    plain = re.sub(r"(?<=\d)\s+%", "%", plain)
    tokens = _TOKEN.findall(re.sub(r"(?<=[a-z])-(?=[a-z])", " ", plain, flags=re.IGNORECASE))
    found: list[Number] = []
    at = 0
    while at < len(tokens):
        value, kind, length = _number_at(tokens, at)
        if kind:
            whole = at >= 2 and tokens[at - 1].lower() == "of" and bool(_number_at(tokens, at - 2)[1])
            found.append(Number(value, kind, _nouns(tokens, at + length), whole))
        at += max(1, length)
    return tuple(found)


def _number_at(tokens: list[str], at: int) -> tuple[float, str, int]:
    """The number that begins there: its value, its kind ("" for none), and how many tokens it takes."""
    low = tokens[at].lower()
    after = [token.lower() for token in tokens[at + 1 : at + 3]]
    if low[0].isdigit() or low[0] == "£":
        return _in_digits(low)
    is_adverb = low == "first" and (not after or after[0].endswith("ed") or (at and tokens[at - 1].lower() == "at"))
    if low in _ORDINALS and not is_adverb and not (low == "third" and after[:1] == ["of"]):
        return _ORDINALS[low], "ordinal", 1
    if low in _TIMES:
        return _TIMES[low], "times", 1
    if low in _MULTIPLES:
        return _MULTIPLES[low], "multiple", 1
    if low in _SHARES:
        return _SHARES[low], "percent", 1
    if low == "quarter" and after[:1] == ["of"] and at and tokens[at - 1].lower() in ("a", "one"):
        return 25, "percent", 1
    if low == "dozen":
        return 12, "count", 1
    return _in_words(tokens, at)


def _in_digits(low: str) -> tuple[float, str, int]:
    value = float(re.sub(r"[^\d.]", "", low.replace(":", ".")))
    if low.endswith("m"):
        return value + 12 * low.endswith("pm"), "clock", 1
    kind = "percent" if low.endswith("%") else "ordinal" if low[-1].isalpha() else "count"
    return value, kind, 1


def _in_words(tokens: list[str], at: int) -> tuple[float, str, int]:
    total, current, length = 0, 0, 0
    for token in tokens[at:]:
        low = token.lower()
        if low in _SMALL:
            if length and current % 10 and low in _SMALL:
                break
            current += _SMALL[low]
        elif low in _TENS:
            current += _TENS[low]
        elif low in _LARGE and length:
            current *= _LARGE[low]
            total, current = (total + current, 0) if low != "hundred" else (total, current)
        elif not (low == "and" and length and tokens[at + length - 1].lower() in _LARGE):
            break
        length += 1
    if not length or (length == 1 and tokens[at].lower() == "one" and _is_pronoun(tokens, at)):
        return 0, "", 0
    if length == 1 and tokens[at].lower() == "one":
        return 1, "one", 1
    is_percent = at + length < len(tokens) and tokens[at + length] == "%"
    return total + current, "percent" if is_percent else "count", length


def _is_pronoun(tokens: list[str], at: int) -> bool:
    before = tokens[at - 1].lower() if at else ""
    after = tokens[at + 1].lower() if at + 1 < len(tokens) else ""
    return before in ("no", "any", "every", "each", "the", "this", "that") or after in ("another", "of", "day", "by")


def _nouns(tokens: list[str], at: int) -> tuple[str, ...]:
    """The next three stems of the clause that say something, without further numbers."""
    found: list[str] = []
    for token in tokens[at : at + 8]:
        if token in ".,;:!?" or len(found) == 3:
            break
        low = token.lower()
        if low in ("people", "person", "members", "member", "goals", "goal", "networks", "practices", "quarter"):
            found.append(stem(low))
        elif token[0].isalpha() and is_content(token) and low not in _SMALL and low not in _TENS:
            found.append(stem(token))
    return tuple(found)
