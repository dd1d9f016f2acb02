"""Lets the people of a made-up programme hold reviews and make plans, and keeps the book of who may read them."""

from __future__ import annotations

from datetime import date

from bench.plans import planned
from bench.programmes import Book, Shared, Step
from bench.reviews import reviewed
from bench.straight import Straight
from storage.records import Audience
from storage.review_records import Point, PointKind
from storage.unit import Store

OF_THOSE_WHO_RUN = ("plan", "plan audience", "point", "end plan", "review", "review audience")
"""Steps that only those take who run a network."""
BEGAN = date(2026, 11, 2)
MONTHS = (date(2026, 11, 1), date(2026, 12, 1))


class Planning:
    """The steps that need no form: what they come to is kept as the forms keep it."""

    inside: Straight
    book: Book
    ids: dict[str, int]

    def _run_by(self, user: str, step: Step) -> int | None:
        found = [one for one in self.book.networks_of(user) if self.book.runs(user, one)]
        return found[step.which % len(found)] if found else None

    def _some(self, shared: dict[int, Shared], user: str, step: Step) -> int | None:
        found = [key for key, one in shared.items() if self.book.runs(user, one.network)]
        return found[step.which % len(found)] if found else None

    async def _plan(self, user: str, step: Step) -> bool:
        """A plan with two things that are past their month; it takes the place of the one before."""
        network, audience = self._run_by(user, step), max(step.audiences[0], Audience.COORDINATOR)
        if network is None:
            return False
        titles, now = (self.book.new(), self.book.new()), self.inside.clock.now()
        items = dict(zip(titles, MONTHS, strict=True))

        def make(store: Store) -> int:
            return planned(store, network, self.ids[user], BEGAN, now, items, audience)[0]

        plan_id = await self.inside.store(make)
        self.book.plans[plan_id] = Shared(network, audience, dict.fromkeys(titles, user))
        return True

    async def _plan_audience(self, user: str, step: Step) -> bool:
        plan_id, audience = self._some(self.book.plans, user, step), max(step.audiences[0], Audience.COORDINATOR)
        if plan_id is None:
            return False
        await self.inside.store(lambda store: store.plans.set_audience(plan_id, audience))
        self.book.plans[plan_id].audience = audience
        return True

    async def _point(self, user: str, step: Step) -> bool:
        """A review point is held, and a note on it is kept."""
        plan_id = self._some(self.book.plans, user, step)
        if plan_id is None or len(self.book.plans[plan_id].told) > 5 or self.book.plans[plan_id].is_over:
            return False
        word, plan, today_on = self.book.new(), self.book.plans[plan_id], self.inside.clock.now().date()
        month = 3 * (len(plan.told) + 1)
        await self.inside.store(lambda store: store.plans.hold_point(plan_id, month, today_on, word))
        plan.words[word] = ""
        plan.told.add(word)
        return True

    async def _end_plan(self, user: str, step: Step) -> bool:
        plan_id, words = self._some(self.book.plans, user, step), (self.book.new(), self.book.new(), self.book.new())
        if plan_id is None:
            return False
        now, author = self.inside.clock.now(), self.ids[user]
        if not await self.inside.store(lambda store: store.plans.finish(plan_id, *words, author, now)):
            return False
        plan = self.book.plans[plan_id]
        plan.words |= dict.fromkeys(words, user)
        plan.told |= set(words)
        plan.is_over = True
        return True

    async def _review(self, user: str, step: Step) -> bool:
        """A review of two of its people, that has ended."""
        network = self._run_by(user, step)
        if network is None:
            return False
        others = [one for one in self.ids if one != user and one not in self.book.erased]
        people = [user, *[one for one in others if network in self.book.networks_of(one)][:1]]
        words, now = [self.book.new(), self.book.new()], self.inside.clock.now()
        audience = step.audiences[0] if step.audiences[0] >= Audience.COORDINATOR else None
        points = [Point(kind, 1, word) for kind, word in zip(PointKind, words, strict=True)]

        def hold(store: Store) -> int:
            ids = [self.ids[one] for one in people]
            return reviewed(store, network, ids, {"governance": "managed"}, audience, now, points=points)

        review_id = await self.inside.store(hold)
        self.book.reviews[review_id] = Shared(network, audience, dict.fromkeys(words, ""), set(people))
        return True

    async def _review_audience(self, user: str, step: Step) -> bool:
        review_id = self._some(self.book.reviews, user, step)
        audience = step.audiences[0] if step.audiences[0] >= Audience.COORDINATOR else None
        if review_id is None:
            return False
        await self.inside.store(lambda store: store.reviews.set_audience(review_id, audience))
        self.book.reviews[review_id].audience = audience
        return True
