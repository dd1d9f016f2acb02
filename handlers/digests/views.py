"""What a digest looks like: who needs the faculty, each network's line, and one network opened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.digests.periods import Period
from handlers.digests.rules import Digest, Line, Need, Waiting, read_in_order
from handlers.digests.topics import Topic
from handlers.kit.content import (
    Block,
    Bold,
    Button,
    Buttons,
    Heading,
    Message,
    Quote,
    paragraph,
    plain,
)
from handlers.kit.facts import Fact, Section
from handlers.kit.occasions import Item
from handlers.kit.text import counted, day, listed, short_day, shortened, weekday
from storage.records import Network

MOST_CHOSEN = 8
"""Networks that one digest can be narrowed to: its buttons carry them all."""
MOST_NEEDS = 6
"""What needs the faculty, on the first page; the rest is a press away."""
PAGE = 6
"""Networks on one page."""
MOST_QUIET = 4
"""Networks that have gone quiet, on the first page."""
MOST_OF_PLAN = 2
"""What of one plan is told in a line: what it counts, and a look at it, or the first that it counts."""
MOST_SAID = 12
"""Facts of one opened network on a page."""
LONGEST = 220
"""Characters of a quotation in a line; the whole stands where it came from."""
ONLY_FACULTY = "Only the faculty can see digests. Type help to see what you can do."
NO_NETWORKS = "There are no networks yet. An administrator adds them with a programme file."
ALONE = "I show this to you alone, since not everyone here is of the faculty. {faculty}"
FACULTY_PLACE = "In the faculty’s channel everyone sees it."
NO_PLACE = "To have one channel where all of the faculty see it, type make this the faculty’s channel there."
IN_PRIVATE = "Go to the faculty’s channel, mention me there, and write: make this the faculty’s channel"
ASK_ANEW = "Please ask there anew: mention me and write make this the faculty’s channel."
RELEASED = "It holds only what people let the faculty read."
NO_HELP = "Nobody asks for help, no goal or plan has slipped, and no network has gone quiet."
TITLES = {
    Waiting.HELP: "Asks for help",
    Waiting.ANSWER: "Asks you to decide",
    Waiting.PLAN: "Plans that wait",
    Waiting.GOALS: "Goals past their date",
}
SECTIONS = {
    Section.PRACTICE: "What changed in practice",
    Section.GOALS: "Goals",
    Section.CONNECTIONS: "Connections",
    Section.HEALTH: "How the network is",
    Section.LEARNED: "What did not work",
    Section.HELP: "Help",
    Section.NEXT: "Next",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What a digest is of, as its buttons carry it: a period, and some networks or (empty) all."""

    period: Period
    network_ids: tuple[int, ...] = ()

    def written(self, *more: int) -> str:
        """The argument of a button: the numbers of what is wanted, the period, then the networks."""
        return ".".join(map(str, (*more, self.period.written(), *self.network_ids)))


@dataclass(frozen=True, slots=True)
class Latest:
    """A network's newest update that was shared with the faculty: when, and the button to it."""

    shared_on: date
    button: Button


def digest(found: Digest, scope: Scope, latest: Mapping[int, Latest], page: int = 0, said: str = "") -> Message:
    """A page of networks; the first begins with who needs the faculty, and is useful by itself."""
    title = f"Digest, {found.period.in_words()}"
    count = counted(len(found.lines), "network", "networks")
    body: list[Block] = [
        Heading(title),
        *([paragraph(said)] if said else []),
        paragraph(f"{count}, by name. {RELEASED}"),
    ]
    if not page:
        body.extend(_needs(found, scope))
    first, last = page * PAGE + 1, min((page + 1) * PAGE, len(found.lines))
    which = f", {first} to {last} of {len(found.lines)}" if len(found.lines) > PAGE else ""
    body.append(Heading(f"Each network{which}"))
    for line in found.lines[page * PAGE : (page + 1) * PAGE]:
        body.extend(_line(line, scope, latest.get(line.network.id)))
    if not page and found.topics:
        body.extend(_topics(found))
    return Message(f"{title}: {count}.", tuple(body), tuple(_turns(found, scope, page)))


def _needs(found: Digest, scope: Scope) -> Iterable[Block]:
    yield Heading("Who needs you")
    if not found.needs and not found.quiet:
        yield paragraph(NO_HELP)
    for need in found.needs[:MOST_NEEDS]:
        yield from _need(need, scope)
    for network, last_on in found.quiet[:MOST_QUIET]:
        yield paragraph(Bold(f"{network.name}: "), _quiet(last_on))
        yield Buttons(actions(network, scope))
    if (more := len(found.quiet) - MOST_QUIET) > 0:
        yield paragraph(f"{counted(more, 'more network has', 'more networks have')} gone quiet.")
    if (more := len(found.needs) - MOST_NEEDS) > 0:
        button = Button("All that needs you", "digests.needs", scope.written(0))
        yield paragraph(f"{counted(more, 'more thing waits', 'more things wait')}.")
        yield Buttons((button,))


def _quiet(last_on: date | None) -> str:
    return f"nobody has checked in since the week of {day(last_on)}." if last_on else "nobody has checked in so far."


def _need(need: Need, scope: Scope) -> Iterable[Block]:
    yield paragraph(Bold(f"{need.network.name}: "), _says(need))
    if need.quoted:
        newest = max(need.quoted, key=lambda one: (one.on, one.key))
        several = len({one.by for one in need.facts}) > 1
        yield Quote(f"{shortened(newest.text, LONGEST)}{f' ({newest.by})' if several else ''}")
    yield Buttons(actions(need.network, scope))


def _says(need: Need) -> str:
    names = listed(sorted({one.by for one in need.facts if one.by}))
    if need.kind is Waiting.HELP:
        first = ", the first" if len({one.since for one in need.facts}) > 1 else ""
        return f"{names or 'Someone'} asked for help{first} on {day(need.since_on)}."
    if need.kind is Waiting.PLAN:
        return " ".join(shortened(one.text, LONGEST) for one in need.facts[:MOST_OF_PLAN])
    if need.kind is Waiting.GOALS:
        first = shortened(need.facts[0].text, LONGEST)
        count = len(need.facts)
        return first if count == 1 else f"{count} goals are past their date. {first}"
    newest = need.notes[-1]
    who = newest.author_name or "A co-ordinator"
    return f"{who} needs an answer, since {day(need.since_on)}: “{shortened(newest.text, LONGEST)}”"


def actions(network: Network, scope: Scope) -> tuple[Button, ...]:
    """What one can do about a network."""
    return (
        Button("Open", "digests.open", scope.written(network.id, 0), about=network.name),
        Button("Write to them", "digests.write", str(network.id), opens_form=True, about=network.name),
        Button("I will follow up", "digests.follow", str(network.id), opens_form=True, about=network.name),
    )


def _line(line: Line, scope: Scope, latest: Latest | None) -> Iterable[Block]:
    purpose = f"{line.network.purpose.rstrip('.')}. " if line.network.purpose else ""
    moved = f"{line.moved[:1].upper()}{line.moved[1:]}." if line.moved else "Nothing was shared with you in this time."
    update = f" Newest update: {day(latest.shared_on)}." if latest else ""
    yield paragraph(Bold(f"{line.network.name}: "), f"{purpose}{moved}{update}")
    if line.newest:
        yield paragraph(f"The newest: {_newest(line.newest)}")
    yield Buttons((*([latest.button] if latest else []), *actions(line.network, scope)))


def _newest(fact: Fact) -> str:
    text = shortened(" ".join(fact.text.split()), LONGEST)
    return f"“{text}” {fact.by}, {short_day(fact.on)}." if fact.is_quoted else text


def _topics(found: Digest) -> Iterable[Block]:
    yield Heading("What they could learn from each other")
    names = {line.network.id: line.network.name for line in found.lines}
    for topic in found.topics:
        yield paragraph(Bold(f"{topic.word}: "), _topic(topic, names))


def _topic(topic: Topic, names: Mapping[int, str]) -> str:
    return "; ".join(f"{names[one]}, “{shortened(fact.text, LONGEST // 2)}”" for one, fact in topic.facts)


def _turns(found: Digest, scope: Scope, page: int) -> Iterable[Button]:
    if page:
        yield Button("Earlier in the list", "digests.page", scope.written(page - 1))
    if (page + 1) * PAGE < len(found.lines):
        yield Button("More networks", "digests.page", scope.written(page + 1))
    yield Button("Choose days and networks", "digests.choose", scope.written(), opens_form=True)
    yield Button("Send me this each month", "digests.monthly")


def needs(found: Digest, scope: Scope, page: int) -> Message:
    """A page of all that needs the faculty."""
    title = f"Who needs you: {counted(len(found.needs), 'thing', 'things')}"
    body: list[Block] = [Heading(title)]
    kind: Waiting | None = None
    for need in found.needs[page * MOST_NEEDS : (page + 1) * MOST_NEEDS]:
        if need.kind is not kind:
            kind = need.kind
            body.append(Heading(TITLES[kind]))
        body.extend(_need(need, scope))
    turns = []
    if page:
        turns.append(Button("Back", "digests.needs", scope.written(page - 1)))
    if (page + 1) * MOST_NEEDS < len(found.needs):
        turns.append(Button("More", "digests.needs", scope.written(page + 1)))
    return Message(title, tuple(body), (*turns, Button("The whole digest", "digests.page", scope.written(0))))


def opened(
    line: Line, scope: Scope, latest: Latest | None, page: int, notes: int, figures: Sequence[str] = ()
) -> Message:
    """One network: all that the faculty may read of that time, by section, each with the way to its source."""
    title = f"{line.network.name}, {scope.period.in_words()}"
    body: list[Block] = [Heading(title)]
    if line.network.purpose and not page:
        body.append(paragraph(Bold("What it is for: "), line.network.purpose))
    facts = read_in_order(line.facts)
    section: Section | None = None
    for fact in facts[page * MOST_SAID : (page + 1) * MOST_SAID]:
        if fact.section is not section:
            section = fact.section
            body.append(Heading(SECTIONS[section]))
        body.extend(_fact(fact))
    if figures and not page:
        body += [Heading("How people answered, by month"), *map(paragraph, figures)]
    if not facts:
        body.append(paragraph("Nothing was shared with you in this time."))
    turns = []
    if page:
        turns.append(Button("Earlier in the list", "digests.open", scope.written(line.network.id, page - 1)))
    if (page + 1) * MOST_SAID < len(facts):
        turns.append(Button("More of this network", "digests.open", scope.written(line.network.id, page + 1)))
    write, follow = actions(line.network, scope)[1:]
    if notes:
        turns.append(Button(f"Notes ({notes})", "digests.notes", f"{line.network.id}.0"))
    update = [latest.button] if latest else []
    return Message(title, tuple(body), (*turns, *update, write, follow))


def _fact(fact: Fact) -> Iterable[Block]:
    if fact.is_quoted:
        yield paragraph(f"{fact.by or 'Someone'}, on {weekday(fact.on)}:")
        yield Quote(fact.text)
    else:
        yield paragraph(fact.text)
    if fact.chart:
        yield fact.chart
    if fact.opens:
        yield Buttons((fact.opens,))


def not_days(words: str) -> Message:
    """Says that a period was not understood, and what is."""
    said = shortened(words, 40)
    return plain(
        f"I do not know the days “{said}”. Type digest, digest last month, digest last quarter or digest May 2027.",
        Button("Choose days and networks", "digests.choose", opens_form=True),
    )


def monthly() -> Message:
    """Says that the digest comes each month, and how to change or stop it."""
    text = "The digest comes to you on the first Monday of each month. To change or stop it, type prompts."
    return plain(text, Button("My prompts", "nudges.mine"))


def due() -> Item:
    """The line that brings the monthly digest."""
    text = "The digest of your networks is ready: who needs you, and what moved in the last four weeks."
    return Item(text, Button("Show the digest", "digests.lately"))


def make_channel(ask_id: int) -> Message:
    """Says what the faculty's channel is, and asks for a press."""
    text = "When one of you types digest here, everyone in this channel sees it. Is everyone here of the faculty?"
    return plain(text, Button("Yes, make it so", "digests.channel", str(ask_id)))


def is_channel() -> Message:
    """The channel is made."""
    text = "Done. Type digest in that channel, and everyone there sees it. Elsewhere it is for you alone."
    return plain(text, Button("Do not show it there", "digests.no_channel"))


def no_channel() -> Message:
    """There is none any more."""
    text = "Done. Digests are only for the one who asks now."
    return plain(text, Button("Show the digest", "digests.lately"))
