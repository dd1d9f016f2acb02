"""Writes a one-to-one as a file for calendars (RFC 5545): its time, its place, and nobody's private words."""

from handlers.kit.content import Again, Attachment, Link, Span
from storage.one_to_one_records import OneToOne, Standing

NAME = "one-to-one.ics"
TITLE = "One-to-one"
NOT_THERE = "I can’t take it out of your Teams calendar. If you put it there, please delete it."
ADD = "Put it in my Teams calendar"
LATER = ". If it changes later, please change it there too."
DEEP_LINK = "https://teams.microsoft.com/l/meeting/new"
PRODUCER = "-//Weaver//One-to-ones//EN"


def calendar_file(meeting: OneToOne, me: int) -> Attachment:
    """The file for one of the two. Colleagues may see someone's calendar: what it is about is never in it. Only the
    coachee's names the other, where the coachee lets others know; the coach's colleagues are told by nobody.

    The same UID with a higher SEQUENCE changes the entry that is there. There is no ORGANIZER, since that is an e-mail
    address and we know nobody's. Raises ValueError for a one-to-one that has never had a time.
    """
    # It takes 80 ms to import: only a process that writes such a file pays for it.
    from icalendar import Calendar, Event

    if meeting.starts_at is None:
        raise ValueError("nothing was agreed")
    name = meeting.coach.name if meeting.is_coachee(me) else ""
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", f"{TITLE} with {name}" if meeting.known_at and name else TITLE)
    event.add("status", "CANCELLED" if meeting.standing is Standing.CANCELLED else "CONFIRMED")
    event.add("class", "PRIVATE")
    if meeting.words.place:
        event.add("location", meeting.words.place)
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return Attachment(
        NAME, "text/calendar", calendar.to_ical(), "Your one-to-one, for your calendar.",
        Again("one_to_ones.file", str(meeting.id)), _in_teams(meeting),
    )  # fmt: skip


def _in_teams(meeting: OneToOne) -> tuple[Span, ...]:
    """What stands for the file in Teams, where it would go through OneDrive: a link to a new entry of one's calendar.

    https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/deep-link-workflow
    """
    if meeting.standing is Standing.CANCELLED:
        return (NOT_THERE,)
    begin, end = (f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in (meeting.starts_at, meeting.ends_at) if at)
    return Link(ADD, f"{DEEP_LINK}?subject={TITLE}&startTime={begin}&endTime={end}"), LATER
