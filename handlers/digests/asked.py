"""Gathers what a digest is made of, for the faculty alone: facts that people let them read, and no others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.digests import periods, rules, views
from handlers.digests.rules import Digest
from handlers.digests.views import Latest, Scope
from handlers.kit.content import Button
from handlers.kit.errors import NotAllowed
from handlers.kit.facts import Asked
from handlers.kit.figures import closed_months, figures_for
from storage.records import Audience, Network, Role

if TYPE_CHECKING:
    from handlers.kit.context import Context


@dataclass(frozen=True, slots=True)
class Wanted:
    """A digest with what it is of."""

    digest: Digest
    scope: Scope
    latest: dict[int, Latest]


def only_faculty(context: "Context") -> None:
    """Raises NotAllowed for anyone who is not of the faculty."""
    if not context.person.holds(Role.FACULTY):
        raise NotAllowed("a digest", views.ONLY_FACULTY)


def lately(context: "Context") -> Scope:
    """All networks, over the last four weeks."""
    return Scope(periods.lately(context.today_on))


def _latest(networks: Sequence[Network], context: "Context") -> dict[int, Latest]:
    """By network the newest update that was shared with the faculty."""
    names = {one.id: one.name for one in networks}
    return {
        network_id: Latest(
            context.local_on(draft.shared_at),
            Button("Read the update", "updates.read", str(draft.id), about=names[network_id]),
        )
        for network_id, draft in context.store.drafts.latest_shared(tuple(names)).items()
        if draft.shared_at is not None
    }


def figures(network: Network, scope: Scope, context: "Context") -> list[str]:
    """What its people answered to each scale in the whole months of the period that are over, in sentences."""
    months = closed_months(scope.period.first_on, scope.period.last_on, context.today_on)
    return [one.sentence for one in figures_for([network], months, context.store, context.now)]


def gather(scope: Scope, context: "Context") -> Wanted:
    """The digest of that scope, as it stands now. Raises NotAllowed for anyone who is not of the faculty."""
    only_faculty(context)
    store = context.store
    networks = store.networks.by_ids(scope.network_ids) if scope.network_ids else store.networks.all()
    period, programme = scope.period, context.programme
    asked = Asked(tuple(networks), period.first_on, period.last_on, Audience.FACULTY, programme)
    last, members = store.checkin_facts.last_weeks(asked.network_ids), store.faculty.members(asked.network_ids)
    heard = [rules.Heard(one, last.get(one), members.get(one, 0)) for one in asked.network_ids]
    asks = [(one, context.local_on(one.at)) for one in store.faculty.waiting(asked.network_ids)]
    found = rules.digest(period, networks, context.routes.facts(asked, store), heard, context.today_on, asks)
    return Wanted(found, scope, _latest(networks, context))
