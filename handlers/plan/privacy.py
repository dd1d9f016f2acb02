"""What plans do when a person asks for their data, or for its erasure."""

from collections.abc import Iterable

from handlers.kit.context import Context
from handlers.kit.happenings import DataAsked, ErasureAsked
from handlers.kit.text import day
from handlers.plan import months
from handlers.plan.feature import feature
from storage.plan_records import KeptPlan


@feature.hears(DataAsked)
def tell_plans(asked: DataAsked, context: Context) -> None:
    """The plans that a person made, looks after something in, or wrote the end of."""
    for kept in context.store.plans.kept_of(asked.person_id):
        network = context.store.networks.by_id(kept.network_id)
        name = network.name if network else "a network"
        asked.sections.append((f"Plan {kept.number} of {name}", "\n".join(f"- {one}" for one in lines(kept, context))))


def lines(kept: KeptPlan, context: Context) -> Iterable[str]:
    """What a plan holds of one person."""
    yield f"It began on {day(kept.began_on)}"
    if kept.made_at:
        yield f"You made it on {day(context.local_on(kept.made_at))}"
    if kept.why:
        yield f"Why you made a new one: {kept.why}"
    for title, month_on in kept.looks_after:
        yield f"You look after: {title}, for {months.in_words(month_on)}"
    if kept.end:
        yield f"What changed, you wrote: {kept.end.changed}"
        yield f"What lasts: {kept.end.lasts}"
        yield f"What was learned: {kept.end.learned}"


@feature.hears(ErasureAsked)
def erase_from_plans(asked: ErasureAsked, context: Context) -> None:
    """Take a person's name from plans; the network's words stay."""
    context.store.plans.erase_person(asked.person_id)
