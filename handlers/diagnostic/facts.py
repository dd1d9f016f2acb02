"""What reviews tell of networks for updates and digests: what a shared one came to, on the day on which it ended."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from handlers.diagnostic.feature import feature
from handlers.kit import wheels
from handlers.kit.content import Button
from handlers.kit.facts import Asked, Fact, Section, stamp
from handlers.kit.reviewed import reviewed
from handlers.kit.text import day
from storage.records import Audience
from storage.review_records import PointKind, Result

if TYPE_CHECKING:
    from storage.unit import Store

SECTIONS = {PointKind.STRENGTH: Section.HEALTH, PointKind.WORK_ON: Section.NEXT}
_SAID = {PointKind.STRENGTH: "A strength that the group named", PointKind.WORK_ON: "The group wants to work on this"}

_SAID_BY_ONE = {PointKind.STRENGTH: "A strength that was named", PointKind.WORK_ON: "This was named to work on"}


@feature.facts
def collect(asked: Asked, store: "Store") -> Iterator[Fact]:
    """A few statements for all networks: the wheel in a sentence, the strengths, and what the group works on."""
    for results in store.reviews.results_of(asked.network_ids, asked.tier).values():
        for result in results:
            ended_at = result.review.ended_at
            if ended_at is not None and asked.since <= ended_at < asked.until:
                yield from _told(result, ended_at.astimezone(asked.zone).date())


def _told(result: Result, on: date) -> Iterator[Fact]:
    one = result.people == 1
    held = "One person did a rapid review of the network" if one else "The network held a rapid review"
    text = f"{held}. {wheels.sentence(reviewed(result))}"
    yield _fact(result, "wheel", Section.HEALTH, text, on)
    for point in sorted(result.points, key=lambda one: (one.kind is PointKind.WORK_ON, one.place)):
        about = f" ({point.dimension})" if point.dimension else ""
        said = (_SAID_BY_ONE if one else _SAID)[point.kind]
        text = f"{said}{about}: “{' '.join(point.text.split())}”."
        # Behind the wheel, as facts of one day are told by their keys.
        part = f"words-{point.kind.name.lower()}-{point.place}"
        yield _fact(result, part, SECTIONS[point.kind], text, on)


def _fact(result: Result, part: str, section: Section, text: str, on: date) -> Fact:
    assert result.review.audience is not None, "it is shared"
    return Fact(
        key=f"diagnostic:{result.review.id}:{part}",
        network_id=result.review.network_id,
        section=section,
        text=text,
        on=on,
        audience=min(result.review.audience, Audience.FACULTY),
        stamp=stamp(text),
        opens=Button("Open the review", "diagnostic.result", str(result.review.id), about=day(on)),
    )
