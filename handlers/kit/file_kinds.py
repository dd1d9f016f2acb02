"""A kind of file that something is given as: the press that makes it, what it is, and how it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from handlers.kit.content import Again, Attachment

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FileKind(Generic[T]):
    """`action`: the route that makes the file again. `about` says in a few words what it is."""

    action: str
    media_type: str
    about: str
    make: Callable[[T], bytes]

    def of(self, told: T, name: str, argument: object) -> Attachment:
        """The file of that name; `argument` is what the press that makes it again carries."""
        return Attachment(name, self.media_type, self.make(told), self.about, Again(self.action, str(argument)))
