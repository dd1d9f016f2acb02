"""The words beside a ten-digit number that say whose it is: found in one pass, each at the digits that it names."""

import re
from dataclasses import dataclass

from handlers.kit.patient_details.digits import Number
from handlers.kit.patient_details.kinds import Kind

_NO = r"(?: ?(?:(?:no|nos|num|number|numbers|id|ref)(?![a-z])|n°|#))"
_HC = r"(?:h ?(?:&|and|\+|/) ?c(?: ?n)?|hcn|health (?:and|&) (?:social )?care)"
_CHI = r"c\.?h\.?i\.?"
_LINK_WORD = r"(?:is|was|are|of|for|no|num|number|id|patient|pt|her|his|their|the)(?![a-z])"
_LINK = rf"[^a-z\d]{{0,5}}(?:{_LINK_WORD}[^a-z\d]{{0,4}}){{0,4}}"
_FAR = r"\D{0,35}+"
_ANY = re.compile(r"nhs|c\.?h\.?i|hcn|health|h ?(?:&|and|\+|/) ?c")
_BEFORE = (
    (Kind.NHS_NUMBER, re.compile(rf"\bnhs(?:{_NO}{_FAR}|{_LINK})(?=\d)")),
    (Kind.CHI_NUMBER, re.compile(rf"(?:\b{_CHI}(?:{_NO}{_FAR}|{_LINK})|community health index{_LINK})(?=\d)")),
    (Kind.HC_NUMBER, re.compile(rf"\b{_HC}(?:{_NO}{_FAR}|{_LINK})(?=\d)")),
)
_TO_LABEL = r"(?<=\d)[^a-z\d]{0,4}(?:is |was )?(?:the |her |his |their )?"
_AFTER = (
    (Kind.NHS_NUMBER, re.compile(rf"{_TO_LABEL}nhs{_NO}")),
    (Kind.CHI_NUMBER, re.compile(rf"{_TO_LABEL}c\.?h\.?i(?:{_NO}|\b)")),
    (Kind.HC_NUMBER, re.compile(rf"{_TO_LABEL}{_HC}{_NO}")),
)
_PATIENT = re.compile(rf"\b(?:patient|pt|px|client|service user|baby|mum|lady|gentleman)(?:'s)?{_LINK}(?=\d)")
# Numbers with a name of their own. ISBN-10 has the very check digit of an NHS number, so each one would pass.
_OWN_NAME = re.compile(
    r"\b(?:isbn|issn|order|invoice|po|grant|award|meeting|webinar|conference|zoom|pmid|account|acct|ticket|charity"
    r"|company|serial|asset|tracking|barcode|case|purchase order|job|card|passcode|licence|contract|project)"
    r"[^a-z\d]{0,4}(?:(?:no|num|number|id|ref|reference|code|is|10)\b[^a-z\d]{0,4}){0,3}$"
)
_MISCOUNTED = re.compile(
    rf"\b(nhs|{_CHI}|{_HC}){_NO}[^a-z\d]{{0,5}}(?:is |was )?([1-9](?:[ .,\-/_]{{0,2}}\d){{7,10}})(?!\d)"
)
_MISCOUNTED_KIND = {"nhs": Kind.NHS_NUMBER, "chi": Kind.CHI_NUMBER}
_LOOK_BACK = 60


@dataclass(frozen=True, slots=True)
class Labels:
    """Which places in a text are named."""

    before: dict[int, Kind]
    """Where digits begin that a label leads up to."""
    after: dict[int, Kind]
    """Where digits end that a label follows."""
    patients: frozenset[int]
    """Where digits begin right after a word for a patient."""

    def has_named(self, found: Number) -> bool:
        """Whether a label says what `found` is."""
        return found.start in self.before or found.end in self.after


def any_in(lower: str) -> bool:
    """A quick no: whether NHS, CHI or H&C is written at all."""
    return _ANY.search(lower) is not None


def labels_in(lower: str) -> Labels:
    """Every place that is named; a number named twice has the kind that Kind lists first."""
    patients = frozenset(match.end() for match in _PATIENT.finditer(lower))
    if not any_in(lower):
        return Labels({}, {}, patients)
    before = {match.end(): kind for kind, pattern in reversed(_BEFORE) for match in pattern.finditer(lower)}
    after = {match.start(): kind for kind, pattern in reversed(_AFTER) for match in pattern.finditer(lower)}
    return Labels(before, after, patients)


def miscounted_in(lower: str) -> set[Kind]:
    """The kinds that a label names right before seven to eleven digits: one too few or too many is a slip."""
    if not any_in(lower):
        return set()
    return {_MISCOUNTED_KIND.get(match[1].replace(".", ""), Kind.HC_NUMBER) for match in _MISCOUNTED.finditer(lower)}


def has_own_name(lower: str, start: int) -> bool:
    """Whether the words before `start` name an order, a book, a meeting: something that is no patient."""
    return _OWN_NAME.search(lower, max(0, start - _LOOK_BACK), start) is not None
