"""Shows what a joint session ends with, and its form: three strengths, and three things to work on."""

from collections.abc import Iterable, Mapping, Sequence

from handlers.diagnostic import items
from handlers.diagnostic.items import Sort
from handlers.diagnostic.session import Session
from handlers.kit import wheels
from handlers.kit.content import Block, Bold, Button, Choice, Form, Heading, Message, Question, paragraph
from handlers.kit.events import Values
from handlers.kit.facts import stamp
from handlers.kit.patient_details import NO_PATIENTS
from handlers.kit.reviewed import Reviewed
from handlers.kit.text import counted
from prompts.kinds import Dimension
from prompts.plan.words import words_for
from storage.records import QuestionKind
from storage.review_records import Point, PointKind

NO_POINTS = (
    "Please add a strength and something to work on first. For that, type diagnostic and go on with the session."
)
MOST = 3
LONGEST = 200
READERS = "The people of this review can read this, and whoever they let read the result."
WHAT_OTHERS_READ = (
    "Others would read the wheel, what you agreed, your notes, your strengths and what you work on.",
    "They never read single answers. The range of answers is theirs only if five or more answered.",
)
WHAT_OTHERS_READ_OF_ONE = (
    "Others would read the wheel, your notes, your strengths and what you work on.",
    "The wheel and the kind of network are one person’s answers, and it says so.",
)
_LABELS = {
    PointKind.STRENGTH: ("strength", "A strength of yours", "A second strength", "A third strength"),
    PointKind.WORK_ON: ("work", "Something to work on", "A second thing to work on", "A third thing to work on"),
}


def version(points: Sequence[Point]) -> str:
    """What differs as soon as somebody keeps others."""
    return stamp(*points)[:8]


def form(session: Session, seen: Reviewed, base: str, told: str) -> Form:
    """The form of strengths and of what to work on. It carries what was kept when it was drawn, and was told since."""
    standing = {(one.kind, one.place): one for one in session.points}
    highest, lowest = _ends(seen)
    hints = {PointKind.STRENGTH: highest, PointKind.WORK_ON: lowest}
    questions: list[Question] = []
    for kind in PointKind:
        for place in range(1, MOST + 1):
            hint = f"{hints[kind]} {READERS}".strip() if place == 1 else ""
            questions += _asked(kind, place, standing.get((kind, place)), hint)
    intro = f"Say it in your own words. {words_for(seen.kind).decides} {NO_PATIENTS}"
    return Form(
        "diagnostic.points", "Strengths and work", tuple(questions), f"{session.id}:{base}:{told}", (intro,), "Keep"
    )


def _ends(seen: Reviewed) -> tuple[str, str]:
    highest, lowest = wheels.ends(seen)
    if highest == lowest:
        return "", ""
    return f"Highest on your wheel: {highest}.", f"Lowest on your wheel: {lowest}."


def _asked(kind: PointKind, place: int, point: Point | None, hint: str) -> Iterable[Question]:
    key, *labels = _LABELS[kind]
    text = point.text if point else None
    yield Question(
        f"{key}{place}", labels[place - 1], QuestionKind.SHORT_TEXT, place == 1, hint, value=text, max_length=LONGEST
    )
    if kind is PointKind.WORK_ON:
        choices = tuple(Choice(one.value, one.value.capitalize()) for one in Dimension)
        part = f"Which part of the wheel is {('it', 'the second', 'the third')[place - 1]} about?"
        value = point.dimension or None if point else None
        yield Question(f"part{place}", part, QuestionKind.CHOICE, False, "You can leave this out.", choices, value)


def points_of(values: Values) -> tuple[Point, ...]:
    """The points that a filled form holds, in their order and without gaps."""
    found: list[Point] = []
    for kind, (key, *_) in _LABELS.items():
        texts = [(" ".join(str(values.get(f"{key}{place}", "")).split()), place) for place in range(1, MOST + 1)]
        for number, (text, place) in enumerate([each for each in texts if each[0]], 1):
            part = str(values.get(f"part{place}", "")) if kind is PointKind.WORK_ON else ""
            found.append(Point(kind, number, text, part))
    return tuple(found)


def values_of(points: Iterable[Point]) -> dict[str, str]:
    """The points as a form holds them."""
    values: dict[str, str] = {}
    for one in points:
        values[f"{_LABELS[one.kind][0]}{one.place}"] = one.text
        if one.dimension:
            values[f"part{one.place}"] = one.dimension
    return values


def beside(values: Values, points: Iterable[Point]) -> dict[str, str | tuple[str, ...]]:
    """A form's values, with what others kept where it has none of its own."""
    mine, theirs = {key: value for key, value in values.items() if value}, values_of(points)
    for place in range(1, MOST + 1):
        if mine.get(f"work{place}", theirs.get(f"work{place}")) != theirs.get(f"work{place}"):
            theirs.pop(f"part{place}", None)
    return {**theirs, **mine}


def meanwhile(values: Values, points: Iterable[Point], who: str) -> dict[str, str]:
    """One sentence at each answer in whose place others kept something else."""
    theirs = {key: text for key, text in values_of(points).items() if not key.startswith("part")}
    said = f"{who or 'Someone else'} kept this meanwhile. Yours stands here. To keep yours, send again."
    errors = {
        key: f"{said} Theirs: “{text}”" for key, text in theirs.items() if values.get(key) not in (None, "", text)
    }
    return errors or {"strength1": f"{who or 'Someone else'} kept more meanwhile. Look at it, then send again."}


def others_read(*, is_one_view: bool) -> tuple[str, str]:
    """What those read whom the people of a review let read it; said before anyone is chosen."""
    return WHAT_OTHERS_READ_OF_ONE if is_one_view else WHAT_OTHERS_READ


def closing(session: Session, opening: str = "") -> Message:
    """What the session comes to, before it ends, and what others could read afterwards."""
    left = [one for one in items.left(session.items) if one.differs]
    body: list[Block] = [paragraph(opening)] if opening else []
    body += told(session.points)
    if left:
        many = counted(len(left), "thing differs", "things differ")
        lower = " There the lower level counts." if any(one.sort is Sort.LEVEL for one in left) else ""
        body.append(paragraph(f"{many} that you have not looked at.{lower}"))
    body.append(Heading("When it has ended"))
    body.append(paragraph("Only the people of this review can read the result at first. Then you choose who else may."))
    body.append(paragraph(" ".join(others_read(is_one_view=session.is_alone))))
    own = str(session.id)
    sure = "End the review? Its answers can then no longer change."
    buttons = (
        Button("End the review", "diagnostic.end", own, primary=True, confirm=sure),
        Button("Change the words", "diagnostic.points", own, opens_form=True),
        Button("Overview", "diagnostic.go_on", own),
    )
    return Message(opening or "This is what your review ends with.", tuple(body), buttons)


HEADINGS: Mapping[PointKind, str] = {PointKind.STRENGTH: "Strengths", PointKind.WORK_ON: "What to work on"}


def told(points: Iterable[Point]) -> list[Block]:
    """The strengths and what to work on, in the group's words."""
    body: list[Block] = []
    every = sorted(points, key=lambda one: one.place)
    for kind, heading in HEADINGS.items():
        if mine := [one for one in every if one.kind is kind]:
            body += [Heading(heading), *(_told(one) for one in mine)]
    return body


def _told(point: Point) -> Block:
    return paragraph(Bold(f"{point.place}. "), line(point))


def line(point: Point) -> str:
    """A point with the part of the wheel that it is about."""
    return f"{point.text} ({point.dimension})" if point.dimension else point.text
