"""Full UK postcodes: a real postcode area, a district, and the last three characters."""

import re

# The 121 UK areas, the Crown dependencies and BFPO (ONS Postcode Directory); so "A1 2BC" or "Q1 2AB" is no postcode.
_AREAS = (
    "ab|al|b|ba|bb|bd|bf|bh|bl|bn|br|bs|bt|bx|ca|cb|cf|ch|cm|co|cr|ct|cv|cw|da|dd|de|dg|dh|dl|dn|dt|dy|e|ec|eh|en|ex|fk|fy"
    "|g|gl|gu|gy|ha|hd|hg|hp|hr|hs|hu|hx|ig|im|ip|iv|je|ka|kt|kw|ky|l|la|ld|le|ll|ln|ls|lu|m|me|mk|ml|n|ne|ng|nn|np|nr"
    "|nw|ol|ox|pa|pe|ph|pl|po|pr|rg|rh|rm|s|sa|se|sg|sk|sl|sm|sn|so|sp|sr|ss|st|sw|sy|ta|td|tf|tn|tq|tr|ts|tw|ub|w|wa|wc"
    "|wd|wf|wn|wr|ws|wv|yo|ze"
)
_KNOWN_AREAS = frozenset(_AREAS.split("|"))
_CODE = re.compile(
    r"(?<![a-z0-9£$€])(?:([a-z]{1,2})\d[a-z0-9]?[ ._\-/]{0,3}(\d[abd-hjlnp-uw-z]{2})|(gir) ?0aa)(?![a-z0-9])",
    re.IGNORECASE,
)
_TYPED_WITH_O = re.compile(
    rf"\bpost ?code[^a-z\d]{{0,4}}(?:is )?(?:{_AREAS})[\dio][a-z0-9]?[ ._\-]{{0,3}}[o\d][abd-hjlnp-uw-z]{{2}}\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"1st|2nd|3rd|[04-9]th")
_ROOM = re.compile(
    r"\b(?:room|floor|bay|level|theatre|block|zone|stand|table|desk|bed|lift|gate|ward)s? $", re.IGNORECASE
)


def holds_one(folded: str) -> bool:
    """Whether `folded` (see spelling.plain) holds a full postcode; a small ordinal ("B1 2nd floor") is not."""
    return any(_stands(folded, match) for match in _CODE.finditer(folded)) or (_TYPED_WITH_O.search(folded) is not None)


def _stands(folded: str, match: re.Match[str]) -> bool:
    if match[3] is None and match[1].lower() not in _KNOWN_AREAS:
        return False
    if match[2] is not None and _ORDINAL.fullmatch(match[2]):
        return False
    return _ROOM.search(folded[max(0, match.start() - 10) : match.start()]) is None
