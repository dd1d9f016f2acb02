"""What a person's copy holds of pulses, and what goes when they erase their data."""

from handlers.kit.context import Context
from handlers.kit.happenings import DataAsked, ErasureAsked
from handlers.kit.text import day
from handlers.pulse import rules, whose
from handlers.pulse.feature import feature
from storage.pulse_records import Pulse


@feature.hears(DataAsked)
def tell_all(asked: DataAsked, context: Context) -> None:
    """The person's own answers; of a pulse that has closed none are kept."""
    whose.settle(context)
    lines = [_lines(pulse, levels, context) for pulse, levels in context.store.pulses.kept_of(asked.person_id)]
    if lines:
        asked.sections.append(("Your answers in pulses that are open", "\n\n".join(lines)))


def _lines(pulse: Pulse, levels: dict[str, int], context: Context) -> str:
    network = context.store.networks.by_id(pulse.network_id)
    opening = f"{network.name if network else ''}, open until {day(whose.on_programme(pulse.closes_at, context))}:"
    given = [
        f"- {one.text} {levels[one.key]}: {one.levels[levels[one.key] - 1]}"
        for one in rules.statements()
        if one.key in levels
    ]
    return "\n".join([opening, "", *given])


@feature.hears(ErasureAsked)
def erase(asked: ErasureAsked, context: Context) -> None:
    """Erase the person's answers; from that moment they are in no figure that is still to be made."""
    context.store.pulses.erase_person(asked.person_id)
