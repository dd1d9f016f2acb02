"""Takes each event to its route inside one unit of work: event -> person -> route -> reply, committed or not at all."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

from bot.clock import Clock
from bot.logs import log
from bot.metrics import Metrics
from bot.platforms import NotKept
from handlers.kit.content import Form, plain
from handlers.kit.context import Context, zone_named
from handlers.kit.door import MOST_SAID, SHORT_WORK, Details, cleaned, details_in, typed
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Event, FormOpened, HomeOpened, Joined, Press, ProfileSeen, Submission
from handlers.kit.feature import FormRoute, Routes
from handlers.kit.forms import Filled, read
from handlers.kit.harm import points_to_harm
from handlers.kit.patient_details import forget_it_sentence
from handlers.kit.replies import Ask, Correct, Nothing, Reply, Say
from handlers.kit.signpost import with_signpost
from handlers.onboarding.flow import home_page, welcome
from handlers.onboarding.views import stranger
from storage.errors import DatabaseAway
from storage.records import Home, Person, Programme
from storage.unit import Store, Units


class _RolledBack(Exception):
    """Ends a unit without an effect, and carries the reply out."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply


def _with_values(event: Submission, filled: Filled) -> Submission:
    return replace(event, values=filled.values)


async def _looked_through(event: Event) -> tuple[Details, bool]:
    """What the door finds, and whether words point to harm: a long text is looked through where nobody waits for it."""
    texts = typed(event)
    if sum(map(len, texts.values())) <= SHORT_WORK:
        return _found_in(texts)
    return await asyncio.to_thread(_found_in, texts)


def _found_in(texts: dict[str, str]) -> tuple[Details, bool]:
    return details_in(texts), points_to_harm(texts.values())


class Dispatcher:
    """The one way from an event to its reply. Called by every platform; safe to call at once from many tasks."""

    def __init__(
        self,
        units: Units,
        routes: Routes,
        clock: Clock,
        metrics: Metrics,
        posts_on: frozenset[str] | None = None,
        model_name: str = "",
    ) -> None:
        """`posts_on`: the platforms that networks can call home; None where that is not known. `model_name`: the model
        that is set up to write; empty where there is none."""
        self._posts_on = posts_on
        self._model_name = model_name
        self._units = units
        self._routes = routes
        self._clock = clock
        self._metrics = metrics

    async def __call__(self, event: Event) -> Reply:
        """Handle the event once and return the reply. Raises NotKept where the database cannot keep it."""
        began = time.perf_counter()
        outcome, alarms = "kept", False
        try:
            event = cleaned(event)
            details, alarms = await _looked_through(event)
            handle = self._handle_with_signpost if alarms else self._handle
            return await asyncio.wrap_future(self._units.run(lambda store: handle(store, event, details)))
        except _RolledBack as ended:
            outcome = "not kept"
            return ended.reply
        except NotAllowed as refused:
            outcome = "refused"
            return await self._refuse(event, refused, alarms=alarms)
        except DatabaseAway as away:
            outcome = "database away"
            log.error("database away", event_id=event.id, why=away.why)
            raise NotKept from away
        except Exception as bug:  # noqa: BLE001  the one catch of this loop
            outcome = "bug"
            log.bug("a handler failed", bug, event_id=event.id)
            sorry = Say(plain(f"Sorry, that went wrong, and nothing was kept. If you tell us, mention: {event.id}"))
            return with_signpost(sorry, "") if alarms else sorry
        finally:
            self._metrics.inbound(event.sender.platform, outcome, time.perf_counter() - began)

    def _handle_with_signpost(self, store: Store, event: Event, details: Details) -> Reply:
        """As always, with the signpost before whatever is answered. That there was one is noted nowhere."""
        own_words = store.networks.signpost()
        try:
            return with_signpost(self._handle(store, event, details), own_words)
        except _RolledBack as ended:
            raise _RolledBack(with_signpost(ended.reply, own_words)) from None

    def _handle(self, store: Store, event: Event, details: Details) -> Reply:
        acting = store.people.acting(event.sender)
        if acting is None:
            return Nothing() if isinstance(event, ProfileSeen) else self._meet(store, event, details)
        context = self._context(store, event, *acting)
        self._keep_profile(event, context)
        if isinstance(event, FormOpened | HomeOpened | Joined | ProfileSeen):
            return self._show(event, context)
        if not store.seen.note(event.id, context.now):
            return Nothing()
        try:
            return self._act(event, context, details)
        except NotAllowed:
            raise
        except Refusal as refusal:
            raise _RolledBack(Say(plain(refusal.sentence))) from None

    @staticmethod
    def _meet(store: Store, event: Event, details: Details) -> Reply:
        """Nothing is kept of a stranger: not even that the event was seen."""
        if kinds := details.get(""):
            return Say(plain(forget_it_sentence(kinds)))
        to_ask = store.people.to_ask_in(event.sender.platform, event.sender.workspace)
        return Say(stranger(store.networks.programme().name, to_ask))

    def _context(self, store: Store, event: Event, person: Person, programme: Programme) -> Context:
        return Context(
            store=store,
            now=self._clock.now(),
            person=person,
            programme=programme,
            event_id=event.id,
            routes=self._routes,
            platform=event.place.platform,
            workspace=event.place.workspace,
            opening=isinstance(event, FormOpened),
            posts_on=self._posts_on,
            model_name=self._model_name,
        )

    def _keep_profile(self, event: Event, context: Context) -> None:
        if context.person.time_zone is None and zone_named(event.profile.time_zone):
            context.store.people.learn_time_zone(context.person.id, event.profile.time_zone)
        if event.address is not None:
            context.store.addresses.keep(event.sender, event.address, context.now)
        if event.place.address:
            place = Home(event.place.platform, event.place.workspace, event.place.id)
            context.store.places.keep(place, event.place.address)

    def _show(self, event: Event, context: Context) -> Reply:
        """What changes nothing is answered every time that it is asked, a redelivery too."""
        if isinstance(event, FormOpened):
            return self._open(event, context)
        if isinstance(event, HomeOpened):
            return Say(home_page(context))
        return Say(welcome(context)) if isinstance(event, Joined) else Nothing()

    def _open(self, event: FormOpened, context: Context) -> Reply:
        try:
            form = self._form(event.form).draw(event.argument, context)
        except NotAllowed:
            raise
        except Refusal as refusal:
            return Say(plain(refusal.sentence))
        return Ask(form.resumed(event.values) if event.values else form, plain(form.title))

    def _act(self, event: Event, context: Context, details: Details) -> Reply:
        if isinstance(event, Command):
            return self._command(event, context, details)
        if isinstance(event, Press):
            handler = self._routes.presses.get(event.action)
            if handler is None:
                raise NotAllowed("unknown button")
            return handler(event, context)
        assert isinstance(event, Submission), event
        return self._submit(event, context, details)

    def _command(self, event: Command, context: Context, details: Details) -> Reply:
        if kinds := details.get(""):
            raise _RolledBack(Say(plain(forget_it_sentence(kinds))))
        if len(event.text) > MOST_SAID:
            raise Refusal(f"That is too long for me. Please keep a message to {MOST_SAID:,} characters.")
        found = self._routes.find_command(event.text)
        if found is None:
            return self._routes.commands["help"].handler(event, event.text, context)
        route, rest = found
        return route.handler(event, rest, context)

    def _form(self, name: str) -> FormRoute:
        route = self._routes.forms.get(name)
        if route is None:
            raise NotAllowed("unknown form")
        return route

    def _submit(self, event: Submission, context: Context, details: Details) -> Reply:
        route = self._form(event.form)
        form = route.draw(event.argument, context)
        filled = read(form, event.values, details)
        if isinstance(filled, Correct):
            raise _RolledBack(filled)
        for kind in sorted(filled.declared, key=lambda one: one.name):
            context.audit("said not a patient's", kind.name.lower())
        reply = self._submitted(lambda: route.submit(_with_values(event, filled), context), event, form)
        if isinstance(reply, Correct):
            raise _RolledBack(reply)
        return reply

    @staticmethod
    def _submitted(submit: Callable[[], Reply], event: Submission, form: Form) -> Reply:
        try:
            return submit()
        except NotAllowed:
            raise
        except Refusal as refusal:
            return Correct(form.filled(event.values), {form.questions[0].key: refusal.sentence})

    async def _refuse(self, event: Event, refused: NotAllowed, *, alarms: bool) -> Reply:
        """Note a refused press or form in the audit log, in a unit of its own, since its own was rolled back."""

        def note(store: Store) -> Reply:
            now, person = self._clock.now(), store.people.by_account(event.sender)
            if store.seen.note(event.id, now):
                store.audit.note(now, person.id if person else None, "refused", refused.what, event.id)
            reply = Say(plain(refused.sentence))
            return with_signpost(reply, store.networks.signpost()) if alarms else reply

        log.warning("refused", event_id=event.id, act=refused.what)
        try:
            return await asyncio.wrap_future(self._units.run(note))
        except DatabaseAway as away:
            raise NotKept from away
