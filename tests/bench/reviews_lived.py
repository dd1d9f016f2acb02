"""Rapid reviews as they are lived, beside a book that says by the rules alone who should read what of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from storage.records import Audience, Reader, Role, RoleHeld
from storage.review_records import TEXTS, Point, PointKind, Result
from storage.store import Store

AT = datetime(2027, 1, 12, 10, tzinfo=UTC)
HERE, THERE = 1, 2
PEOPLE = range(1, 8)
KEYS = ("a.now", "a.hoped", "stage", "purpose")
ROLES = (
    RoleHeld(Role.COORDINATOR, HERE), RoleHeld(Role.LEADER, HERE), RoleHeld(Role.MEMBER, HERE),
    RoleHeld(Role.FACULTY), RoleHeld(Role.LEADER, THERE), RoleHeld(Role.ADMIN),
)  # fmt: skip
FIRST = (*ROLES[:4], ROLES[2], ROLES[2], ROLES[4])
"""What each person holds at first."""
TIERS = [None, *Audience]


class Step(NamedTuple):
    """One thing that is tried; what of it does not make sense then is tried all the same."""

    what: str
    who: int
    key: str
    level: int
    audience: Audience | None
    role: RoleHeld


@dataclass
class Book:
    """What there is to know of one review, told from the rules alone. Every answer is a word of its own."""

    state: str = "open"
    audience: Audience | None = None
    answers: dict[int, dict[str, str]] = field(default_factory=dict)
    finished: set[int] = field(default_factory=set)
    kept: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    kept_by: dict[str, int] = field(default_factory=dict)
    points: list[str] = field(default_factory=list)
    people: int = 0
    came_to: dict[str, list[str]] = field(default_factory=dict)
    was_erased: bool = False

    def forget(self, who: int) -> None:
        """The words of the only one who answered."""
        self.points = []
        for key in [key for key, by in self.kept_by.items() if by == who]:
            del self.kept[key], self.notes[key], self.kept_by[key]

    def all_said(self) -> dict[str, list[str]]:
        """By key, the answers of those who finished."""
        said: dict[str, list[str]] = {}
        for person_id in self.finished:
            for key, value in self.answers[person_id].items():
                said.setdefault(key, []).append(value)
        return {key: sorted(values) for key, values in said.items()}


@dataclass
class Life:
    """The network with its people, and its reviews by their id; the newest is the one that steps are about."""

    store: Store
    roles: dict[int, set[RoleHeld]]
    books: dict[int, Book]
    now: int = 0
    number: int = 0
    seen: set[str] = field(default_factory=set)

    @property
    def book(self) -> Book:
        return self.books[self.now]

    def word(self, level: int) -> str:
        """A level, or a text, unlike any other, in the order of the levels."""
        self.number += 1
        return f"{level}-{self.number:04}"

    def is_here(self, person_id: int) -> bool:
        held = self.roles.get(person_id, set())
        return any(one.network_id == HERE or one.role is Role.FACULTY for one in held)

    def take(self, step: Step) -> None:
        """Do it, and note in the book what should come of it."""
        if step.who not in self.roles:
            return
        getattr(self, f"_{step.what.replace(' ', '_')}")(step)

    def _answer(self, step: Step) -> None:
        value = "growing" if step.key == "stage" and step.level > 1 else self.word(step.level)
        took = self.store.reviews.keep(self.now, step.who, {step.key: value}, AT)
        assert took is (self.book.state in ("open", "joint") and step.who in self.book.answers)
        if took:
            self.book.answers[step.who][step.key] = value

    def _finish(self, step: Step) -> None:
        if self.store.reviews.finish(self.now, step.who, AT):
            self.book.finished.add(step.who)

    def _invite(self, step: Step) -> None:
        if self.store.reviews.invite(self.now, step.who, AT):
            self.book.answers[step.who] = {}

    def _agree(self, step: Step) -> None:
        self._joint(step)
        review, value, note = self.store.reviews.by_id(self.now), self.word(step.level), self.word(9)
        assert review is not None
        value = "" if step.level == 1 else value
        if self.store.reviews.agree(review, step.key, value, note, step.who, AT):
            self.book.kept[step.key], self.book.notes[step.key] = value, note
            self.book.kept_by[step.key] = step.who

    def _joint(self, step: Step) -> None:
        if self.store.reviews.begin_joint(self.now, step.who, AT):
            self.book.state = "joint"

    def _points(self, step: Step) -> None:
        word = self.word(step.level)
        if self.store.reviews.keep_points(self.now, [Point(PointKind.STRENGTH, 1, word)]):
            self.book.points = [word]

    def _end(self, step: Step) -> None:
        self._joint(step)
        if self.store.reviews.end(self.now, AT + timedelta(hours=1)):
            book = self.book
            book.state, book.people, book.came_to = "ended", len(book.finished), book.all_said()

    def _share(self, step: Step) -> None:
        self.store.reviews.set_audience(self.now, step.audience)
        self.book.audience = step.audience

    def _leave(self, step: Step) -> None:
        if self.store.reviews.leave(self.now, step.who, AT):
            self.book.finished.discard(step.who)
            del self.book.answers[step.who]

    def _give_up(self, _step: Step) -> None:
        if self.store.reviews.give_up(self.now, AT):
            self.book.state = "given up"

    def _begin(self, step: Step) -> None:
        review_id = self.store.reviews.begin(HERE, step.who, AT)
        going_on = [one for one in self.books.values() if one.state in ("open", "joint")]
        assert (review_id is None) is bool(going_on)
        if review_id is not None:
            self.now, self.books[review_id] = review_id, Book(answers={step.who: {}})

    def _role(self, step: Step) -> None:
        if step.role in self.roles[step.who]:
            self.store.people.remove_role(step.who, step.role)
            self.roles[step.who].remove(step.role)
        else:
            self.store.people.add_role(step.who, step.role)
            self.roles[step.who].add(step.role)

    def _erase(self, step: Step) -> None:
        self.store.reviews.erase_person(step.who)
        self.store.people.erase(step.who)
        del self.roles[step.who]
        for book in self.books.values():
            book.answers.pop(step.who, None)
            if step.who in book.finished:
                if (book.people if book.state == "ended" else len(book.finished)) == 1:
                    book.forget(step.who)
                book.finished.remove(step.who)
                book.was_erased = book.state == "ended"
                book.came_to = book.came_to if book.finished else {}

    def look(self) -> None:
        """Every way of reading, for everyone, beside what the book says."""
        for review_id, book in self.books.items():
            for person_id in (*PEOPLE, 99):
                self._look_inside(review_id, book, person_id)
                for tier in TIERS:
                    self._look_at_result(review_id, book, Reader(person_id, tier))
        for tier in Audience:
            for found in self.store.reviews.results_of([HERE, THERE], tier).get(HERE, []):
                assert _reaches(self.books[found.review.id], tier)
                self._holds(found, self.books[found.review.id], None)

    def _look_inside(self, review_id: int, book: Book, person_id: int) -> None:
        reviews, is_told = self.store.reviews, book.state in ("joint", "ended")
        may = is_told and person_id in book.finished and self.is_here(person_id)
        views = reviews.views(review_id, person_id)
        assert (views is not None) is may
        if views is not None:
            assert {key: list(values) for key, values in views.by_key.items()} == book.all_said()
            assert views.people == len(book.finished)
            assert len(set(views.changed_at.values())) <= 1
        agreed = {key: one.value for key, one in reviews.agreed(review_id, person_id).items()}
        assert agreed == (book.kept if may else {})
        assert [one.text for one in reviews.points(review_id, person_id)] == (book.points if may else [])
        assert reviews.own(review_id, person_id) == book.answers.get(person_id, {})

    def _look_at_result(self, review_id: int, book: Book, reader: Reader) -> None:
        is_own = reader.person_id in book.answers and self.is_here(reader.person_id)
        may = book.state == "ended" and (is_own or _reaches(book, reader.tier))
        result = self.store.reviews.result(review_id, reader)
        assert (result is not None) is may
        if result is not None:
            self._holds(result, book, reader if is_own else None)
        newest = self.store.reviews.latest_for([(reader, HERE)]).get((reader.person_id, HERE))
        if may:
            assert newest is not None
            assert newest.review.id >= review_id
        if newest is not None and newest.review.id == review_id:
            assert newest == result

    def _holds(self, result: Result, book: Book, own: Reader | None) -> None:
        """Just what the session kept, what all said, the lower of what they said, and ranges where they are due."""
        self.seen.add(f"a result of {book.people}, {'own' if own else 'shared'}")
        came_to = {key: _outcome(key, said) for key, said in book.came_to.items() if key not in TEXTS}
        kept = {
            key: value or (came_to.get(key, "") if key.startswith("a.") else "") for key, value in book.kept.items()
        }
        assert {key: one.value for key, one in result.agreed.items()} == came_to | kept
        assert {one.note for one in result.agreed.values()} - {""} == set(book.notes.values())
        assert own or not [one for one in result.agreed.values() if one.by_id or one.by_name]
        assert [one.text for one in result.points] == book.points
        assert (result.is_own, result.people) == (own is not None, book.people)
        is_ranged = book.people >= 5 or (own is not None and own.person_id in book.finished)
        whole = {key: said for key, said in book.came_to.items() if key.startswith("a.") and len(said) == book.people}
        ranges = {key: (said[0], said[-1]) for key, said in whole.items()}
        assert result.ranges == (ranges if is_ranged and not book.was_erased else {})


def _reaches(book: Book, tier: Audience | None) -> bool:
    shared, widest = book.audience or Audience.ONLY_ME, tier or Audience.COORDINATOR
    return tier is not None and book.state == "ended" and shared >= max(widest, Audience.COORDINATOR)


def _outcome(key: str, said: list[str]) -> str:
    return said[0] if key.startswith("a.") or len(set(said)) == 1 else ""


def lived(store: Store, answered: int, doings: Iterable[Step], audience: Audience | None) -> set[str]:
    """Live through it from a review that so many have answered, and look at everything before and after its end, when
    it is shared so widely; answers what there was to see."""
    for key in ("here", "there"):
        store.networks.add(key, key, "", None, None)
    for person_id, role in zip(PEOPLE, FIRST, strict=True):
        assert store.people.add(f"Person {person_id}") == person_id
        store.people.add_role(person_id, role)
    review_id = store.reviews.begin(HERE, 1, AT)
    assert review_id is not None
    life = Life(store, {who: {role} for who, role in zip(PEOPLE, FIRST, strict=True)}, {}, review_id)
    life.books[review_id] = Book(answers={1: {}})
    for person_id in PEOPLE[:answered]:
        for what, key in (("invite", ""), *(("answer", key) for key in KEYS[person_id % 2 :]), ("finish", "")):
            life.take(Step(what, person_id, key, 1 + person_id % 3, None, ROLES[0]))
    for step in doings:
        life.take(step)
    life.look()
    survivor = min(life.roles, default=0)
    for what in ("end", "share"):
        life.take(Step(what, survivor, "", 1, audience, ROLES[0]))
    life.look()
    return life.seen
