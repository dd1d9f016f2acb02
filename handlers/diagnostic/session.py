"""The joint session of a review as one of its people may see it: what differs, what was kept, what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from handlers.diagnostic import items, whose
from handlers.diagnostic.gathering import Gathering
from handlers.diagnostic.items import Item
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from prompts.review import review_bank
from storage.review_records import Agreed, Point, Result, ReviewState, Views

NOT_BEGUN = "The joint session has not begun yet. To see how it stands, type diagnostic."


@dataclass(frozen=True, slots=True)
class Session:
    """A joint session. `zone`: the clock of whoever looks."""

    gathering: Gathering
    views: Views
    kept: Mapping[str, Agreed]
    items: tuple[Item, ...]
    points: tuple[Point, ...]
    zone: ZoneInfo

    @property
    def id(self) -> int:
        """The review's id."""
        return self.gathering.review.id

    @property
    def result(self) -> Result:
        """What it would come to if it ended now."""
        return items.coming(self.gathering.review, self.views, self.kept, self.points)

    @property
    def beside(self) -> str:
        """Who led it last, where that is someone else; "" where it is not."""
        review, me = self.gathering.review, self.gathering.me
        return review.led_by_name if review.led_by_id not in (None, me) else ""

    @property
    def is_alone(self) -> bool:
        """True where only one person's answers count."""
        return self.views.people == 1

    def item(self, key: str) -> Item:
        """The item with that key. Raises NotAllowed where there is none."""
        found = next((one for one in self.items if one.key == key), None)
        if found is None:
            raise NotAllowed("a question that no review has", whose.GONE)
        return found


def session(review_id: int, context: Context) -> Session:
    """The joint session of that review. Raises NotAllowed for whoever has no seat in it, and Refusal for whoever has
    not finished, and before or after the session."""
    found = whose.finished(review_id, context)
    if found.review.state is not ReviewState.JOINT:
        raise Refusal(NOT_BEGUN)
    store, me = context.store.reviews, context.person.id
    views = store.views(found.review.id, me)
    if views is None:
        raise NotAllowed("answers that are not theirs to read", whose.GONE)
    kept = store.agreed(found.review.id, me)
    every = items.everything(views, kept, review_bank())
    return Session(found, views, kept, every, tuple(store.points(found.review.id, me)), context.zone)
