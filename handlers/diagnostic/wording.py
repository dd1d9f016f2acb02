"""In which words a network is asked: those that fit its kind, as far as an earlier review tells whoever reads them."""

from collections.abc import Iterable

from handlers.kit.audience import reader_in
from handlers.kit.context import Context
from handlers.kit.reviewed import reviewed
from prompts.kinds import Kind
from storage.review_records import Result


def last_results(network_ids: Iterable[int], context: Context) -> dict[int, Result]:
    """What the newest review of each of these networks came to, of those that whoever acts may read."""
    readers = [(reader_in(context.person, one), one) for one in network_ids]
    found: dict[tuple[int, int], Result] = context.store.reviews.latest_for(readers) if readers else {}
    return {network_id: result for (_, network_id), result in found.items()}


def last_result(network_id: int, context: Context) -> Result | None:
    """The same of one network; None without one."""
    return last_results((network_id,), context).get(network_id)


def kind_known(network_id: int, context: Context) -> Kind:
    """What kind of network it is, by that result; nothing is known of it without one."""
    result = last_result(network_id, context)
    return reviewed(result).kind if result else Kind()
