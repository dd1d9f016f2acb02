"""A plan as a file: for Word with its review's wheel, and as a table; only what its reader may read."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from handlers.kit import audience, word_parts
from handlers.kit.content import Standing, Wheel
from handlers.kit.harmless import in_csv, in_word
from handlers.kit.text import day
from handlers.plan import lines, standing
from handlers.plan.views import Page
from prompts.review import ATTRIBUTION
from storage.plan_records import Plan

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

COLUMNS = (
    "What", "Title", "Month or day", "First planned for", "How it stands", "Who looks after it", "First step: when",
    "First step: what", "What it helps with", "Why", "Note",
)  # fmt: skip
_STANDS = {
    Standing.DONE: "done",
    Standing.DUE: "now",
    Standing.AHEAD: "to come",
    Standing.SLIPPED: "not done yet",
    Standing.LEFT: "taken out or let go",
}


@dataclass(frozen=True, slots=True)
class Whole:
    """What a file of a plan holds. `wheel`: that of its review, where the reader may read it."""

    seen: Page
    wheel: Wheel | None
    made_at: datetime

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.seen.plan

    @property
    def title(self) -> str:
        """Whose plan it is."""
        return f"Development plan of {self.seen.network.name}"

    def file_name(self, ending: str) -> str:
        """A file's name that every system takes."""
        return f"plan-{self.seen.network.id}-{self.plan.began_on.isoformat()}-{self.plan.number}.{ending}"


def table(whole: Whole) -> bytes:
    """A row for each item and each review point, as CSV."""
    return in_csv((COLUMNS, *_items(whole), *_points(whole))).encode()


def _items(whole: Whole) -> Iterable[Sequence[str]]:
    for one in standing.by_month(whole.plan.items):
        stands = _STANDS[standing.of_item(one, whole.seen.today_on)]
        first = (one.first_on or one.month_on).isoformat()[:7]
        yield ("Item", one.title, one.month_on.isoformat()[:7], first, stands, one.owner_name, one.step_when,
               one.step_then, one.dimension, one.why, "")  # fmt: skip


def _points(whole: Whole) -> Iterable[Sequence[str]]:
    for one in whole.plan.points:
        stands = f"held on {one.held_on.isoformat()}" if one.held_on else "not held yet"
        yield ("Review point", f"Month {one.month}", one.on.isoformat(), one.first_on.isoformat(), stands, "", "", "",
               "", "", one.note)  # fmt: skip


def word(whole: Whole) -> bytes:
    """The plan as a .docx. People's words stand in it as plain text, never as fields or links."""
    # Imported when a file is wanted: it takes as long as the rest of a start.
    from docx import Document as new_document

    made, seen = new_document(), whole.seen
    made.core_properties.title = in_word(whole.title)
    made.core_properties.author = in_word(seen.network.name)
    made.core_properties.comments = ""
    made.core_properties.created = made.core_properties.modified = whole.made_at
    made.add_heading(in_word(whole.title), 0)
    made.add_paragraph(lines.where_now(whole.plan, seen.today_on))
    for phase in lines.timeline(whole.plan, seen.today_on).phases:
        _heading(made, phase.name)
        for stop in phase.stops:
            made.add_paragraph(in_word(f"{stop.when}: {stop.text}. {stop.note}"), "List Bullet")
        if not phase.stops:
            made.add_paragraph("Nothing is planned here.")
    _words(made, whole)
    if whole.wheel is not None:
        word_parts.add_wheel(made, whole.wheel)
        made.add_paragraph(ATTRIBUTION)
    made.add_paragraph(f"Who can read it: {audience.WORDS[whole.plan.audience].lower()}.")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _words(made: "WordDocument", whole: Whole) -> None:
    """Who does what, what came of each review point, and the end."""
    plan = whole.plan
    if plan.items:
        _heading(made, "Who looks after what")
    for item in standing.by_month(plan.items):
        said = (f"{item.title}.", lines.how(item, whole.seen.today_on), lines.owner(item), lines.step(item), item.why)
        made.add_paragraph(in_word(" ".join(filter(None, said))), "List Bullet")
    noted = [one for one in plan.points if one.note]
    if noted:
        _heading(made, "Notes of review points")
    for point in noted:
        made.add_paragraph(in_word(f"{lines.point(point)} {point.note}"), "List Bullet")
    if plan.end is not None:
        _heading(made, f"The end, {day(plan.end.at.date())}")
        for label, words in lines.end(plan.end):
            made.add_paragraph(in_word(f"{label}: {words}"))


def _heading(made: "WordDocument", text: str) -> None:
    made.add_heading(in_word(text), 1)
