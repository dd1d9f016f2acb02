"""What a draft and an update look like: records in, messages out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from handlers.kit.content import Block, Bold, Button, Buttons, Heading, Message, paragraph, plain
from handlers.kit.facts import Section
from handlers.kit.text import counted, day, days_in_words, listed
from handlers.updates import document
from handlers.updates.document import Document, Told
from handlers.updates.rules import Period
from handlers.updates.stale import Line, Standing
from storage.draft_records import Draft
from storage.records import Audience, Network

SECTIONS = list(Section)
"""A section's place in this list is its number in buttons."""
PERIODS = list(Period)
"""A period's place in this list is its number in buttons."""
ALL = Button("All updates", "updates.list", "0")
WHICH = "Which network shall the update be of?"
LISTED = 12
"""Drafts and updates in the list."""
GONE = "A source of this line was taken back, or is shared with fewer people. The line is not shown any more."


@dataclass(frozen=True, slots=True)
class Seen:
    """A draft as one person who runs its network sees it. `said`: what has just been done. `is_asked`: this person is
    the one who was asked to approve. `post`: how it stands with the post, once it was wanted."""

    document: Document
    person_id: int
    said: str = ""
    post: tuple[Block, ...] = ()

    @property
    def draft(self) -> Draft:
        """The draft."""
        return self.document.draft

    @property
    def is_asked(self) -> bool:
        """True for the person who was asked to approve it."""
        return self.draft.approval.asked_id == self.person_id and self.draft.approval.asked_at is not None

    @property
    def stale(self) -> list[Line]:
        """The lines that somebody must look at, in sections that count."""
        told = (one for one in self.document.sections if not one.is_left_out)
        return [line for one in told for line in one.lines if line.standing is not Standing.STANDS]


def section_button(label: str, action: str, draft: Draft, section: Section, **more: object) -> Button:
    """A button that acts on a section of the draft."""
    argument = f"{draft.id}.{SECTIONS.index(section)}"
    return Button(label, action, argument, about=document.TITLES[section], **more)  # type: ignore[arg-type]  # flags


def preview(seen: Seen) -> Message:
    """The draft as it would be read, with what to know above it, and what one can do below."""
    found, draft = seen.document, seen.draft
    title = f"{'Update' if draft.is_out else 'Draft'} of {found.title}"
    body: list[Block] = [paragraph(seen.said)] if seen.said else []
    body.append(Heading(title))
    body.extend(paragraph(one) for one in _state(seen))
    body.extend(seen.post)
    if seen.stale:
        body.append(paragraph(Bold("Look again: "), changed_in_words(seen.stale)))
        body.append(Buttons((Button("See what changed", "updates.changes", str(draft.id), primary=True),)))
    if found.purpose:
        body.append(paragraph(Bold("What we are for: "), found.purpose))
    for told in found.sections:
        body.extend(_section(told, draft))
    body.extend(closing(found))
    return Message(seen.said or title, tuple(body), tuple(_actions(seen)))


def _state(seen: Seen) -> Iterable[str]:
    draft = seen.draft
    if draft.is_out:
        # The post says by itself when it was posted, or why it could not be.
        told = replace(draft, posted_at=None) if seen.post else draft
        yield from _where_it_is(told) if told.is_out else ()
    else:
        yield f"{document.READ_BY[draft.audience]} Until then, only those who run the network see it."
    yield from _approval(seen)
    yield from _model(seen)


def _where_it_is(draft: Draft) -> Iterable[str]:
    posted_on, shared_on = (at.date() if at else None for at in (draft.posted_at, draft.shared_at))
    if posted_on and posted_on == shared_on:
        yield f"It was posted to the network and shared with the faculty on {day(posted_on)}."
        return
    where = [
        f"posted to the network on {day(posted_on)}" if posted_on else "",
        f"shared with the faculty on {day(shared_on)}" if shared_on else "",
    ]
    yield f"It was {listed([one for one in where if one])}."


def _approval(seen: Seen) -> Iterable[str]:
    approval, draft = seen.draft.approval, seen.draft
    if approval.wish:
        yield f"{approval.asked_name or 'Someone who has left'} asks for a change: “{approval.wish}”"
    elif draft.waits and seen.is_asked:
        yield "You were asked to approve this."
    elif draft.waits:
        yield f"{approval.asked_name or 'Someone who has left'} was asked to approve it, and has not said yet."
    elif draft.is_approved and approval.by:
        yield f"{approval.by} approved it as it stands."


def _model(seen: Seen) -> Iterable[str]:
    writing = seen.draft.writing
    if writing.wanted_at is None:
        return
    if writing.failed:
        yield f"{writing.failed} This version needs no model."
    elif writing.done_at is None:
        yield "A model is writing another version. This one needs no model and is ready now."
    elif not seen.draft.shows_model:
        yield "A model has written another version. This one needs no model."


def changed_in_words(lines: Sequence[Line]) -> str:
    """Which sections have sources that changed, and how; never what they said."""
    found = []
    for standing, one_text, many_text in (
        (
            Standing.GONE,
            "a source was taken back or is shared with fewer people",
            "sources were taken back or are shared with fewer people",
        ),
        (Standing.CHANGED, "a source was changed", "sources were changed"),
    ):
        hit = [line for line in lines if line.standing is standing]
        where = listed([f"“{document.TITLES[one]}”" for one in dict.fromkeys(line.section for line in hit)])
        if hit:
            found.append(f"In {where}, {one_text if len(hit) == 1 else f'{len(hit)} {many_text}'}.")
    return " ".join(found)


def _section(told: Told, draft: Draft) -> Iterable[Block]:
    yield Heading(told.title)
    if told.is_left_out:
        yield paragraph("This section is left out.")
        if not draft.is_out:
            yield Buttons((section_button("Put it back", "updates.back", draft, told.section),))
        return
    yield from blocks(told)
    if told.more and not draft.is_out:
        count = counted(told.more, "more thing was", "more things were")
        yield paragraph(f"{count} shared, and left out for length. Sources shows them.")
    if draft.is_out:
        if told.lines:
            yield Buttons((section_button("Sources", "updates.section", draft, told.section),))
        return
    add = section_button("Add a line", "updates.add", draft, told.section, opens_form=True)
    edit = Button(
        "Edit",
        "updates.edit",
        f"{draft.id}.{SECTIONS.index(told.section)}.{draft.part(told.section.value).version}",
        opens_form=True,
        about=told.title,
    )
    sources = section_button("Sources", "updates.section", draft, told.section)
    yield Buttons((sources, edit) if told.lines else (*([sources] if told.more else []), add))


def blocks(told: Told) -> Iterable[Block]:
    """The lines of a section, its figures, and its last line."""
    for line in told.lines:
        yield paragraph("– ", document.text_of(line) if line.text else GONE)
    yield from told.charts
    if told.last:
        yield paragraph(told.last)


def closing(found: Document) -> Iterable[Block]:
    """What stands under all sections: how it was made."""
    yield paragraph(" ".join(found.notes[:1]))
    for note in found.notes[1:]:
        yield paragraph(note)


def _actions(seen: Seen) -> Iterable[Button]:
    draft, own = seen.draft, str(seen.draft.id)
    if seen.is_asked and draft.waits and not draft.is_out:
        yield Button("Approve", "updates.approve", f"{own}.{draft.version}", primary=True)
        yield Button("Ask for changes", "updates.wish", own, opens_form=True)
    if not draft.waits:
        yield from sending(draft)
    if not draft.is_out:
        if draft.waits and not draft.approval.wish:
            yield Button("Ask someone else", "updates.ask", own, opens_form=True)
        else:
            yield Button("Ask for approval", "updates.ask", own, opens_form=True)
        if draft.waits and not seen.is_asked:
            yield Button("Do not wait", "updates.wait", own)
    if draft.writing.done_at and not draft.writing.failed and not draft.is_out:
        label = "Show the plain version" if draft.shows_model else "Show the model’s version"
        yield Button(label, "updates.version", f"{own}.{0 if draft.shows_model else 1}")
    if draft.is_out:
        yield Button("Correct it", "updates.correct", own)
    yield Button("As a file", "updates.files", own)
    if not draft.is_out:
        yield Button(
            "Discard", "updates.discard", own, danger=True, confirm="Delete this draft? This cannot be undone."
        )
    yield ALL


def sending(draft: Draft) -> Iterable[Button]:
    """The two presses that let others read it. Each asks once more who they are."""
    own = f"{draft.id}.{draft.version}"
    if not draft.posted_at:
        confirm = "Post this to the network’s home? Everyone there can read it."
        yield Button("Post to the network", "updates.post", own, confirm=confirm)
    if draft.audience >= Audience.FACULTY and not draft.shared_at:
        confirm = "Share this with the faculty? They can read it from now on."
        yield Button("Share with faculty", "updates.share", own, confirm=confirm)


def update(found: Document, *buttons: Button) -> Message:
    """The update as its readers see it."""
    title = f"Update of {found.title}"
    body: list[Block] = [Heading(title)]
    if found.purpose:
        body.append(paragraph(Bold("What we are for: "), found.purpose))
    for told in found.sections:
        body.append(Heading(told.title))
        body.extend(blocks(told))
    struck = sum(told.struck for told in found.sections)
    if struck:
        body.append(paragraph(f"{counted(struck, 'line is', 'lines are')} not shown, since a source has changed."))
    body.extend(closing(found))
    return Message(title, tuple(body), buttons)


def listing(drafts: Sequence[tuple[Draft, Network, bool]]) -> Message:
    """The drafts and updates that someone may open, newest first; beside each whether they run its network."""
    if not drafts:
        return plain("There is no update yet. Those who run a network can type update to draft one.")
    title = "Updates, newest first"
    body: list[Block] = [Heading(title)]
    for draft, network, runs in drafts:
        name = f"{network.name}, {days_in_words(draft.first_on, draft.last_on)}"
        body.append(paragraph(Bold(name), f"\n{state(draft)}"))
        about = f"{draft.id}. {name}"
        body.append(Buttons((Button("Open", "updates.show" if runs else "updates.read", str(draft.id), about=about),)))
    return Message(
        title, tuple(body), (Button("Draft an update", "updates.begin"),) if any(one[2] for one in drafts) else ()
    )


def state(draft: Draft) -> str:
    """In a word or two, how far it has come."""
    if draft.is_out:
        return " ".join(_where_it_is(draft))
    by = f" by {draft.author_name}" if draft.author_name else ""
    made = f"A draft{by}, made on {day(draft.made_at.date())}, for {document.READERS[draft.audience]}."
    if draft.waits:
        return f"{made} It waits for {draft.approval.asked_name or 'someone who has left'}."
    return f"{made} {'It is approved.' if draft.is_approved else 'It is not posted yet.'}"


def discarded() -> Message:
    """The draft is deleted."""
    return plain("The draft is deleted. Type update to make a new one.", ALL)


def begun(network: Network, period: Period) -> str:
    """What the form of a draft carries: its network and, where other days than the last month's were typed, those."""
    return str(network.id) if period is Period.LAST_MONTH else f"{network.id}.{PERIODS.index(period)}"


def begin(network: Network, period: Period = Period.LAST_MONTH) -> Message:
    """Where no form can open at once: the way to it, with the days that were typed."""
    choose = Button("Choose the days", "updates.new", begun(network, period), opens_form=True)
    return plain("Which days shall the update tell of?", choose, ALL)
