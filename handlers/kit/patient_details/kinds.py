"""The kinds of detail that can point at one patient, in the words that a person reads."""

import enum


class Kind(enum.Enum):
    """One kind of patient detail; `.value` is how a sentence names it, with its article."""

    NHS_NUMBER = "an NHS number"
    CHI_NUMBER = "a CHI number"
    HC_NUMBER = "a Health and Care number"
    DATE_OF_BIRTH = "a date of birth"
    POSTCODE = "a full postcode"
    NATIONAL_INSURANCE = "a National Insurance number"
    PHONE = "a phone number"
    EMAIL = "an e-mail address"
    HOSPITAL_NUMBER = "a hospital number"


DECLARABLE = frozenset({Kind.PHONE, Kind.EMAIL})
"""The only kinds of which a person may say "this is not a patient's"."""
