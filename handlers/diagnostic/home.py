"""What stands on a person's own page about reviews: answers to go on with, and a joint session to go on with."""

from itertools import islice

from handlers.diagnostic import lines, rules, whose
from handlers.diagnostic.feature import feature
from handlers.diagnostic.gathering import Gathering
from handlers.kit.context import Context
from handlers.kit.happenings import HomeDrawn
from handlers.kit.occasions import Item
from prompts.review import review_bank
from storage.review_records import ReviewState

MOST = 3
"""Reviews on one page."""


@feature.hears(HomeDrawn)
def show_reviews(drawn: HomeDrawn, context: Context) -> None:
    """A line for each open review of the person in which something waits for them, unless it has waited for long."""
    found = (whose.gathering(one, context) for one in context.store.reviews.open_with(drawn.person_id))
    drawn.items.extend(islice(filter(None, (_line(one, context) for one in found)), MOST))


def _line(gathered: Gathering, context: Context) -> Item | None:
    if rules.is_abandoned(gathered, context.now):
        return None
    review, name = gathered.review, gathered.network.name
    if gathered.has_finished:
        if review.state is ReviewState.JOINT:
            return lines.in_session(review, name)
        return lines.can_begin(review, name) if rules.is_ready(gathered) else None
    own = context.store.reviews.own(review.id, context.person.id)
    part = rules.following(own, review_bank())
    if part is None:
        return lines.to_finish(review, name)
    return lines.goes_on(review, name, part.number if own else 0)
