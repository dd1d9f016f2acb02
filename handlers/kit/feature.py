"""How a feature declares its routes, and how all features' routes become one table without two of one name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from handlers.kit.content import Example, Form
from handlers.kit.context import Context
from handlers.kit.events import Command, Press, Submission, Values
from handlers.kit.facts import Asked, Collect, Fact
from handlers.kit.occasions import Draw as DrawItems
from handlers.kit.occasions import Occasion
from handlers.kit.posts import Draw as DrawPost
from handlers.kit.posts import PostKind
from handlers.kit.replies import Reply
from storage.records import Person, Role

if TYPE_CHECKING:
    from storage.unit import Store

CommandHandler = Callable[[Command, str, Context], Reply]
"""Called with the event, what was typed after the command's words, and the context."""
PressHandler = Callable[[Press, Context], Reply]
SubmissionHandler = Callable[[Submission, Context], Reply]
Draw = Callable[[str, Context], Form]
"""Called with the form's argument: authorises, and returns the form as it stands now; may raise Refusal."""
Hear = Callable[[Any, Context], None]
H = TypeVar("H", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class CommandRoute:
    """Words that lead to a handler. `does` is its line in help; `roles` empty: for everyone.

    `offered` False: help never guesses it from other words; only from its own, mistyped.
    """

    words: str
    handler: CommandHandler
    does: str
    roles: frozenset[Role] = frozenset()
    also: tuple[str, ...] = ()
    order: int = 50
    offered: bool = True

    def is_for(self, person: Person) -> bool:
        """True if help should offer it to this person."""
        return not self.roles or any(held.role in self.roles for held in person.roles)


@dataclass(frozen=True, slots=True)
class FormRoute:
    """A form: `draw` authorises and draws it, `submit` takes values that already fit its questions."""

    name: str
    draw: Draw
    submit: SubmissionHandler


@dataclass
class Feature:
    """One conversation: a folder in `handlers/` whose `flow.py` declares its routes on one of these."""

    name: str
    commands: list[CommandRoute] = field(default_factory=list)
    presses: dict[str, PressHandler] = field(default_factory=dict)
    forms: dict[str, FormRoute] = field(default_factory=dict)
    hearings: list[tuple[type, Hear]] = field(default_factory=list)
    occasions: dict[str, Occasion] = field(default_factory=dict)
    posts: dict[str, PostKind] = field(default_factory=dict)
    collects: list[Collect] = field(default_factory=list)
    examples: Callable[[], Iterable[Example]] = tuple

    def command(
        self,
        words: str,
        *,
        does: str,
        roles: Iterable[Role] = (),
        also: Iterable[str] = (),
        order: int = 50,
        offered: bool = True,
    ) -> Callable[[CommandHandler], CommandHandler]:
        """Declare the words that lead to a handler; `also` are other spellings; `order` places it in help."""

        def declare(handler: CommandHandler) -> CommandHandler:
            self.commands.append(CommandRoute(words, handler, does, frozenset(roles), tuple(also), order, offered))
            return handler

        return declare

    def press(self, action: str) -> Callable[[PressHandler], PressHandler]:
        """Declare what a button with this action does."""

        def declare(handler: PressHandler) -> PressHandler:
            _put(self.presses, f"{self.name}.{action}", handler)
            return handler

        return declare

    def form(self, action: str, draw: Draw) -> Callable[[SubmissionHandler], SubmissionHandler]:
        """Declare a form, and what happens when it is sent with values that fit it."""

        def declare(handler: SubmissionHandler) -> SubmissionHandler:
            name = f"{self.name}.{action}"
            _put(self.forms, name, FormRoute(name, draw, handler))
            return handler

        return declare

    def hears(self, happening: type) -> Callable[[H], H]:
        """Declare that this feature acts when another announces such a happening."""

        def declare(handler: H) -> H:
            self.hearings.append((happening, handler))
            return handler

        return declare

    def facts(self, collect: Collect) -> Collect:
        """Declare what this feature tells of networks for updates and digests."""
        self.collects.append(collect)
        return collect

    def post(self, action: str) -> Callable[[DrawPost], DrawPost]:
        """Declare what may be posted to a network's home, by `handlers.kit.posts.post`."""

        def declare(draw: DrawPost) -> DrawPost:
            name = f"{self.name}.{action}"
            _put(self.posts, name, PostKind(name, draw))
            return draw

        return declare

    def occasion(
        self, action: str, *, title: str, role: Role | None, cadence: str, at: str = "09:00", answerable: bool = True
    ) -> Callable[[DrawItems], DrawItems]:
        """Declare what may be sent unasked to those who hold the role, and how often unless someone sets otherwise.

        `role` None: only to those who have a schedule of their own for it.
        """

        def declare(draw: DrawItems) -> DrawItems:
            name = f"{self.name}.{action}"
            _put(self.occasions, name, Occasion(name, title, role, cadence, at, draw, answerable))
            return draw

        return declare

    def letter(self, action: str, *, title: str) -> Callable[[DrawItems], DrawItems]:
        """Declare what other people, or the person themselves, have `handlers.kit.letters` bring to a person.

        It is drawn as an occasion is: what waits for each at that time.
        """

        def declare(draw: DrawItems) -> DrawItems:
            name = f"{self.name}.{action}"
            _put(self.occasions, name, Occasion(name, title, None, "", "", draw, answerable=False, is_letter=True))
            return draw

        return declare


class Routes:
    """All features' routes as one table; a name that two features claim is refused at the start."""

    def __init__(self, features: Iterable[Feature]) -> None:
        self.features = tuple(features)
        self.commands: dict[str, CommandRoute] = {}
        self.presses: dict[str, PressHandler] = {}
        self.forms: dict[str, FormRoute] = {}
        self.occasions: dict[str, Occasion] = {}
        self.posts: dict[str, PostKind] = {}
        for feature in self.features:
            for route in feature.commands:
                for words in (route.words, *route.also):
                    _put(self.commands, words, route)
            for action, handler in feature.presses.items():
                _put(self.presses, action, handler)
            for name, form in feature.forms.items():
                _put(self.forms, name, form)
            for name, occasion in feature.occasions.items():
                _put(self.occasions, name, occasion)
            for name, kind in feature.posts.items():
                _put(self.posts, name, kind)
        self._longest_words = max((words.count(" ") + 1 for words in self.commands), default=0)

    def find_command(self, text: str) -> tuple[CommandRoute, str] | None:
        """The route whose words begin the text (most words first), and the rest of the text as it was typed."""
        tokens = text.split()
        for count in range(min(self._longest_words, len(tokens)), 0, -1):
            words = " ".join(tokens[:count]).casefold().rstrip(".!?:,")
            if words in self.commands:
                return self.commands[words], _after(text, count)
        return None

    def commands_for(self, person: Person) -> list[CommandRoute]:
        """Each command once that this person may use, in help's order."""
        routes = {route.words: route for route in self.commands.values() if route.is_for(person)}
        return sorted(routes.values(), key=lambda route: (route.order, route.words))

    def facts(self, asked: Asked, store: "Store") -> list[Fact]:
        """What all features tell of these networks, by date; nothing that `asked.audience` may not read."""
        told = [fact for feature in self.features for collect in feature.collects for fact in collect(asked, store)]
        return sorted(told, key=lambda one: (one.on, one.key))

    def hearers(self, happening: type) -> list[Hear]:
        """Those who hear this kind of happening."""
        return [hear for feature in self.features for kind, hear in feature.hearings if kind is happening]


def _put(table: dict[str, Any], name: str, value: object) -> None:
    if name in table:
        raise ValueError(f"Two routes are called {name!r}; each name can lead to one place only.")
    table[name] = value


def _after(text: str, count: int) -> str:
    parts = text.split(maxsplit=count)
    return parts[count].strip() if len(parts) > count else ""


__all__ = ["CommandRoute", "Context", "Feature", "FormRoute", "Routes", "Values"]
