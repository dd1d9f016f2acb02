"""What pulses tell of networks for updates and digests: what one came to, once it has closed, and nothing before."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from handlers.kit.content import Button
from handlers.kit.facts import Asked, Fact, Section, stamp
from handlers.kit.text import counted
from handlers.pulse import views
from handlers.pulse.feature import feature

if TYPE_CHECKING:
    from storage.unit import Store


@feature.facts
def collect(asked: Asked, store: "Store") -> Iterator[Fact]:
    """Two statements for all networks."""
    for one in store.pulses.told(asked.network_ids, asked.since, asked.until, asked.tier):
        people = counted(one.answered or 0, "person", "people")
        text = f"{people} answered a pulse on how the network is. {views.summary(one)}"
        yield Fact(
            key=f"pulse:{one.id}:came_to",
            network_id=one.network_id,
            section=Section.HEALTH,
            text=text,
            on=one.closes_at.astimezone(asked.zone).date(),
            audience=one.audience,
            stamp=stamp(text),
            opens=Button("See the pulse", "pulse.came_to", str(one.id)),
        )
