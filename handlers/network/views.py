"""What the network's week shows: records in, messages out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from handlers.kit import answers, choosing
from handlers.kit.content import (
    Block,
    Bold,
    Button,
    Chart,
    Example,
    Heading,
    Message,
    paragraph,
)
from handlers.kit.occasions import Item
from handlers.kit.template import product_questions
from handlers.kit.text import counted, day, listed, short_day
from handlers.network.rules import WEEKS, Missing, Trend
from storage.records import Answer, Audience, CheckIn, Network, Template

PAGE = 5
"""Check-ins on one page."""


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a network, as one reader may see it."""

    network: Network
    week_on: date
    answered: int
    wanting_help: Sequence[str]
    trend: Trend | None
    checkins: Sequence[CheckIn]
    readable: int
    templates: Mapping[int, Template]
    page: int
    reader_id: int
    missing: Sequence[Missing] = ()
    back: int = 0


def which_network(networks: Sequence[Network]) -> Message:
    """Asks which network to look at."""
    or_type = "Or type network and part of its name."
    return choosing.which_network(
        "Which network do you want to look at?", networks, "network.week", ".0.0", or_type=or_type
    )


def week(seen: Week) -> Message:
    """The week: how many answered, who asked for help, the trend, and the check-ins that the reader may read."""
    title = f"{seen.network.name}, week of {day(seen.week_on)}"
    count = _count(seen.answered, is_past=seen.back > 0)
    body: list[Block] = [Heading(title), paragraph(count)]
    body.extend(_missing(seen.missing, seen.week_on))
    if seen.wanting_help:
        body.append(paragraph(Bold("Asking for help: "), listed(seen.wanting_help)))
    if seen.trend and not seen.page:
        body.append(_chart(seen.trend))
    for checkin in seen.checkins:
        is_own = checkin.person_id == seen.reader_id
        marks = ", ".join(["you"] * is_own + ["edited"] * bool(checkin.edited_at))
        body.append(Heading(f"{checkin.person_name} ({marks})" if marks else checkin.person_name))
        body.extend(answers.blocks(checkin, seen.templates[checkin.template_id], with_audience=is_own))
    if not seen.checkins:
        week = "that week" if seen.back else "this week"
        body.append(paragraph(f"Nothing is shared with you {week}. People choose who can read what they write."))
    return Message(f"{title}: {count}", tuple(body), tuple(_turns(seen)))


def _count(answered: int, *, is_past: bool) -> str:
    if is_past:
        return f"{counted(answered, 'person', 'people') if answered else 'Nobody'} checked in that week."
    if not answered:
        return "Nobody has checked in yet this week."
    return f"{counted(answered, 'person has', 'people have')} checked in so far this week."


def _turns(seen: Week) -> Iterable[Button]:
    """To the other pages of the week, and to the weeks before and after."""

    def turn(label: str, page: int, back: int) -> Button:
        return Button(label, "network.week", f"{seen.network.id}.{page}.{back}")

    if seen.page:
        yield turn("Newer", seen.page - 1, seen.back)
    if (seen.page + 1) * PAGE < seen.readable:
        yield turn("Older", seen.page + 1, seen.back)
    if seen.back < WEEKS:
        yield turn("The week before", 0, seen.back + 1)
    if seen.back:
        yield turn("The week after", 0, seen.back - 1)


def _missing(rows: Sequence[Missing], week_on: date) -> Iterable[Block]:
    """How many have not answered, as a number beside the weeks before; never who."""
    if rows and rows[-1].week_on == week_on:
        now = rows[-1]
        left = {0: "Everyone has answered.", 1: "One has not answered yet."}
        text = f"I asked {counted(now.asked, 'person', 'people')}. " + left.get(
            now.missing, f"{now.missing} of them have not answered yet."
        )
        before = [f"{one.missing} of {one.asked}" for one in rows[:-1]]
        which = "The time before" if len(before) == 1 else "The times before, oldest first"
        yield paragraph(text + (f" {which}: {listed(before)}." if before else ""))


def waiting(network: Network, people: int, back: int) -> Item:
    """The line that says that help was asked for."""
    text = f"{counted(people, 'person', 'people')} asked for help in {network.name}."
    return Item(text, Button("See who", "network.look", f"{network.id}.0.{back}", about=network.name))


def _chart(trend: Trend) -> Chart:
    question = trend.question
    ends = f"from 1, {question.low}, to 5, {question.high}"
    known = [mean for mean in trend.means if mean is not None]
    span = f"The lowest week is {min(known):g}, the highest {max(known):g}." if known else "There are no answers yet."
    if len(known) == 1:
        span = f"One week has answers so far: {known[0]:g}."
    return Chart(
        title=question.label,
        summary=f"{question.label} Weekly average of the answers that you may read, over {WEEKS} weeks, {ends}. {span}",
        categories=tuple(short_day(week_on) for week_on in trend.weeks),
        values=trend.means,
        series="Average",
        low=1,
        high=5,
    )


def examples() -> Iterable[Example]:
    """Every message of this conversation, as it looks in use."""
    network = Network(7, "sh", "Sexual Health Improvement Network", "", None)
    yield Example("which_network", which_network([network, Network(8, "mt", "Medical Training Voices", "", None)]))
    yield Example("which_of_many", which_network([network] * (choosing.MOST + 1)))
    template = Template(3, 7, 1, product_questions())
    week_on = date(2027, 1, 11)
    weeks = tuple(week_on - timedelta(weeks=WEEKS - 1 - number) for number in range(WEEKS))
    means = (None, 2.5, 2.8, None, 3.0, 3.1, 3.6, 3.4, None, 3.9, 4.0, 3.7)
    trend = Trend(product_questions()[0], weeks, means)
    at = datetime(2027, 1, 12, 17, 30, tzinfo=UTC)
    words = "No <room> that we can book. <!channel> & <at>all</at> *now*"
    given = (Answer("feeling", "4", Audience.COORDINATOR), Answer("in_the_way", words, Audience.COORDINATOR))
    one = CheckIn(41, 7, 5, "Ann Example", 3, week_on, at, at, None, given)
    seen = Week(network, week_on, 23, ["Ann Example", "Ben Sample"], trend, [one] * PAGE, 21, {3: template}, 0, 9)
    yield Example("week", week(seen))
    missing = (Missing(week_on - timedelta(weeks=2), 12, 2), Missing(week_on, 12, 3))
    yield Example("week_missing", week(replace(seen, missing=missing, checkins=[one], readable=1)))
    yield Example("week_before", week(replace(seen, trend=None, checkins=[], readable=0, back=1)))
    empty = Week(network, week_on, 1, [], None, [], 0, {}, 0, 9)
    yield Example("quiet_week", week(empty))
