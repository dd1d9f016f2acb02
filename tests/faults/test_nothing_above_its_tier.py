"""Whatever people of any programme say, share, narrow, take back, draft and post: nobody comes by words above their
tier, on any page, in any draft, file, post, letter, log line or request to a model.

WEAVER_EXAMPLES=200 tries so many programmes, other ones each time.
"""

from __future__ import annotations

import asyncio
import io
import logging
import os
import tempfile
import zipfile
from collections.abc import Coroutine, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings

from bench.postgres import PostgresServer
from bench.programmes import CASTS, FACULTY, MARKED, Part, Step, steps
from bench.programmes_lived import SINCE, Life
from bench.straight import Straight, fresh_sqlite, words_in
from bot.dispatch import Dispatcher
from bot.logs import JsonLines
from handlers.kit.content import Attachment, Message
from handlers.kit.occasions import Asked, Desk
from handlers.kit.posts import draw
from handlers.kit.replies import Reply
from handlers.updates.drafting import request_for
from storage.migrate import migrate
from storage.records import Audience, Role
from storage.unit import Store

MANY = int(os.environ.get("WEAVER_EXAMPLES", "0"))
QUICK = settings(
    max_examples=MANY or 3, deadline=None, derandomize=not MANY, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
ON_POSTGRESQL = settings(QUICK, max_examples=max(1, MANY // 10))
Cast = tuple[tuple[Part, ...], ...]
PAGES = ("digests.lately", "goals.list", "updates.list", "digests.follow_ups", "nudges.mine")
SAID = (
    "export", "history", "network", "people", "posts", "goals", "updates", "digest", "faculty notes", "plan", "plans",
    "diagnostic",
)  # fmt: skip
DRAFT = ("updates.show", "updates.changes", "updates.read")
BEFORE_THEY_LOOK = ("updates.show", "updates.changes", "updates.section")
FILES = ("updates.markdown", "updates.csv", "updates.word")


class Lines(logging.Handler):
    """Keeps every line of every log, with all that the record holds."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.lines += [JsonLines().format(record), record.getMessage(), str(record.__dict__.get("fields"))]


@contextmanager
def every_line() -> Iterator[Lines]:
    """All that our own loggers say meanwhile, at any level."""
    lines, weaver = Lines(), logging.getLogger("weaver")
    before = weaver.level
    weaver.addHandler(lines)
    weaver.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        weaver.removeHandler(lines)
        weaver.setLevel(before)


@dataclass(frozen=True)
class Output:
    """Something that leaves the bot: what it is, for whom, and all of its text."""

    what: str
    text: str

    @property
    def marked(self) -> set[str]:
        """The marked words in it."""
        return set(MARKED.findall(self.text))


def output(what: str, *replies: object) -> Output:
    """All text of these, that of their files too."""
    return Output(what, "\n".join(part for one in replies for part in (words_in(one), *map(_in_file, _files(one)))))


def _files(reply: object) -> Iterable[Attachment]:
    message = getattr(reply, "message", None)
    return message.attachments if isinstance(message, Message) else ()


def _in_file(file: Attachment) -> str:
    if not file.name.endswith(".docx"):
        return file.content.decode()
    with zipfile.ZipFile(io.BytesIO(file.content)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


async def for_reader(life: Life, user: str) -> list[Output]:
    """All that a person comes by who tries everything, on pages, in forms and by buttons that are not theirs."""
    inside, book = life.inside, life.book
    networks = range(1, 4)
    every: list[tuple[str, str]] = [(action, "1.0.0") for action in PAGES]
    every += [(action, str(one)) for one in book.checkins for action in ("checkins.shown", "checkins.earlier")]
    every += [
        (action, f"{one}{rest}") for one in book.goals for action, rest in (("goals.show", ""), ("goals.story", ".0"))
    ]
    every += [("goals.list", f"{which}.{one}.0") for which in range(4) for one in networks]
    every += [(action, f"{one}.0") for one in networks for action in ("digests.notes", "network.week", "posts.page")]
    every += [(action, str(one)) for one in book.drafts for action in ("updates.read", FILES[0])]
    every += [("digests.open", f"{one}.{page}.{_days(life)}") for one in networks for page in range(2)]
    every += [(action, str(one)) for one in networks for action in ("plan.show", "plan.older")]
    every += [(action, str(one)) for one in book.plans for action in ("plan.old", "plan.points")]
    every += [(action, str(one)) for one in book.reviews for action in ("diagnostic.result", "diagnostic.compare")]
    every += [("digests.needs", f"0.{_days(life)}"), ("digests.page", f"0.{_days(life)}")]
    forms = [("checkins.edit", str(one)) for one in book.checkins] + [("goals.edit", str(one)) for one in book.goals]
    tried = {f"{words} of {user}": inside.says(user, words) for words in SAID}
    tried |= {f"{action} {at} of {user}": inside.presses(user, action, at) for action, at in every}
    tried |= {f"{form} {at} of {user}": inside.opens(user, form, at) for form, at in forms}
    tried[f"home of {user}"] = inside.opens_home(user)
    return [*await _all(tried), await inside.store(lambda store: _brought(life, user, store))]


async def _all(tried: Mapping[str, Coroutine[None, None, Reply]]) -> list[Output]:
    """What each of these came to."""
    replies = await asyncio.gather(*tried.values())
    return [output(what, reply) for what, reply in zip(tried, replies, strict=True)]


def _days(life: Life) -> str:
    return f"{SINCE:%Y%m%d}.{life.inside.clock.now():%Y%m%d}"


def _brought(life: Life, user: str, store: Store) -> Output:
    """What would be written to them unasked, of each occasion that is theirs."""
    person, now = store.people.by_id(life.ids[user]), life.inside.clock.now()
    if person is None:
        return Output(f"letters of {user}", "")
    desk = Desk(store, now, store.networks.programme(), life.inside.routes)
    lines = []
    for one in life.inside.routes.occasions.values():
        held = tuple(of for of in person.network_ids if one.role is None or person.holds(one.role, of))
        if held or one.role is None or person.holds(one.role):
            lines.append(one.draw([Asked(person, held, now.date())], desk))
    return output(f"letters of {user}", *lines)


async def of_draft(life: Life, draft_id: int) -> list[Output]:
    """All that a draft says: to those who run its network, in files, in its post, and to a model."""
    inside, (network, _) = life.inside, life.book.drafts[draft_id]
    runner = next((user for user in life.users if life.book.runs(user, network)), "")
    every = [(action, str(draft_id)) for action in (*DRAFT, *FILES)]
    every += [("updates.section", f"{draft_id}.{place}") for place in range(7)]
    every += [("updates.more", f"{draft_id}.{place}.{page}") for place in range(7) for page in range(2)]
    tried = {f"{action} {at} by {runner}": inside.presses(runner, action, at) for action, at in every if runner}
    return [*await _all(tried), *await inside.store(lambda store: _made_of(life, draft_id, store))]


def _made_of(life: Life, draft_id: int, store: Store) -> list[Output]:
    desk = Desk(store, life.inside.clock.now(), store.networks.programme(), life.inside.routes)
    request = request_for(store, draft_id, life.inside.routes, desk.now)
    posts = store.posts.of("updates.update", str(draft_id))
    post = draw(posts, desk, life.inside.routes.posts) if posts else ""
    return [output(f"request of {draft_id}", request), output(f"post of {draft_id}", post)]


async def look(life: Life) -> None:
    """Take every output there is, and hold each beside the book."""
    book = life.book
    for user in life.users:
        may = book.for_reader(user)
        for draft_id, (network, _) in book.drafts.items():
            is_theirs = network in book.networks_of(user) or book.is_faculty(user)
            may = may | (book.for_draft(draft_id) if is_theirs else set())
        for one in await for_reader(life, user):
            assert one.marked <= may, told(life, one, may)
    await look_at_drafts(life)
    await nothing_is_missed(life)


async def look_at_drafts(life: Life) -> None:
    """The same of all that a draft says to anybody."""
    for draft_id in life.book.drafts:
        may, besides = life.book.for_draft(draft_id), life.book.reworded(draft_id)
        for one in await of_draft(life, draft_id):
            allowed = may | besides if one.what.startswith(BEFORE_THEY_LOOK) else may
            assert one.marked <= allowed, told(life, one, allowed)


def told(life: Life, one: Output, may: set[str]) -> str:
    """Which words got out, in which output, and what had been done."""
    lines = [line for line in one.text.splitlines() if set(MARKED.findall(line)) - may]
    return f"{one.what}: {lines[:3]} after {', '.join(life.done)}"


async def nothing_is_missed(life: Life) -> None:
    """What may be read is there to be read: so a look that finds nothing has looked."""
    for user in life.users:
        own = {word for one in life.book.checkins.values() if one.user == user for word, _ in one.says.values()}
        assert own <= output("", await life.inside.says(user, "export")).marked
    faculty = next((user for user in life.users if life.book.is_faculty(user)), None)
    if faculty:
        pages = [await life.inside.presses(faculty, "digests.open", f"1.{page}.{_days(life)}") for page in range(9)]
        wanted = life.book.shared(1, FACULTY) | life.book.of_plans(1, FACULTY, told=True)
        assert wanted <= output("", *pages).marked


async def play(url: str, cast: Cast, doings: list[Step]) -> None:
    """Live through it, and look at the drafts half-way and at everything at the end."""
    with every_line() as lines, closing(Straight(url)) as inside:
        inside.dispatch = Dispatcher(inside.units, inside.routes, inside.clock, inside.metrics, model_name="a-model")
        life = Life(inside, cast)
        await life.begin()
        for number, step in enumerate(doings):
            await life.take(step)
            if number == len(doings) // 2:
                await look_at_drafts(life)
        await look(life)
        kept = {name: set(MARKED.findall(str(rows))) for name, rows in (await inside.tables()).items()}
        left = {name: words & life.book.gone() for name, words in kept.items() if words & life.book.gone()}
        assert not left, (left, life.done)
    assert not MARKED.findall("\n".join(lines.lines))


SMALL: Cast = (((Role.COORDINATOR, 1),), ((Role.FACULTY, None),), ((Role.MEMBER, 1),), ((Role.MEMBER, 1),))


def step(what: str, who: int, which: int = 0, other: int = 0, audience: Audience = Audience.NETWORK) -> Step:
    return Step(what, who, which, other, (audience,) * 4)


GOALS = [
    step("goal", 2), step("goal audience", 0, 0, 0, Audience.LEADERS),
    step("goal", 3), step("goal audience", 0, 1, 0, FACULTY),
    step("help", 2, 1), step("progress", 10, 1), step("draft", 0, 0, 1), step("rewrite", 0, 0, 1), step("draft", 0),
    step("send", 0, 0, 1), step("wait", 0), step("goal audience", 0, 1, 0, Audience.NETWORK), step("reword", 0, 1),
]  # fmt: skip
"""Two goals are shared, one of them with the faculty; a draft tells of it in other words; then that one is narrowed."""
PLANS = [
    step("plan", 0, 0, 0, FACULTY), step("point", 0), step("review", 0, 0, 0, FACULTY),
    step("draft", 0, 0, 1), step("rewrite", 0, 0, 1), step("send", 0, 0, 1),
    step("plan audience", 0, 0, 0, Audience.LEADERS),
    step("review audience", 0, 0, 0, Audience.COORDINATOR), step("draft", 0),
    step("plan", 0, 0, 0, FACULTY), step("point", 0, 1), step("end plan", 0, 1), step("draft", 0, 0, 1),
    step("wait", 0),
]  # fmt: skip
"""A plan and a review are shared with the faculty, an update tells of them in other words, and they are narrowed; then
another plan comes to its end."""


@QUICK
@given(CASTS, steps(16, 36))
@example(SMALL, GOALS)
@example(SMALL, PLANS)
def test_no_words_above_a_readers_tier_get_out(cast: Cast, doings: list[Step]) -> None:
    """design.md §4, S8."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(fresh_sqlite(Path(folder)), cast, doings))


def test_nor_on_postgresql(postgres_server: PostgresServer) -> None:
    @ON_POSTGRESQL
    @given(CASTS, steps(16, 36))
    def tried(cast: Cast, doings: list[Step]) -> None:
        asyncio.run(play(postgres_server.fresh(migrate).sqlalchemy, cast, doings))

    tried()


async def test_a_goal_that_was_narrowed_or_erased_takes_its_words_along(straight: Straight) -> None:
    """Someone helped with it, so its title stood in their export; and a draft said it in words of the co-ordinator."""
    await straight.says("ann", "new goal: secret-1-end")
    await straight.fills("ann", "goals.audience", "1", {"audience": "network"})
    await straight.presses("ben", "goals.help", "1")
    await straight.fills("ben", "goals.progress", "1", {"now": "secret-2-end"})
    await straight.fills("bea", "updates.new", "1", {"period": "this_month", "audience": "network"})
    await straight.fills("bea", "updates.edit", "1.1.0", {"text": "Ben works on secret-1-end."})
    assert output("", await straight.says("ben", "export")).marked == {"secret-1-end", "secret-2-end"}
    await straight.fills("ann", "goals.audience", "1", {"audience": "only_me"})
    await straight.fills("ann", "goals.edit", "1", {"title": "secret-3-end"})
    assert output("", await straight.says("ben", "export")).marked == {"secret-2-end"}
    await straight.fills("ann", "privacy.erase", "", {"confirmation": "erase"})
    assert not MARKED.findall(str(await straight.tables()))
