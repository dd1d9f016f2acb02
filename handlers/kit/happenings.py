"""What features tell each other, so that none imports another."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataAsked:
    """A person asks for all that is kept about them; each feature adds its part with `sections`."""

    person_id: int
    sections: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """A person asks that all of theirs be erased; each feature erases what it keeps."""

    person_id: int


Happening = DataAsked | ErasureAsked
