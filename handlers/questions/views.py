"""Shows a network's check-in questions to its co-ordinators, and what says how a change went."""

from collections.abc import Iterable, Sequence

from handlers.kit import choosing
from handlers.kit.content import Block, Bold, Button, Buttons, Example, Facts, Heading, Message, paragraph, plain
from handlers.kit.template import product_questions
from handlers.kit.text import counted
from handlers.questions import forms, rules
from storage.records import Audience, Condition, Network, QuestionKind, Template, TemplateQuestion

NOT_YOURS = "Only the co-ordinators of a network can change its questions. Type help to see what you can do."
MEMBERS_SEE = "Members see this from their next check-in. Older answers stay as they are."


def which_network(networks: Sequence[Network]) -> Message:
    """Asks someone who co-ordinates several networks which one they mean."""
    return choosing.which_network("Which network's questions do you want to see?", networks, "questions.show", "..")


def template(network: Network, version: Template, opening: str = "") -> Message:
    """All questions in their order, each with what can be done to it. `opening` says how the last change went."""
    title = f"Check-in questions of {network.name}"
    body: list[Block] = [paragraph(opening)] if opening else []
    body.append(Heading(title))
    for place, one in enumerate(version.questions):
        body.extend(_question(place, one, version))
    body.append(paragraph(_room(len(version.questions))))
    return Message(opening or title, tuple(body), tuple(_below(version)))


def _room(count: int) -> str:
    have = f"This check-in has {counted(count, 'question', 'questions')}."
    if count >= rules.MOST:
        return f"{have} That is the most. To add another, remove one first."
    return f"{have} It can have up to {rules.MOST}."


def _below(version: Template) -> Iterable[Button]:
    if len(version.questions) < rules.MOST:
        yield Button("Add a question", "questions.add", str(rules.Which(version.network_id)), opens_form=True)
    yield Button(
        "Use Weaver's questions",
        "questions.reset",
        str(rules.Which(version.network_id, version.version)),
        confirm="Use Weaver's own questions in place of these? Older answers stay as they are.",
    )


def _question(place: int, one: TemplateQuestion, version: Template) -> Iterable[Block]:
    yield paragraph(Bold(f"{place + 1}. {one.label}"))
    yield Facts(tuple(_about(one, version)))
    shown = str(rules.Which(version.network_id, version.version, one.key))
    opened = str(rules.Which(version.network_id, None, one.key))
    yield Buttons(
        (
            Button("Edit", "questions.edit", opened, opens_form=True, about=one.label),
            *((Button("Move up", "questions.up", shown, about=one.label),) if place else ()),
            Button(
                "Remove", "questions.remove", shown, danger=True, about=one.label,
                confirm="Remove this question? Older answers to it stay as they are.",
            ),
        )
    )  # fmt: skip


def _about(one: TemplateQuestion, version: Template) -> Iterable[tuple[str, str]]:
    kind = forms.KINDS[one.kind]
    yield "Kind", f"{kind}, {one.low} to {one.high}" if one.kind is QuestionKind.SCALE else kind
    if one.choices:
        yield "Choices", "; ".join(one.choices)
    yield "Must be answered", "Yes" if one.required else "No"
    yield "Who can read it at first" if one.kind.is_text else "Who can read it", forms.READERS[one.audience]
    if one.shown_if:
        yield "Asked", _when(one.shown_if, version)
    if one.asks_for_help:
        yield "A yes", "asks you for help"


def _when(condition: Condition, version: Template) -> str:
    earlier = version.question(condition.key)
    if earlier is None or not condition.values:
        return f"only if “{earlier.label if earlier else condition.key}” is answered"
    return f"only if the answer to “{earlier.label}” is {rules.named_answers(condition, earlier)}"


def kept(network: Network, version: Template) -> Message:
    """The questions as they are now, after a change."""
    return template(network, version, f"That is kept. {MEMBERS_SEE}")


def unchanged(network: Network, version: Template) -> Message:
    """The questions, after a change that changed nothing."""
    return template(network, version, "Nothing has changed.")


def stale(network: Network, version: Template, what: str) -> Message:
    """The questions as they are now, after a press on a list that has been overtaken."""
    return template(network, version, f"I did nothing, since the questions have changed: {what}. Here they are now.")


def stale_form(what: str, *, is_gone: bool) -> str:
    """What happened while somebody wrote, and what sending again does."""
    again = "Send it again to put your question at the end." if is_gone else "Send it again to keep it."
    return f"The questions have changed while you wrote: {what}. What you typed is still here. {again}"


def examples() -> Iterable[Example]:
    """Every message and form of this conversation, as it looks in use."""
    network = Network(7, "sh", "Sexual Health Improvement Network", "", None)
    other = Network(8, "mt", "Medical Training Voices", "", None)
    products = Template(3, 7, 1, product_questions())
    full = Template(4, 7, 12, tuple(_awkward()))
    broken = {"label": stale_form("“Where <next>?” was added", is_gone=False), "choices": rules.choices_problem(["A"])}
    yield Example("which_network", which_network([network, other]))
    yield Example("product", template(network, products))
    yield Example("full", kept(network, full))
    yield Example("unchanged", unchanged(network, products))
    yield Example("stale", stale(network, products, "“Where <next>?” was added and “When?” was taken out"))
    yield Example("refused_removal", plain(rules.why_not_remove(products.questions, "in_the_way")))
    yield Example("refused_move", plain(rules.why_not_move_up(products.questions, "help")))
    yield Example("refused_last", plain(rules.why_not_remove(products.questions[:1], "feeling")))
    yield Example("add", forms.add(network, products, "7.1."))
    yield Example("edit_scale", forms.edit(network, products, products.questions[0], "7.1.feeling"))
    yield Example("edit_condition", forms.edit(network, full, full.questions[7], "7.12.seven"))
    yield Example("edit_choices", forms.edit(network, full, full.questions[1], "7.12.one"), broken)


def _awkward() -> Iterable[TemplateQuestion]:
    """Eight questions of every kind, with awkward words."""
    choices = ("A <b>bold</b> & *brave* choice", "x" * rules.LONGEST_CHOICE, "Plain")
    kinds = (
        QuestionKind.SCALE, QuestionKind.CHOICE, QuestionKind.SEVERAL, QuestionKind.NUMBER, QuestionKind.YES_NO,
        QuestionKind.DATE, QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT,
    )  # fmt: skip
    for key, kind in zip(("zero", "one", "two", "three", "four", "five", "six", "seven"), kinds, strict=True):
        yield TemplateQuestion(
            key=key,
            label=f"Question {key}: what <moved> & _why_?",
            kind=kind,
            required=kind is QuestionKind.CHOICE,
            audience=Audience.NETWORK,
            choices=choices if kind in rules.WITH_CHOICES else (),
            low="stuck" if kind is QuestionKind.SCALE else "",
            high="thriving" if kind is QuestionKind.SCALE else "",
            shown_if=Condition("one", choices[:2]) if key == "seven" else None,
            asks_for_help=kind is QuestionKind.YES_NO,
        )
