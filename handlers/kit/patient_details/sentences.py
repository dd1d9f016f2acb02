"""What a person reads when their text held a patient detail: the kind and the mend, never the value."""

from collections.abc import Iterable

from handlers.kit.patient_details.kinds import Kind

_ORDER = tuple(Kind)


def _named(kinds: Iterable[Kind]) -> str:
    names = [kind.value for kind in sorted(set(kinds), key=_ORDER.index)]
    if not names:
        raise ValueError("There is no kind to name.")
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def sentence(kinds: Iterable[Kind]) -> str:
    """The message at a form field: names the kinds (at least one), says how to mend it. Raises ValueError on none."""
    return f"This looks like it has {_named(kinds)} in it. Please take that out, then send it again."


NO_PATIENTS = "Please leave out anything about patients."
"""Stands on every form that takes words."""


def forget_it_sentence(kinds: Iterable[Kind]) -> str:
    """The answer to a direct message that held one or more kinds: what we did, and what to do now."""
    return (
        f"Your message looked like it had {_named(kinds)} in it, so I have not kept it. "
        "Please delete the message here too, as I cannot. "
        "If it was about a patient, please follow your organisation’s way to report an incident."
    )
