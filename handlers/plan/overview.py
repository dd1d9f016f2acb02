"""What faculty see of all networks' plans: first what waits somewhere, by name, then where each of the others is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.kit.content import Block, Bold, Button, Buttons, Heading, Message, paragraph
from handlers.kit.text import counted, day, listed, shortened
from handlers.plan import exceptions, lines, standing
from handlers.plan.months import in_words
from storage.plan_records import Plan
from storage.records import Network

PAGE = 8
"""Networks on one page."""
LONGEST = 120
"""Characters of a title."""
MOST_NAMED = 6
"""Names in the line of those that share no plan; the rest are counted."""
NO_PLAN_WEEKS = timedelta(weeks=4)
"""So long after a review it is said that no plan is shared."""
ABANDONED = timedelta(weeks=8)
"""A review in which nobody has done anything for so long needs somebody."""
ONLY_FACULTY = "Only the faculty can see the plans of all networks. Type plan to see your own network’s."
NO_NETWORKS = "There are no networks yet. An administrator adds them with a programme file."
RELEASED = "It holds only plans that networks share with the faculty."
ALL_WELL = "Nothing in these plans has slipped, and no review point was left out."


@dataclass(frozen=True, slots=True)
class Known:
    """What the faculty may know of one network's plan. `ended_on`: when a plan of it came to its end; `reviewed_on`:
    when its newest review did that is shared with them; `moved_on`: when anyone last did something in a review that
    goes on, of those in which the reader has a seat."""

    network: Network
    plan: Plan | None = None
    ended_on: date | None = None
    reviewed_on: date | None = None
    moved_on: date | None = None

    @property
    def is_shared(self) -> bool:
        """True if there is anything to say of it where nothing waits."""
        return self.plan is not None or self.ended_on is not None


def waits(known: Known, today_on: date) -> list[str]:
    """What needs somebody in that network, a sentence each."""
    found = [one.text for one in exceptions.slips(known.plan, today_on)] if known.plan else []
    if _has_no_plan(known, today_on) and known.reviewed_on:
        found.append(f"A review ended on {day(known.reviewed_on)}. No plan has been shared with you since.")
    if known.moved_on and today_on - known.moved_on >= ABANDONED:
        found.append(f"The review that you are in has not moved since {day(known.moved_on)}.")
    return found


def _has_no_plan(known: Known, today_on: date) -> bool:
    """True some weeks after a review; not after the one that belongs to the end of a plan."""
    if known.plan is not None or known.reviewed_on is None or today_on - known.reviewed_on < NO_PLAN_WEEKS:
        return False
    return known.ended_on is None or known.reviewed_on - known.ended_on >= NO_PLAN_WEEKS


def where(known: Known, today_on: date) -> str:
    """Where the network is in its plan, and when its people look at it next."""
    if known.plan is None:
        return f"Its plan ended on {day(known.ended_on)}." if known.ended_on else ""
    following = next((one for one in standing.waiting_points(known.plan) if one.on >= today_on), None)
    ahead = f"The next review point is on {day(following.on)}." if following else ""
    item = standing.next_item(known.plan, today_on)
    title = f"Next: “{shortened(item.title, LONGEST)}”, in {in_words(item.month_on)}." if item else ""
    return " ".join(filter(None, [lines.where_now(known.plan, today_on), ahead, title]))


def overview(known: Sequence[Known], page: int, today_on: date) -> Message:
    """A page of all networks, by name: what waits first; at the end who shares no plan."""
    waiting = [(one, said) for one in known if (said := waits(one, today_on))]
    others = [(one, list[str]()) for one in known if one.is_shared and not waits(one, today_on)]
    rows = [*waiting, *others]
    last = max(0, (len(rows) - 1) // PAGE)
    page = min(page, last)
    title = f"Plans of {counted(len(known), 'network', 'networks')}"
    body: list[Block] = [Heading(title), paragraph(f"By name. {RELEASED}")]
    if rows and not waiting:
        body.append(paragraph(ALL_WELL))
    heading = ""
    for one, said in rows[page * PAGE : (page + 1) * PAGE]:
        above = "What waits" if said else "Where the others are" if waiting else "Where each is"
        body += [Heading(above)] if above != heading else []
        heading = above
        body.extend(_row(one, said, today_on))
    if page == last:
        body.extend(_silent([one.network for one in known if not one.is_shared and not waits(one, today_on)]))
    return Message(title, tuple(body), tuple(_turns(page, last)))


def _row(known: Known, said: Sequence[str], today_on: date) -> Iterable[Block]:
    name, network_id = known.network.name, str(known.network.id)
    if said:
        yield paragraph(Bold(f"{name}: "), " ".join(said))
    if known.is_shared:
        yield paragraph(*([] if said else [Bold(f"{name}: ")]), where(known, today_on))
    buttons = [Button("Open", "plan.show", network_id, about=name)] if known.is_shared else []
    buttons += [Button("Go on with the review", "help.do", "diagnostic", about=name)] if known.moved_on and said else []
    buttons += [Button("Write to them", "digests.write", network_id, opens_form=True, about=name)] if said else []
    yield Buttons(tuple(buttons))


def _silent(networks: Sequence[Network]) -> Iterable[Block]:
    if not networks:
        return
    more = len(networks) - MOST_NAMED
    names = [one.name for one in networks[:MOST_NAMED]] + ([f"{more} more"] if more > 0 else [])
    count = counted(len(networks), "network shares", "networks share")
    yield paragraph(f"{count} no plan with the faculty. That is for each to decide. By name: {listed(names)}.")


def _turns(page: int, last: int) -> Iterable[Button]:
    if page:
        yield Button("Earlier in the list", "plan.networks", str(page - 1))
    if page < last:
        yield Button("More networks", "plan.networks", str(page + 1))
    yield Button("Show the digest", "digests.lately")
