"""Shows who is in a network and what each one does, and the forms that add people and change roles."""

from collections.abc import Iterable, Sequence

from handlers.kit import choosing
from handlers.kit.content import (
    Block,
    Bold,
    Button,
    Buttons,
    Choice,
    Example,
    Form,
    Heading,
    Message,
    Question,
    pages,
    paragraph,
    plain,
)  # fmt: skip
from handlers.kit.text import counted
from handlers.people import rules
from storage.records import Network, Person, QuestionKind, Role, RoleHeld

PAGE = 20
"""People on one page: with a row of buttons each, that stays below the 50 blocks of a Slack message."""

HELP = Button("What can I do?", "help.everything")
NOT_YOURS = "Only co-ordinators and administrators can change who is in a network. Type help to see what you can do."
GONE = "That person is no longer in this network. Type people to see who is."
SEVERAL_ACCOUNTS = (
    "Some people use both Slack and Teams. The programme file can hold both accounts: ask the people who run this "
    "service."
)
_CHOICES = tuple(Choice(role.value, rules.ROLE_WORDS[role].capitalize()) for role in rules.IN_NETWORK)
_OUTSIDE = "Someone from another organisation's workspace can't be added here, only in the programme file."
_CAN = "A member checks in. A leader can also read what is shared with leaders. A co-ordinator can also add people."


def _add(network: Network | None) -> Button:
    return Button("Add someone", "people.add", str(network.id) if network else "", opens_form=True)


def _everyone(network: Network) -> Button:
    return Button("Everyone", "people.page", f"{network.id}.0", about=network.name)


def which_network(networks: Sequence[Network]) -> Message:
    """Asks someone who looks after several networks which one they mean."""
    question = "Which network do you want to see? You can also type people and a name, such as people ann."
    return choosing.which_network(question, networks, "people.page", ".0", also=(_add(None),))


def listing(network: Network, people: Sequence[Person], page: int, total: int) -> Message:
    """A page of the network's people, by name, with what each one does."""
    if not total:
        return plain(f"Nobody is in {network.name} yet.", _add(network))
    title = f"{network.name}: {counted(total, 'person', 'people')}"
    body: list[Block] = [Heading(title)]
    if total > PAGE:
        first = page * PAGE + 1
        body.append(paragraph(f"{first} to {first + len(people) - 1}, by name. To find one, type people and a name."))
    for one in people:
        body.extend(_row(one, network))
    return Message(title, tuple(body), (*_turn(network, page, total), _add(network)))


def _turn(network: Network, page: int, total: int) -> tuple[Button, ...]:
    words = {"Newer": "Previous page", "Older": "Next page"}
    turns = pages("people.page", page, total, PAGE, f"{network.id}.")
    return tuple(Button(words[one.label], one.action, one.argument) for one in turns)


def _row(person: Person, network: Network, *, named: bool = False) -> Iterable[Block]:
    where = f" of {network.name}" if named else ""
    yield paragraph(Bold(person.name), f": {rules.roles_in_words(rules.roles_in(person, network.id))}{where}")
    yield Buttons((Button("Change", "people.show", f"{network.id}.{person.id}", about=person.name),))


def found(words: str, hits: Sequence[tuple[Person, Network]]) -> Message:
    """Who has the typed words in their name, in the networks that one looks after."""
    if not hits:
        return plain("I found nobody with that name. Try a shorter part of it, or add someone.", _add(None))
    shown = hits[:PAGE]
    title = f"I found {counted(len(hits), 'match', 'matches')} for “{words}”"
    body: list[Block] = [Heading(title)]
    for person, network in shown:
        body.extend(_row(person, network, named=True))
    if len(hits) > len(shown):
        body.append(paragraph(f"These are the first {PAGE}. Type more of the name to see fewer."))
    return Message(title, tuple(body), (_add(None),))


def one_person(person: Person, network: Network, *, is_oneself: bool) -> Message:
    """One person's part in one network, with what can be changed."""
    which, name = f"{network.id}.{person.id}", "You" if is_oneself else person.name
    are = "are" if is_oneself else "is"
    opening = f"{name} {are} {rules.roles_in_words(rules.roles_in(person, network.id))} of {network.name}."
    sure = f"Remove {person.name} from {network.name}?"
    if is_oneself:
        sure = f"Remove yourself from {network.name}? You will no longer see it. Only someone else can add you again."
    return plain(
        opening,
        Button("Change roles", "people.change", which, opens_form=True, about=person.name),
        Button("Remove", "people.remove", which, danger=True, about=person.name, confirm=sure),
        _everyone(network),
    )


def add_form(networks: Sequence[Network], argument: str) -> Form:
    """The form that adds someone; it asks which network only where there are several."""
    questions = [
        Question("person", "Who is it?", QuestionKind.PERSON, True, _OUTSIDE),
        Question("name", "Their name", QuestionKind.SHORT_TEXT, True, "As others know them.", max_length=80),
        Question("role", "What do they do?", QuestionKind.CHOICE, True, _CAN, _CHOICES, Role.MEMBER.value),
    ]
    if len(networks) > 1:
        choices = tuple(Choice(str(one.id), one.name) for one in networks)
        questions.append(Question("network", "In which network?", QuestionKind.CHOICE, True, choices=choices))
    where = f"To {networks[0].name}. " if len(networks) == 1 else ""
    intro = (f"{where}They get no message now.",)
    return Form("people.add", "Add someone", tuple(questions), argument, intro, "Add")


def change_form(person: Person, network: Network) -> Form:
    """The form that sets what a person does in a network."""
    held = tuple(role.value for role in rules.roles_in(person, network.id))
    hint = f"{_CAN} To take someone out, use Remove."
    label = f"What does {person.name} do?"
    question = Question("roles", label, QuestionKind.SEVERAL, True, hint, _CHOICES, held)
    return Form(
        "people.change", "Change roles", (question,), f"{network.id}.{person.id}", (f"In {network.name}.",), "Save"
    )


def added(name: str, role: Role, network: Network, *, is_new: bool) -> Message:
    """Says who can do what now, and what to tell them."""
    now = f"{name} is now {rules.role_in_words(role, network.name)}."
    if not is_new:
        return plain(f"I knew this account already. {now}", _add(network), _everyone(network))
    opening = f"{now} They have no message from me: please tell them to open this bot and type help."
    return Message(opening, (paragraph(opening), paragraph(SEVERAL_ACCOUNTS)), (_add(network), _everyone(network)))


def already(name: str, role: Role, network: Network) -> Message:
    """Says that nothing had to change."""
    text = f"{name} is already {rules.role_in_words(role, network.name)}. Nothing has changed."
    return plain(text, _add(network), _everyone(network))


def changed(person: Person, network: Network, *, may_still: bool, nobody_left: bool) -> Message:
    """Says what a person does now."""
    now = f"{person.name} is now {rules.roles_in_words(rules.roles_in(person, network.id))} of {network.name}."
    return _done(now, network, may_still, nobody_left)


def removed(name: str, network: Network, *, is_oneself: bool, may_still: bool, nobody_left: bool) -> Message:
    """Says that a person is out, and what stays."""
    gone = f"You are no longer in {network.name}. Your check-ins stay. To erase them, type erase my data."
    if not is_oneself:
        stay = "Their check-ins stay. To erase them, they can type erase my data."
        gone = f"{name} is no longer in {network.name}. {stay}"
    return _done(gone, network, may_still, nobody_left)


def _done(text: str, network: Network, may_still: bool, nobody_left: bool) -> Message:
    if nobody_left:
        text += f" Nobody co-ordinates {network.name} now. Please add someone."
    return plain(text, *((_everyone(network), _add(network)) if may_still else (HELP,)))


def last_coordinator(name: str, network: Network, *, is_oneself: bool = False) -> str:
    """Why a network's last co-ordinator stays, and how to mend that."""
    who = "You are" if is_oneself else f"{name} is"
    return f"{who} the only co-ordinator of {network.name}. Make someone else co-ordinator first, then try again."


def examples() -> Iterable[Example]:
    """Every message and form of this conversation, as it looks in use."""
    network = Network(7, "sh", "Sexual Health Improvement Network", "", None)
    other = Network(8, "mt", "Medical Training Voices", "", None)
    ann = Person(5, "Ann <Example> & *Co*", roles=(RoleHeld(Role.MEMBER, 7), RoleHeld(Role.LEADER, 7)))
    people = [Person(number, f"Person {number} Example", roles=(RoleHeld(Role.MEMBER, 7),)) for number in range(20)]
    yield Example("which_network", which_network([network, other]))
    yield Example("listing", listing(network, people, 1, 53))
    yield Example("listing_small", listing(network, [ann], 0, 1))
    yield Example("nobody", listing(network, [], 0, 0))
    yield Example("found", found("example", [(one, network) for one in [ann, *people]]))
    yield Example("found_nobody", found("zoe", []))
    yield Example("one_person", one_person(ann, network, is_oneself=False))
    yield Example("oneself", one_person(ann, network, is_oneself=True))
    yield Example("add", add_form([network], "7"))
    yield Example("add_to_one_of_several", add_form([network, other], ""), {"person": rules.account_problem("")})
    yield Example("last_coordinator", plain(last_coordinator(ann.name, network, is_oneself=True)))
    yield Example("change", change_form(ann, network), {"roles": last_coordinator(ann.name, network)})
    yield Example("added", added(ann.name, Role.COORDINATOR, network, is_new=True))
    yield Example("added_known", added(ann.name, Role.LEADER, network, is_new=False))
    yield Example("already", already(ann.name, Role.LEADER, network))
    yield Example("changed", changed(ann, network, may_still=True, nobody_left=True))
    yield Example("removed", removed(ann.name, network, is_oneself=False, may_still=True, nobody_left=False))
    yield Example("removed_oneself", removed(ann.name, network, is_oneself=True, may_still=False, nobody_left=False))
