"""The patient-detail guard: which kinds of patient detail a text holds, and what to tell its writer.

It stands where any text from a person enters, before storage, logs and models. It reads and answers; it keeps nothing,
and never hands a value on. Names and stories in free prose are not promised: tests/rules/patient_details_missed.toml
lists what it is known to miss.
"""

import re

from handlers.kit.patient_details import births, emails, hospital, insurance, numbers, phones, postcodes
from handlers.kit.patient_details.digits import runs_in
from handlers.kit.patient_details.kinds import DECLARABLE, Kind
from handlers.kit.patient_details.sentences import NO_PATIENTS, forget_it_sentence, sentence
from handlers.kit.patient_details.spelling import digits_for_letters, plain

__all__ = ["DECLARABLE", "NO_PATIENTS", "Kind", "forget_it_sentence", "kinds_in", "sentence"]

_RULES = (
    (Kind.DATE_OF_BIRTH, births.holds_one),
    (Kind.POSTCODE, postcodes.holds_one),
    (Kind.NATIONAL_INSURANCE, insurance.holds_one),
    (Kind.HOSPITAL_NUMBER, hospital.holds_one),
)
_ANY_DIGIT = re.compile(r"[0-9]")


def kinds_in(text: str) -> frozenset[Kind]:
    """The kinds of patient detail in `text`; never the value. Linear in its length, and quick when there is none."""
    has_digit = _ANY_DIGIT.search(text) is not None
    if not has_digit and text.isascii() and not emails.may_hold_one(text):
        return frozenset()
    folded = plain(text)
    found: set[Kind] = set()
    if emails.found_in(folded):
        found.add(Kind.EMAIL)
    if _ANY_DIGIT.search(folded):
        found |= _numbered(folded)
    return frozenset(found)


def _numbered(folded: str) -> set[Kind]:
    found = {kind for kind, holds_one in _RULES if holds_one(folded)}
    found |= _phones_and_patient_numbers(digits_for_letters(folded).lower())
    if "|" in folded:  # it may stand for a 1, or between two groups
        found |= _phones_and_patient_numbers(digits_for_letters(folded.replace("|", ";")).lower())
    return found


def _phones_and_patient_numbers(lower: str) -> set[Kind]:
    runs = list(runs_in(lower))
    phone_spans = phones.international_in(lower) + phones.national_in(lower, runs) + phones.said_in(lower)
    taken = bytearray(len(lower))
    for start, end in phone_spans:
        taken[start:end] = b"\x01" * (end - start)
    return ({Kind.PHONE} if phone_spans else set()) | numbers.kinds_in(lower, runs, taken)
