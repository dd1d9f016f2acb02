"""What a check finds: that something is well, needs mending, or is worth knowing."""

from dataclasses import dataclass

OK, MEND, NOTE = "ok", "mend", "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report; `what` says how to mend it and holds no secret."""

    state: str
    what: str


def ok(what: str) -> Finding:
    """Something that is well."""
    return Finding(OK, what)


def mend(what: str) -> Finding:
    """Something that must be mended, with how."""
    return Finding(MEND, what)


def note(what: str) -> Finding:
    """Something worth knowing."""
    return Finding(NOTE, what)
