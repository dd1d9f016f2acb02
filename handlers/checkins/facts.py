"""What check-ins tell of networks for updates and digests: what people shared, in their own words, and how it goes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.checkins import gaps, scales
from handlers.checkins.sections import Role, roles
from handlers.kit.content import Button
from handlers.kit.facts import Asked, Fact, Section, stamp
from handlers.kit.text import counted, week_of
from storage.records import Audience, Network, Template

if TYPE_CHECKING:
    from storage.checkin_facts import Shared
    from storage.unit import Store

YES = "yes"
"""How a yes-or-no question keeps that answer."""

_WHOM = {Audience.FACULTY: " with the faculty", Audience.FUNDER: " for reports to funders"}
"""With whom something is shared, where that is more than the network."""


def collect(asked: Asked, store: "Store") -> Iterator[Fact]:
    """Two statements for all networks: what was shared in the period, and the questions that it answers."""
    said = store.checkin_facts.shared(asked.network_ids, asked.since, asked.until, asked.tier)
    templates = store.templates.by_ids({one.template_id for one in said}) if said else {}
    of_network: dict[int, list[Shared]] = defaultdict(list)
    for one in said:
        of_network[one.network_id].append(one)
    purposes = {id_: roles(template) for id_, template in templates.items()}
    for network in asked.networks:
        told = _Told(asked, network, of_network[network.id], templates, purposes)
        yield from told.words()
        yield from told.figures()


class _Told:
    """What one network's people shared."""

    def __init__(
        self,
        asked: Asked,
        network: Network,
        said: Sequence["Shared"],
        templates: Mapping[int, Template],
        purposes: Mapping[int, Mapping[str, Role]],
    ) -> None:
        self._asked, self._network, self._templates = asked, network, templates
        self._said = [(one, purposes[one.template_id].get(one.key)) for one in said]
        self._whom = _WHOM.get(asked.tier, "")
        zone, instants = asked.zone, {one.checkin_id: one.at for one in said}
        self._ons = {checkin_id: at.astimezone(zone).date() for checkin_id, at in instants.items()}

    def words(self) -> Iterator[Fact]:
        """Each answer in its author's words, and who asked for help."""
        wanting = {one.checkin_id for one, role in self._said if role is Role.HELP and one.value == YES}
        for one, role in self._said:
            if role is Role.HELP:
                if one.checkin_id in wanting:
                    fact = self._fact(one, Section.HELP, f"{one.person_name} asked for help.")
                    yield replace(fact, since=fact.on)
            elif role is not None and role is not Role.SCALE:
                asks = role is Role.OBSTACLE and one.checkin_id in wanting
                yield self._fact(one, Section.HELP if asks else role.value, str(one.value), is_quoted=True)

    def _fact(self, one: "Shared", section: Section, text: str, *, is_quoted: bool = False) -> Fact:
        return Fact(
            key=f"checkins:{one.checkin_id}:{one.key}",
            network_id=one.network_id,
            section=section,
            text=text,
            on=self._ons[one.checkin_id],
            audience=one.audience,
            stamp=stamp(text),
            is_quoted=is_quoted,
            person_id=one.person_id,
            by=one.person_name,
            opens=Button("Read the check-in", "checkins.shown", str(one.checkin_id), about=one.person_name),
        )

    def figures(self) -> Iterator[Fact]:
        """How many shared, how it goes, and for which weeks nothing is there; of the network, and nobody's."""
        if self._said:
            people = counted(len({one.person_id for one, _ in self._said}), "person", "people")
            yield self._figure(
                "people", f"{people} shared {counted(len(self._ons), 'check-in', 'check-ins')}{self._whom}."
            )
        for key, (template_id, marks) in self._marks().items():
            question = self._templates[template_id].question(key)
            assert question is not None, "its role is known from there"
            chart = scales.chart(question, marks, self._asked.first_on, self._asked.last_on)
            text = scales.sentence(question, marks)
            yield replace(self._figure(key, text, *(chart.values if chart else ())), chart=chart)
        weeks = gaps.whole_weeks(self._asked.first_on, self._asked.last_on, self._network.started_on)
        if missing := gaps.sentence(weeks, {week_of(on) for on in self._ons.values()}, self._whom):
            yield self._figure("gaps", missing)

    def _marks(self) -> dict[str, tuple[int, list[scales.Mark]]]:
        """The answers to each scale, by its key, with the newest questions that asked for one of them."""
        found: dict[str, tuple[int, list[scales.Mark]]] = {}
        for one, role in self._said:
            if role is Role.SCALE and one.number is not None:
                newest, marks = found.get(one.key, (0, []))
                marks.append(scales.Mark(one.person_id, self._ons[one.checkin_id], one.number))
                found[one.key] = (max(newest, one.template_id), marks)
        return found

    def _figure(self, part: str, text: str, *shown: float | None) -> Fact:
        return Fact(
            key=f"checkins:{self._asked.part(self._network)}:{part}",
            network_id=self._network.id,
            section=Section.HEALTH,
            text=text,
            on=self._asked.last_on,
            audience=self._asked.tier,
            stamp=stamp(text, *shown),
        )
