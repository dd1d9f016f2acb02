"""Hospital and other local patient numbers: their formats differ everywhere, so the words before them lead."""

import re

_NO = r"(?:no|nos|num|number|numbers|id|identifier|#|ref|reference|n)\b\.?"
_LABEL = (
    r"(?:\bmrns?\b|\b(?:hospital|hosp|unit|case ?-?notes?|patient|pt|medical record|health record|record|pas|rio"
    r"|systmone|emis|lorenzo|epic|cerner|district|clinic|crn|episode|pathway|client|service user)\.?(?:'s)? ?-?"
    rf"{_NO}|\bcase ?-?notes? (?=[a-z]{{0,4}}\d)|\bhosp(?:ital)?\.? ?(?:no|#)|\bpid\b|\bk ?number\b)"
)
_LINK = r"[^a-z\d]{0,5}(?:(?:is|was|are|no|number|for|the|patient|pt|this)\b[^a-z\d]{0,4}){0,3}"
_CODE = (
    r"(?!(?:of|in|at|to|by|on|and|from|with)\b)([a-z]{0,4}[ \-/._]?\d(?:[ \-/._]?\d){3,11}[a-z]?)(?![a-z\d]|[,.]\d|%)"
)
_LABELLED = re.compile(rf"{_LABEL}{_LINK}{_CODE}")
_THEN_LABEL = re.compile(
    r"(?<![a-z\d.,£])[a-z]{0,4}\d{4,12}[a-z]?[ ,:]? ?\(? ?(?:mrn|hosp(?:ital)?\.? (?:no|num|number))\b"
)
_PATIENT = re.compile(
    r"\b(?:pt|patient|client)\b[ :#(\-]{0,3}(?:[a-z]{1,4}-?\d{5,8}|\d{6,9})"
    r"(?![a-z\d]|[,.]\d|%| (?:visits|contacts|records|days))"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:[ \-/]{1,3}(?:\d\d)?\d\d)?|0[1-9]\d{2,4} ?\d{3} ?\d{3,4}")


def holds_one(folded: str) -> bool:
    """Whether `folded` (see spelling.plain) holds a local patient number."""
    lower = folded.lower()
    if any(not _YEAR.fullmatch(match[1].strip()) for match in _LABELLED.finditer(lower)):
        return True
    if _PATIENT.search(lower):
        return True
    return ("mrn" in lower or "hosp" in lower) and _THEN_LABEL.search(lower) is not None
