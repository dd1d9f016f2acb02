"""One plain spelling for what people type: other scripts' digits, invisible marks and odd spaces folded away."""

import html
import re
import unicodedata
from functools import lru_cache

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_LONGEST = 4  # one ligature may stand for eighteen letters, which no number or label needs
_SPACES = re.compile(r"\s+")
_LETTER_FOR_DIGIT = re.compile(
    r"[OolI|](?:(?<=\d[OolI|])[OolI|]{0,3}(?=[\d -])|(?<=\d[ -][OolI|])(?=\d)|(?<=\b[Oo])(?=[1237]\d))"
)
_AS_DIGIT = str.maketrans("OolI|", "00111")
# Cyrillic and Greek capitals and small letters that look like the Latin ones in codes and labels.
_LOOK_ALIKES = dict(
    zip("АВЕЅІЈКМНОРСТУХаеорсухіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTYXaeopcyxisjABEZHIKMNOPTYXo", strict=True)  # noqa: RUF001
)
_BLANKS = {
    "\u2800": " ",
    "\u3164": "",
    "\u115f": "",
    "\u1160": "",
    "\uffa0": "",
    "\u2212": "-",
    "\u2044": "/",
}


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """The ASCII spelling of one character where it has one; nothing for a mark that cannot be seen."""
    known = _BLANKS.get(character) or _LOOK_ALIKES.get(character)
    if known is not None:
        return known
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me") or character in _BLANKS:
        return ""
    if category == "Pd":
        return "-"
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKC", character)
    return character if "\u2044" in folded or len(folded) > _LONGEST else folded


def plain(text: str) -> str:
    """`text` in one line of plain spelling. Linear in its length: no character is looked at with its neighbours."""
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda match: _plain(match[0]), text)
    if "&" in text and ";" in text:
        text = html.unescape(text).replace("\xa0", " ").replace("\u200b", "")
    return _SPACES.sub(" ", _CONTROL.sub("", text))


def digits_for_letters(text: str) -> str:
    """`text` of the same length, with O, l, I and | read as 0 and 1 where they stand among digits."""
    return _LETTER_FOR_DIGIT.sub(lambda match: match[0].translate(_AS_DIGIT), text)
