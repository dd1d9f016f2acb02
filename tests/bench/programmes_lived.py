"""Lets the people of a made-up programme do what their steps say, by the bot's own forms, and keeps the book of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime, timedelta

from bench.programmes import MARKED, TEXTS, Book, CheckIn, Goal, Part, Step
from bench.programmes_planned import OF_THOSE_WHO_RUN, Planning
from bench.straight import Straight, account, words_in
from handlers.kit.events import Values
from handlers.kit.replies import Ask, Reply
from handlers.people.loading import FileNetwork, FilePerson, FileRole, ProgrammeFile, apply
from handlers.updates.drafting import accept, request_for
from handlers.updates.rules import AUDIENCES
from prompts.updates.shape import Answer, Drafted, Sentence
from storage.records import Audience, Home, Role
from storage.unit import Store

NAMES = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ivy")
SINCE = date(2026, 12, 1)
LEASE = timedelta(minutes=5)


def programme(cast: Sequence[tuple[Part, ...]]) -> ProgrammeFile:
    """The networks that somebody is in, each with a home, and the people."""
    numbers = sorted({network for parts in cast for _, network in parts if network is not None} | {1, 2})
    networks = tuple(
        FileNetwork(f"n{one}", f"Network {one}", "", date(2026, 11, 2), Home("slack", "T01", f"C{one}"))
        for one in range(1, max(numbers) + 1)
    )
    people = tuple(
        FilePerson(name, None, (account(name.lower()),), tuple(
            FileRole(role, f"n{of}" if of else None) for role, of in parts
        ))
        for name, parts in zip(NAMES, cast, strict=False)
    )  # fmt: skip
    return ProgrammeFile("Networks", "Europe/London", networks, people)


class Life(Planning):
    """A programme on a database, the book of what its people said, and what they do next."""

    def __init__(self, inside: Straight, cast: Sequence[tuple[Part, ...]]) -> None:
        self.inside, self.book = inside, Book()
        self.users = [name.lower() for name, _ in zip(NAMES, cast, strict=False)]
        self.book.roles = {user: set(parts) for user, parts in zip(self.users, cast, strict=False)}
        self.ids: dict[str, int] = {}
        self._file = programme(cast)
        self.done: list[str] = []

    async def begin(self) -> None:
        """Put everyone in."""
        await self.inside.store(lambda store: apply(self._file, store, datetime(2026, 12, 1, tzinfo=UTC)))

        def found(store: Store) -> dict[str, int]:
            people = {user: store.people.by_account(account(user)) for user in self.users}
            return {user: person.id for user, person in people.items() if person}

        self.ids = await self.inside.store(found)

    async def take(self, step: Step) -> None:
        """Do the step, where whoever it names may; the book tells of it only if it was done."""
        doing: Callable[[str, Step], Awaitable[bool]] = getattr(self, f"_{step.what.replace(' ', '_')}")
        able = [user for user in self._able(step) if user not in self.book.erased]
        if able and await doing(able[step.who % len(able)], step):
            self.done.append(step.what)

    def _able(self, step: Step) -> Sequence[str]:
        """Those who most likely can do it; of what is done with a goal now and then anybody tries."""
        book, goal = self.book, self._some_goal(step)
        if step.what in ("edit", "share", "withdraw"):
            found = list(book.checkins.values())
            return [found[step.which % len(found)].user] if found else ()
        if step.what in ("give", "goal audience", "progress", "reword", "hand over", "close") and goal and step.who < 7:
            return [goal.author or goal.owner]
        if step.what in ("draft", "rewrite", "send", *OF_THOSE_WHO_RUN):
            return [one for one in self.users if any(book.runs(one, of) for of in book.networks_of(one))]
        if step.what == "leave":
            return [one for one in self.users if any(role is Role.COORDINATOR for role, _ in book.roles[one])]
        if step.what in ("note", "follow up"):
            return [one for one in self.users if book.is_faculty(one) or step.what == "note"]
        return self.users

    async def _sent(self, user: str, form: str, argument: str, values: Values) -> bool:
        """Fill a form as its person does; False where they are refused it, or it does not offer what was chosen."""
        opened = await self.inside.opens(user, form, argument)
        if not isinstance(opened, Ask):
            return False
        for one in opened.form.questions:
            if one.choices and one.key in values and values[one.key] not in [each.value for each in one.choices]:
                return False
        standing = {one.key: one.value for one in opened.form.questions if one.value is not None}
        known = {one.key for one in opened.form.questions}
        given = {key: value for key, value in values.items() if key in known}
        reply = await self.inside.sends(user, opened.form.name, opened.form.argument, {**standing, **given})
        assert type(reply).__name__ == "Say", words_in(reply)
        return True

    async def _check_in(self, user: str, step: Step) -> bool:
        networks = self.book.networks_of(user)
        return bool(networks) and await self._say(user, networks[step.which % len(networks)], step)

    async def _edit(self, user: str, step: Step) -> bool:
        one = self._own(user, step)
        return one is not None and await self._say(user, one.network, step, one)

    def _own(self, user: str, step: Step) -> CheckIn | None:
        found = list(self.book.checkins.values())
        one = found[step.which % len(found)] if found else None
        return one if one and one.user == user else None

    async def _say(self, user: str, network: int, step: Step, before: CheckIn | None = None) -> bool:
        """A check-in, or another in the place of the one that stands."""
        keys = [key for place, key in enumerate(TEXTS) if (step.other + place) % 3]
        said = {key: (self.book.new(), tier) for key, tier in zip(TEXTS, step.audiences, strict=True) if key in keys}
        values = {key: said[key][0] if key in said else "" for key in TEXTS}
        values |= {f"{key}:who": tier.name.lower() for key, (_, tier) in said.items()}
        values |= {"feeling": str(step.other % 5 + 1), "help": "yes" if step.other % 2 else "no"}
        form, argument = ("checkins.edit", str(before.id)) if before else ("checkins.record", str(network))
        assert await self._sent(user, form, argument, values) or before
        for one in await self.inside.history(user):
            words = {answer.key: str(answer.value) for answer in one.answers}
            if words.get(next(iter(said))) == said[next(iter(said))][0]:
                old = self.book.checkins.get(one.id)
                self.book.past |= {word: (user, one.id, key) for key, (word, _) in old.says.items()} if old else {}
                self.book.checkins[one.id] = CheckIn(one.id, user, network, said)
        return True

    async def _share(self, user: str, step: Step) -> bool:
        one = self._own(user, step)
        if one is None:
            return False
        chosen = dict(zip(TEXTS, step.audiences, strict=True)) | {
            "feeling": step.audiences[0],
            "help": step.audiences[1],
        }
        values = {key: tier.name.lower() for key, tier in chosen.items()}
        await self._sent(user, "checkins.audience", str(one.id), values)
        one.says = {key: (word, chosen[key]) for key, (word, _) in one.says.items()}
        return True

    async def _withdraw(self, user: str, step: Step) -> bool:
        one = self._own(user, step)
        if one is not None:
            await self.inside.presses(user, "checkins.withdraw", str(one.id))
            self.book.withdraw(one.id)
        return one is not None

    async def _goal(self, user: str, step: Step) -> bool:
        number, word = await self._newest("goals") + 1, self.book.new()
        await self.inside.says(user, f"new goal: {word}")
        self.book.goals[number] = Goal(number, user, user, title=word, words={word: user})
        return True

    async def _newest(self, table: str) -> int:
        return max((row[0] for row in (await self.inside.tables())[table]), default=0)

    def _some_goal(self, step: Step) -> Goal | None:
        goals = list(self.book.goals.values())
        return goals[step.which % len(goals)] if goals else None

    async def _give(self, user: str, step: Step) -> bool:
        goal, networks = self._some_goal(step), self.book.networks_of(user)
        if goal is None or goal.author != user or not goal.is_personal or not networks:
            return False
        goal.network, goal.is_personal = networks[step.other % len(networks)], False
        goal.audience = Audience.NETWORK
        await self.inside.presses(user, "goals.give", f"{goal.id}.{goal.network}")
        return True

    async def _goal_audience(self, user: str, step: Step) -> bool:
        goal, networks = self._some_goal(step), self.book.networks_of(user)
        if goal is None or (goal.is_personal and not networks):
            return False
        network = networks[step.other % len(networks)] if goal.is_personal else goal.network
        values = {"audience": step.audiences[0].name.lower(), "network": str(network)}
        if not await self._sent(user, "goals.audience", str(goal.id), values):
            return False
        is_shared = not goal.is_personal or step.audiences[0] is not Audience.ONLY_ME
        goal.audience, goal.network = step.audiences[0], network if is_shared else goal.network
        return True

    async def _help(self, user: str, step: Step) -> bool:
        goal = self._some_goal(step)
        if goal is not None:
            await self.inside.presses(user, "goals.help", str(goal.id))
        return goal is not None

    async def _progress(self, user: str, step: Step) -> bool:
        return await self._tell("goals.progress", ("now", "why"), user, step)

    async def _close(self, user: str, step: Step) -> bool:
        return await self._tell(("goals.achieved", "goals.dropped")[step.other % 2], ("why",), user, step)

    async def _reword(self, user: str, step: Step) -> bool:
        return await self._tell("goals.edit", ("title", "why"), user, step)

    async def _tell(self, form: str, keys: Sequence[str], user: str, step: Step) -> bool:
        goal = self._some_goal(step)
        words = {key: self.book.new() for key in keys}
        if goal is None or not await self._sent(user, form, str(goal.id), words):
            return False
        goal.words |= dict.fromkeys(words.values(), user)
        goal.title = words.get("title", goal.title)
        return True

    async def _hand_over(self, user: str, step: Step) -> bool:
        goal, to = self._some_goal(step), self.users[step.other % len(self.users)]
        if goal is None or not await self._sent(user, "goals.owner", str(goal.id), {"owner": str(self.ids[to])}):
            return False
        goal.owner = to
        return True

    async def _note(self, user: str, step: Step) -> bool:
        network, word = step.which % len(self._file.networks) + 1, self.book.new()
        if not await self._sent(user, "digests.write", str(network), {"text": word}):
            return False
        self.book.notes[word] = (user, network)
        return True

    async def _follow_up(self, user: str, step: Step) -> bool:
        word = self.book.new()
        if not await self._sent(user, "digests.follow", str(step.which % len(self._file.networks) + 1), {"text": word}):
            return False
        self.book.past[word] = (user, 0, "")
        return True

    async def _draft(self, user: str, step: Step) -> bool:
        """A draft of all days so far, and a model's version that says again what its facts say."""
        networks = [one for one in self.book.networks_of(user) if self.book.runs(user, one)]
        if not networks:
            return False
        network, audience = networks[step.which % len(networks)], AUDIENCES[step.other % len(AUDIENCES)]
        days = {"period": "own", "first": SINCE.isoformat(), "last": self.inside.clock.now().date().isoformat()}
        assert await self._sent(user, "updates.new", str(network), {**days, "audience": audience.name.lower()})
        number = await self._newest("drafts")
        self.book.drafts[number] = (network, audience)
        await self.inside.store(lambda store: self._model_writes(store, number))
        if step.other % 2:
            await self.inside.presses(user, "updates.version", f"{number}.1")
        return True

    def _model_writes(self, store: Store, draft_id: int) -> None:
        now, routes = self.inside.clock.now(), self.inside.routes
        wanted = store.drafts.claim_wanted(now, LEASE)
        request = request_for(store, draft_id, routes, now)
        assert wanted is not None
        assert request is not None
        facts = [one for one in request.facts if MARKED.search(one.text)]
        said = tuple(Sentence(one.section, f"{one.by or 'Someone'}: {one.text}", (one.number,)) for one in facts[:4])
        accept(store, draft_id, wanted.token, Drafted(Answer(said), "a-model", "v1", 10), routes, now)

    def _some_draft(self, user: str, step: Step) -> int | None:
        mine = [key for key, (network, _) in self.book.drafts.items() if self.book.runs(user, network)]
        return mine[step.which % len(mine)] if mine else None

    async def _rewrite(self, user: str, step: Step) -> bool:
        """Put all that a section says together on one line."""
        draft_id = self._some_draft(user, step)
        opened = await self.inside.opens(user, "updates.edit", f"{draft_id}.{step.other % 7}.0") if draft_id else None
        words = " and ".join(sorted(set(MARKED.findall(words_in(opened)))))
        return bool(words) and await self._sent(user, "updates.edit", _at(opened), {"text": f"We heard {words}."})

    async def _send(self, user: str, step: Step) -> bool:
        draft_id = self._some_draft(user, step)
        if draft_id is None:
            return False
        version = await self.inside.store(lambda store: store.drafts.by_id(draft_id))
        at = f"{draft_id}.{version.version if version else 0}"
        for action in ("updates.post", "updates.share")[: 1 + step.other % 2]:
            await self.inside.presses(user, action, at)
        return True

    async def _erase(self, user: str, step: Step) -> bool:
        if step.other > 3 or not await self._sent(user, "privacy.erase", "", {"confirmation": "erase"}):
            return False
        self.book.erase(user)
        return True

    async def _leave(self, user: str, step: Step) -> bool:
        """A co-ordinator takes somebody out of a network."""
        mine = [of for role, of in sorted(self.book.roles[user], key=str) if role is Role.COORDINATOR]
        who = self.users[step.other % len(self.users)]
        if not mine or who in self.book.erased or mine[0] not in self.book.networks_of(who):
            return False
        reply = await self.inside.presses(user, "people.remove", f"{mine[0]}.{self.ids[who]}")
        if type(reply).__name__ != "Replace":
            return False
        self.book.roles[who] = {one for one in self.book.roles[who] if one[1] != mine[0]}
        return True

    async def _wait(self, user: str, step: Step) -> bool:
        self.inside.clock.move(days=step.other + 1)
        return True


def _at(opened: Reply | None) -> str:
    assert isinstance(opened, Ask)
    return opened.form.argument
