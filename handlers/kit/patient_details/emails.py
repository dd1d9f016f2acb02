"""E-mail addresses, plain or with the at sign hidden from robots."""

import re

_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}")
_HIDDEN_AT = re.compile(r"[\[({<] ?at ?[\])}>]", re.IGNORECASE)
_SAID = re.compile(r"\w at [\w-]{1,63}(?: dot [a-z]{2,24}){0,3} dot (?:uk|org|com|net|nhs|wales|scot)\b", re.IGNORECASE)
_HIDDEN_DOMAIN = re.compile(r" ?[\w-]{1,63} ?(?:\.|[\[({<] ?dot ?[\])}>]| dot ) ?[a-z]{2}", re.IGNORECASE)
_LOOSE_DOMAIN = re.compile(r" ?[\w-]{1,63}(?: ?\. ?[\w-]{1,63}){0,4} ?\. ?(?:uk|org|com|net|nhs|wales|scot)\b", re.I)
_BEFORE = re.compile(r"[\w.+'\"-]")


def may_hold_one(text: str) -> bool:
    """A quick no: whether it is worth looking in `text` (which has no digit) at all."""
    return "@" in text or "%40" in text or " dot " in text.lower() or _HIDDEN_AT.search(text) is not None


def found_in(folded: str) -> bool:
    """Whether `folded` (see spelling.plain) holds an e-mail address."""
    if not may_hold_one(folded):
        return False
    text = folded.replace("%40", "@")
    return (
        any(_is_address(text, at.start()) for at in re.finditer("@", text))
        or any(_HIDDEN_DOMAIN.match(text, at.end()) for at in _HIDDEN_AT.finditer(text))
        or _SAID.search(text) is not None
    )


def _is_address(text: str, at: int) -> bool:
    before = text[max(0, at - 65) : at]
    if not before or not (_BEFORE.match(before[-1]) or before[-1] == " "):
        return False
    local = before.split(" ")[-1] if before[-1] != " " else before.rstrip().split(" ")[-1]
    if not any(character.isalnum() for character in local) or local.startswith("@"):
        return False
    return _has_domain(text, at, spaced=before[-1] == " ")


def _has_domain(text: str, at: int, *, spaced: bool) -> bool:
    domain = _DOMAIN.match(text, at + 1)
    if domain is None or spaced:
        return _LOOSE_DOMAIN.match(text, at + 1) is not None
    labels = domain[0].split(".")
    if labels[0] == "thread":  # the tail of a Teams conversation id: 19:...@thread.tacv2
        return False
    if len(labels) == 1:
        return labels[0].lower() == "nhs" or _LOOSE_DOMAIN.match(text, at + 1) is not None
    return len(labels[-1]) > 1 and labels[-1].isalpha()
