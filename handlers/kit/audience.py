"""Who may read what: the words for each audience, and which tier a person reads at in a network."""

from handlers.kit.content import Choice
from storage.goal_records import GoalReader
from storage.records import Audience, Person, Reader, Role

WORDS = {
    Audience.ONLY_ME: "Only me",
    Audience.COORDINATOR: "Me and the co-ordinator",
    Audience.LEADERS: "The co-ordinator and the leaders",
    Audience.NETWORK: "Everyone in the network",
    Audience.FACULTY: "The network and the faculty",
    Audience.FUNDER: "All of these, and reports to funders",
}
SENTENCES = {
    Audience.ONLY_ME: "Only you can read this.",
    Audience.COORDINATOR: "You and your co-ordinator can read this.",
    Audience.LEADERS: "You, your co-ordinator and the network's leaders can read this.",
    Audience.NETWORK: "Everyone in the network can read this.",
    Audience.FACULTY: "Everyone in the network and the faculty can read this.",
    Audience.FUNDER: "The network and the faculty can read this, and it may stand in reports to funders.",
}
_TIERS = {
    Role.COORDINATOR: Audience.COORDINATOR,
    Role.LEADER: Audience.LEADERS,
    Role.MEMBER: Audience.NETWORK,
}


CHOICES = tuple(Choice(audience.name.lower(), words) for audience, words in WORDS.items())
"""Every audience, from narrow to wide, to choose from."""


def chosen(value: str) -> Audience:
    """The audience that a choice stands for. Raises KeyError for any other word."""
    return Audience[value.upper()]


def reader_in(person: Person, network_id: int) -> Reader:
    """The person as a reader in that network: at the narrowest tier that any of their roles gives."""
    tiers = [_TIERS[held.role] for held in person.roles if held.network_id == network_id and held.role in _TIERS]
    if person.holds(Role.FACULTY):
        tiers.append(Audience.FACULTY)
    return Reader(person.id, min(tiers, default=None))


def goal_reader(person: Person) -> GoalReader:
    """The person as a reader of goals: in each of their networks at the tier that they have there."""
    tiers = ((network_id, reader_in(person, network_id).tier) for network_id in person.network_ids)
    everywhere = Audience.FACULTY if person.holds(Role.FACULTY) else None
    return GoalReader(person.id, tuple((one, tier) for one, tier in tiers if tier is not None), everywhere)
