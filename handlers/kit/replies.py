"""What a handler decided should happen next; a platform carries it out after the commit."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.kit.content import Form, Message


@dataclass(frozen=True, slots=True)
class Say:
    """Answer with a message, to the sender alone.

    In a shared place the platform answers where only the sender can read. `public` answers everyone in the place;
    it is for words that hold nothing of anyone's.
    """

    message: Message
    public: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """Open a form in place. Where the platform cannot open one now, say `otherwise`, which has a button that can."""

    form: Form
    otherwise: Message


@dataclass(frozen=True, slots=True)
class Correct:
    """A submitted form needs mending: nothing was kept, `form` holds what was typed, `errors` one sentence a key.

    `redraw`: the form has changed since it was sent (a question came), so errors alone are not enough.
    """

    form: Form
    errors: Mapping[str, str] = field(default_factory=dict)
    redraw: bool = False


@dataclass(frozen=True, slots=True)
class Replace:
    """Put this message in the place of the one whose button was pressed; where there is none, say it."""

    message: Message


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing to say: acknowledge, and close the form if one was open."""


Reply = Say | Ask | Correct | Replace | Nothing
