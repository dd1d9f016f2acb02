"""Posts to networks' homes: each is drawn when it is claimed, shown once, and what became of it is written down."""

import asyncio
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from bot.clock import Clock
from bot.logs import log
from bot.metrics import Metrics
from bot.platforms import GaveUp, HomePlatform, Partly, PostResult, Sent, TryAgain, Unknown
from bot.steady import MachineTime
from bot.verdicts import BUG, Jitter, Verdict, full_jitter, of_attempt, of_bug, of_look
from bot.writing import Writer
from handlers.kit.content import Message
from handlers.kit.feature import Routes
from handlers.kit.occasions import Desk, Drop
from handlers.kit.posts import NOT_SET_UP, draw
from storage.errors import DatabaseAway
from storage.post_records import ClaimedPost, Post, PostOutcome
from storage.scheduled import State
from storage.unit import Store, Units

T = TypeVar("T")
Key = tuple[str, str]

SEND_SECONDS = 60.0
"""How long one attempt may take: a long post is several messages, a second apart."""
LEASE_SECONDS = 120.0
AHEAD_SECONDS = 1.0
FINISH_SECONDS = 5.0
WRITE_SECONDS = 2.0
"""What a stop gives the posts under way, then their marks: with the rest of it within the 10 seconds of F2."""
LONG = timedelta(days=30)
"""Longer than any lease: what was claimed before the start is past it."""
BEFORE_CLAIM = timedelta(hours=2)
"""A post is looked for from so long before it was claimed: the clock may have been set (limits.md F10)."""


@dataclass(frozen=True, slots=True)
class PostMark:
    """What became of one claimed post, to be written down. `is_gone`: what was shown of it is not there any more."""

    post: Post
    verdict: Verdict
    is_gone: bool = False


class PostMarker(Writer[PostMark]):
    """Writes down what became of posts."""

    def __init__(self, units: Units, clock: Clock, machine: MachineTime) -> None:
        super().__init__(units, clock)
        self._machine = machine

    def keep(self, store: Store, marks: Sequence[PostMark], now: datetime) -> None:
        """Write the marks, and hold the workspaces that ask for it, for people too."""
        machine_at = self._machine.now(store)
        store.posts.record([_outcome(mark, machine_at, now) for mark in marks])
        for mark in marks:
            if mark.verdict.hold is not None:
                until = machine_at + timedelta(seconds=mark.verdict.hold)
                store.budgets.hold(mark.post.home.platform, mark.post.home.workspace, until, mark.verdict.why)

    def kept(self, marks: Sequence[PostMark]) -> None:
        """Nobody waits for it but whoever wrote it."""

    def name(self, mark: PostMark) -> str:
        """The post's id."""
        return f"post {mark.post.id}"


@dataclass(frozen=True, slots=True)
class _Ready:
    """A post that may go out in so many seconds. `message` None: it was written down already what becomes of it."""

    claimed: ClaimedPost
    message: Message | None
    delay: float


class Posting:
    """Everything that is posted to a place goes through here. Any number may run on one PostgreSQL.

    `alone`: no other process works on this database (SQLite).
    """

    def __init__(
        self,
        units: Units,
        platforms: Sequence[HomePlatform],
        clock: Clock,
        routes: Routes,
        metrics: Metrics,
        *,
        alone: bool = False,
        jitter: Jitter = full_jitter,
        finish_seconds: float = FINISH_SECONDS,
    ) -> None:
        self._finish_seconds = finish_seconds
        self._units = units
        self._platforms = {platform.name: platform for platform in platforms}
        self._clock = clock
        self._routes = routes
        self._metrics = metrics
        self._machine = MachineTime(alone=alone)
        self._marker = PostMarker(units, clock, self._machine)
        self._jitter = jitter
        self._must_take_over = alone
        self._in_hand: set[int] = set()
        self._sending: set[asyncio.Task[None]] = set()
        self._is_ending = False

    async def deliver(self) -> None:
        """Send what may be sent now, each workspace by itself. Raises DatabaseAway."""
        if self._must_take_over:
            await self._run(lambda store: self._expired(store, self._machine.now(store) + LONG, -LONG))
            self._must_take_over = False
        due = await self._run(lambda store: store.posts.due(self._machine.now(store)))
        done = await asyncio.gather(*(self._send_all(key) for key in due), return_exceptions=True)
        if failures := [one for one in done if isinstance(one, BaseException)]:
            raise failures[0]

    async def settle(self) -> None:
        """Find out what became of posts that may be shown or not. Raises DatabaseAway."""
        for claimed in await self._run(self._left_over):
            if not self._is_ending:
                await self._look(claimed)

    async def stop(self) -> None:
        """Begin nothing more, and let what is being sent end. At most 8 seconds."""
        self._is_ending = True
        if self._sending:
            _, late = await asyncio.wait(self._sending, timeout=self._finish_seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=WRITE_SECONDS)
        await self._marker.stop(WRITE_SECONDS)

    async def _send_all(self, key: Key) -> None:
        while not self._is_ending and (ready := await self._claimed(key)) is not None:
            task = asyncio.create_task(self._send(ready), name="a post")
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
            await asyncio.wait({task})
            task.result()

    async def _claimed(self, key: Key) -> _Ready | None:
        try:
            return await self._run(lambda store: self._claim(store, key, self._drawn))
        except DatabaseAway:
            raise
        except Exception as bug:  # noqa: BLE001  what cannot be drawn must not keep the others
            log.bug("a post could not be drawn", bug)
            return await self._run(lambda store: self._claim(store, key, self._poisoned))

    def _claim(self, store: Store, key: Key, drawn: Callable[[Store, Post], Message | Verdict]) -> _Ready | None:
        """The next post of that workspace, as its budget lets it go, and what it says."""
        platform, machine_at = self._platforms.get(key[0]), self._machine.now(store)
        rate = platform.capabilities.rate if platform else 1.0
        moments = store.budgets.take(*key, machine_at, rate, 1, AHEAD_SECONDS)
        claimed = store.posts.claim(*key, machine_at, LEASE_SECONDS, uuid.uuid4().hex) if moments else None
        if claimed is None:
            return None
        says = drawn(store, claimed.post) if platform else Verdict(State.GAVE_UP, NOT_SET_UP)
        if isinstance(says, Message):
            return _Ready(claimed, says, moments[0])
        self._marker.keep(store, [PostMark(claimed.post, says)], self._clock.now())
        return _Ready(claimed, None, 0.0)

    def _drawn(self, store: Store, post: Post) -> Message | Verdict:
        desk = Desk(store, self._clock.now(), store.networks.programme(), self._routes)
        drawn = draw(post, desk, self._routes.posts)
        return Verdict(State.DROPPED, drawn.why, counts=False) if isinstance(drawn, Drop) else drawn

    def _poisoned(self, store: Store, post: Post) -> Verdict:
        return of_bug(post.attempts, self._jitter)

    async def _send(self, ready: _Ready) -> None:
        post = ready.claimed.post
        if ready.message is None:
            return
        self._in_hand.add(post.id)
        try:
            await asyncio.sleep(ready.delay)
            platform = self._platforms[post.home.platform]
            result = await self._attempt(platform, ready.claimed, ready.message)
            self._metrics.attempt(platform.name, Sent(result.ref) if isinstance(result, Partly) else result)
            reads_back = platform.capabilities.reads_back
            is_gone = bool(post.ref) and isinstance(result, GaveUp) and result.unreachable
            await self._marker.write(PostMark(post, self._judged(result, post, reads_back=reads_back), is_gone))
        finally:
            self._in_hand.discard(post.id)

    async def _attempt(self, platform: HomePlatform, claimed: ClaimedPost, message: Message) -> PostResult:
        post, key = claimed.post, key_of(claimed.post)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                if post.ref:
                    return await platform.amend(post.home, claimed.address, post.ref, message, key)
                return await platform.post(post.home, claimed.address, message, key)
        except TimeoutError:
            return Unknown("There was no answer in time.")
        except asyncio.CancelledError:
            task = asyncio.current_task()
            assert task is not None
            task.uncancel()
            return Unknown("The bot stopped while it was being posted.")
        except Exception as bug:  # noqa: BLE001  the one catch of this loop
            log.bug("a platform failed at posting", bug, post=post.id)
            return Unknown(BUG)

    def _judged(self, result: PostResult, post: Post, *, reads_back: bool) -> Verdict:
        """What is to be written down after an attempt. What is shown already may be put right as often as one likes."""
        if isinstance(result, Partly):
            if result.after is None:
                return Verdict(State.GAVE_UP, result.why, result.ref, result.link)
            again = of_attempt(TryAgain(result.why, result.after), post.attempts, reads_back=reads_back)
            return Verdict(again.state, again.why, result.ref, result.link, again.after)
        if post.ref and isinstance(result, Unknown):
            result = TryAgain(result.why)
        return of_attempt(result, post.attempts, reads_back=reads_back, jitter=self._jitter)

    def _left_over(self, store: Store) -> list[ClaimedPost]:
        """What is past its lease; nothing while leases cannot be trusted."""
        at = self._machine.now(store)
        return [] if self._machine.was_put_forth(LEASE_SECONDS) else self._expired(store, at)

    def _expired(self, store: Store, at: datetime, sooner: timedelta = timedelta()) -> list[ClaimedPost]:
        reading = [name for name, one in self._platforms.items() if one.capabilities.reads_back]
        lease = LEASE_SECONDS + sooner.total_seconds()
        return store.posts.expired(at, reading, lease_seconds=lease, besides=self._in_hand)

    async def _look(self, claimed: ClaimedPost) -> None:
        post, platform = claimed.post, self._platforms.get(claimed.post.home.platform)
        if post.ref:  # To put it right twice does no harm.
            await self._marker.write(PostMark(post, Verdict(State.PLANNED, post.why)))
            return
        if platform is None or post.claimed_at is None or not platform.capabilities.reads_back:
            return
        machine_at = await self._run(self._machine.now)
        try:
            since = post.claimed_at - BEFORE_CLAIM
            result = await platform.find_post(post.home, claimed.address, key_of(post), since)
        except Exception as bug:  # noqa: BLE001  the one catch of this loop
            log.bug("a platform failed at looking", bug, post=post.id)
            result = Unknown(BUG)
        self._metrics.look(platform.name, Sent(result.ref) if isinstance(result, Partly) else result)
        if isinstance(result, Partly):
            verdict = Verdict(State.PLANNED, result.why, result.ref, result.link)
        else:
            uncertain = (machine_at - post.claimed_at).total_seconds()
            verdict = of_look(result, post.attempts, post.why, uncertain)
        await self._marker.write(PostMark(post, verdict))

    async def _run(self, work: Callable[[Store], T]) -> T:
        return await asyncio.wrap_future(self._units.run(work))


def key_of(post: Post) -> str:
    """What the platform knows the post by: the same at every attempt."""
    return f"p{post.id}.{post.turn}"


def _outcome(mark: PostMark, machine_at: datetime, now: datetime) -> PostOutcome:
    post, verdict = mark.post, mark.verdict
    not_before = None if verdict.after is None else machine_at + timedelta(seconds=verdict.after)
    return PostOutcome(
        post.id, post.token, verdict.state, now, verdict.why, verdict.ref, verdict.link, not_before, verdict.counts,
        mark.is_gone,
    )  # fmt: skip
