"""A programme file is put into the database, again and again, and says what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from handlers.kit.errors import Refusal
from handlers.people.loading import FileNetwork, FilePerson, FileRole, ProgrammeFile, apply
from storage.migrate import migrate
from storage.records import Account, Home, Person, Role, RoleHeld
from storage.unit import Units, open_units

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
SLACK = Account("slack", "T01", "U01")
TEAMS = Account("teams", "TENANT", "AAD01")
ANN = FilePerson("Ann Example", "Europe/London", (SLACK, TEAMS), (FileRole(Role.COORDINATOR, "sexual-health"),))
BEA = FilePerson("Bea Example", None, (Account("slack", "T01", "U02"),), (FileRole(Role.FACULTY),))
HEALTH = FileNetwork(
    "sexual-health",
    "Sexual Health",
    "Care that people would choose",
    date(2027, 1, 11),
    Home("slack", "T01", "C02"),
)
FILE = ProgrammeFile("Networks 2027", "Europe/London", (HEALTH,), (ANN, BEA))


@pytest.fixture
def units(tmp_path: Path) -> Iterator[Units]:
    url = f"sqlite:///{tmp_path / 'weaver.db'}"
    migrate(url)
    units = open_units(url)
    yield units
    units.close()


def load(units: Units, file: ProgrammeFile = FILE) -> list[str]:
    return units.run(lambda store: apply(file, store, NOW)).result()


def known(units: Units, account: Account = SLACK) -> Person:
    person = units.run(lambda store: store.people.by_account(account)).result()
    assert person is not None
    return person


def test_the_first_load_adds_everything_and_says_so(units: Units) -> None:
    assert load(units) == [
        "The programme is Networks 2027, with the time zone Europe/London",
        "Added the network Sexual Health",
        "Added Ann Example",
        "Ann Example is now a co-ordinator of Sexual Health",
        "Added Bea Example",
        "Bea Example is now a faculty member",
    ]
    network = units.run(lambda store: store.networks.by_key("sexual-health")).result()
    assert network is not None
    assert network.home == Home("slack", "T01", "C02")
    assert known(units, TEAMS) == known(units)
    assert known(units).roles == (RoleHeld(Role.COORDINATOR, network.id),)
    template = units.run(lambda store: store.templates.current(network.id)).result()
    assert template is not None
    assert template.version == 1


def test_a_second_load_changes_nothing(units: Units) -> None:
    load(units)
    assert load(units) == []


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (
            replace(FILE, name="Networks 2028"),
            ["The programme is Networks 2028, with the time zone Europe/London"],
        ),
        (
            replace(FILE, networks=(replace(HEALTH, purpose="Kind care"),)),
            ["Updated the network Sexual Health"],
        ),
        (replace(FILE, people=(replace(ANN, name="Ann Other"),)), ["Ann Example is now called Ann Other"]),
        (
            replace(FILE, people=(replace(ANN, time_zone="Europe/Paris"),)),
            ["Ann Example now has the time zone Europe/Paris"],
        ),
        (replace(FILE, people=(replace(ANN, time_zone=None),)), []),
        (
            replace(FILE, people=(replace(ANN, roles=(FileRole(Role.LEADER, "sexual-health"),)),)),
            ["Ann Example is now a leader of Sexual Health"],
        ),
        (
            replace(FILE, people=(replace(BEA, accounts=(*BEA.accounts, Account("web", "demo", "bea"))),)),
            ["Bea Example now has the web account bea"],
        ),
    ],
)
def test_a_changed_file_changes_just_that(units: Units, change: ProgrammeFile, lines: list[str]) -> None:
    load(units)
    assert load(units, change) == lines
    assert load(units, change) == []


def test_what_leaves_the_file_stays(units: Units) -> None:
    load(units)
    assert load(units, replace(FILE, networks=(), people=(replace(ANN, roles=(), accounts=(SLACK,)),))) == []
    assert Role.COORDINATOR in {held.role for held in known(units, TEAMS).roles}
    assert known(units, BEA.accounts[0]).name == "Bea Example"


def test_what_a_person_set_themselves_stays(units: Units) -> None:
    load(units)
    ann = known(units)
    units.run(lambda store: store.people.change(ann.id, {"name": "Annie", "time_zone": "UTC"})).result()
    units.run(lambda store: store.audit.note(NOW, ann.id, "changed settings", "name time_zone", "e1")).result()
    assert load(units) == []
    assert known(units).name == "Annie"


def test_one_person_of_the_file_who_is_two_people_here_is_refused(units: Units) -> None:
    load(units, replace(FILE, people=(replace(ANN, accounts=(SLACK,)), replace(BEA, accounts=(TEAMS,)))))
    with pytest.raises(Refusal, match="belong to 2 people here already: Ann Example and Bea Example"):
        load(units)


def test_the_words_of_the_signpost_are_kept_and_stay_where_a_later_file_says_nothing(units: Units) -> None:
    load(units)
    own = replace(FILE, signpost="Call the duty line on 4321.")
    assert load(units, own) == ["Words that point to harm are now answered as the file says"]
    assert load(units, own) == load(units) == []
    assert units.run(lambda store: store.networks.signpost()).result() == "Call the duty line on 4321."
