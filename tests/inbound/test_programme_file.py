"""A programme file is read whole, or every mistake is told with its line and its mend."""
# ruff: noqa: E501  (each mistake beside its sentence, unbroken)

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.programme_file import BadProgrammeFile, read
from handlers.people.loading import FileNetwork, FilePerson, FileRole, ProgrammeFile
from storage.records import Account, Home, Role

PROGRAMME = '[programme]\nname = "P"\ntime_zone = "Europe/London"\n'
NETWORK = '[[networks]]\nkey = "one"\nname = "One"\n'
PERSON = '[[people]]\nname = "Ann"\naccounts = [{ platform = "slack", workspace = "T1", user = "U1" }]\n'
ZONE_MEND = "write one like Europe/London."
PERSON_KEYS = "name, time_zone, accounts, roles"
ACCOUNT_MEND = 'accounts = [{ platform = "slack", workspace = "T01", user = "U01" }]'
KEY_MEND = "make it of small letters, digits and -, at most 64 of them, such as sexual-health."
VALUE_MEND = 'a value is "text in quotes", a date like 2027-01-11, a [list] or a { table }.'


def _read(folder: Path, text: str | bytes) -> ProgrammeFile:
    file = folder / "p.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(str(file))


def _mistakes(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(BadProgrammeFile) as refused:
        _read(folder, text)
    start = f"{folder / 'p.toml'}:"
    assert all(line.startswith(start) for line in refused.value.lines)
    return [line.removeprefix(start) for line in refused.value.lines]


def test_the_example_of_the_design_is_read_whole(tmp_path: Path) -> None:
    text = """
[programme]
name = "Practitioner networks 2027"
time_zone = "Europe/London"

[[networks]]
key = "sexual-health"
name = "Sexual Health Improvement Network"
purpose = "Care that people would choose"
started_on = 2027-01-11
home = { platform = "slack", workspace = "T01", place = "C02" }

[[people]]
name = "An Example Co-ordinator"
time_zone = "Europe/London"
accounts = [{ platform = "slack", workspace = "T01", user = "U01" }, { platform = "teams", workspace = "TN", user = "AAD" }]
roles = [{ network = "sexual-health", role = "coordinator" }]     # member | coordinator | leader

[[people]]
name = "An Example Faculty Member"
accounts = [{ platform = "slack", workspace = "T01", user = "U09" }]
roles = [{ role = "faculty" }]
"""
    key, purpose = "sexual-health", "Care that people would choose"
    home = Home("slack", "T01", "C02")
    assert _read(tmp_path, text) == ProgrammeFile(
        "Practitioner networks 2027",
        "Europe/London",
        (FileNetwork(key, "Sexual Health Improvement Network", purpose, date(2027, 1, 11), home),),
        (
            FilePerson(
                "An Example Co-ordinator",
                "Europe/London",
                (Account("slack", "T01", "U01"), Account("teams", "tn", "aad")),
                (FileRole(Role.COORDINATOR, key),),
            ),
            FilePerson("An Example Faculty Member", None, (Account("slack", "T01", "U09"),), (FileRole(Role.FACULTY),)),
        ),
    )


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["plain line ends", "line ends of Windows"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "a mark of UTF-8"])
def test_a_file_from_any_editor_is_read(tmp_path: Path, ends: str, mark: bytes) -> None:
    assert _read(tmp_path, mark + (PROGRAMME + NETWORK).replace("\n", ends).encode()).name == "P"


def _role(role: str) -> str:
    return PROGRAMME + NETWORK + PERSON + f"roles = [{role}]\n"


def _zone(zone: str) -> str:
    return f'[programme]\nname = "P"\ntime_zone = "{zone}"\n'


MISTAKES = {
    "nothing in it": ("", '1: programme is missing: add [programme] with name = "…" and time_zone = "Europe/London".'),
    "no time zone": ('\n[programme]\nname = "P"\n', '2: time_zone is missing: add time_zone = "…".'),
    "too many messages": (PROGRAMME + "messages_a_week = 8\n", "4: messages_a_week must be a number from 1 to 7, and is 8."),
    "messages in words": (PROGRAMME + 'messages_a_week = "one"\n',
                          '4: messages_a_week must be a number from 1 to 7, and is "one".'),
    "an empty signpost": (PROGRAMME + 'signpost = ""\n', "4: signpost is empty: write something in it."),
    "no =": ('[programme]\nname "P"\n', "2: this is not TOML: put = between a key and its value."),
    "no quotes": ("[programme]\nname = P\n", f"2: this is not TOML: {VALUE_MEND}"),
    "no end of text": ('[programme]\nname = "P\n', "2: this is not TOML: text ends on the line where it begins, "
                       "and holds no control characters."),
    "no end of list": (PROGRAMME + "a = [1\n", "4: this is not TOML: close the list with ]."),
    "a key twice": ('[programme]\nname = "P"\nname = "Q"\n', "3: this is not TOML: this key is written twice: keep one."),
    "a table twice": (PROGRAMME + "[programme]\n", "4: this is not TOML: this table is written twice: keep one."),
    "no such day": (PROGRAMME + NETWORK + "started_on = 2027-02-30\n", "7: this is not TOML: this date does not exist."),
    "a time of day": (PROGRAMME + NETWORK + "started_on = 2027-02-03T10:00:00Z\n",
                      "7: started_on must be a date: 2027-01-11, without quotation marks or a time."),
    "a date in quotes": (PROGRAMME + NETWORK + 'started_on = "2027-02-03"\n',
                         "7: started_on must be a date: 2027-01-11, without quotation marks or a time."),
    "a date of nonsense": (PROGRAMME + NETWORK + 'started_on = "soon"\n',
                           "7: started_on must be a date: 2027-01-11, without quotation marks or a time."),
    "a misspelt key": (PROGRAMME + PERSON + 'time_zome = "UTC"\n',
                       f"7: time_zome is not a key that belongs here. Did you mean time_zone? These do: {PERSON_KEYS}."),
    "a misspelt table": (PROGRAMME + "[[network]]\n", "4: network is not a key that belongs here. Did you mean networks? "
                         "These do: programme, networks, people."),
    "an unknown key inside": (PROGRAMME + NETWORK + 'home = { platform = "slack", workspace = "T", place = "C", x = 1 }',
                              "7: x is not a key that belongs here. These do: platform, workspace, place."),
    "no name": (PROGRAMME + NETWORK.replace('name = "One"\n', ""), '4: name is missing: add name = "…".'),
    "an empty name": ('[programme]\nname = "  "\ntime_zone = "UTC"\n', "2: name is empty: write something in it."),
    "a long name": (f'[programme]\nname = "{"x" * 201}"\ntime_zone = "UTC"\n',
                    "2: name is too long: at most 200 characters fit."),
    "a name of two lines": ('[programme]\nname = "a\\nb"\ntime_zone = "UTC"\n',
                            "2: name holds a line break or a control character: take it out."),
    "a number for a name": ('[programme]\nname = 3\ntime_zone = "UTC"\n',
                            '2: name must be text in quotation marks, such as "…".'),
    "one bracket too few": (PROGRAMME + '[people]\nname = "Ann"\n',
                            "4: write [[people]] with two brackets at each side, once for each of the people."),
    "a text for a home": (PROGRAMME + NETWORK + 'home = "C1"\n',
                          '7: home must be a table: { platform = "slack", workspace = "T01", place = "C01" }.'),
    "a text for a role": (_role('"member"'), '10: number 1 of roles must be a table: { network = "KEY", role = "member" }.'),
    "a table for accounts": (PROGRAMME + '[[people]]\nname = "Ann"\naccounts = { platform = "slack" }\n',
                             f"6: accounts must be a list: {ACCOUNT_MEND}."),
    "no account": (PROGRAMME + '[[people]]\nname = "Ann"\naccounts = []\n', f"6: accounts is empty: add {ACCOUNT_MEND}."),
    "accounts left out": (PROGRAMME + '[[people]]\nname = "Ann"\n', f"4: accounts is missing: add {ACCOUNT_MEND}."),
    "an unknown platform": (PROGRAMME + PERSON.replace("slack", "pigeon"),
                            '6: platform must be slack or teams, and is "pigeon".'),
    "the browser": (PROGRAMME + PERSON.replace("slack", "web"),
                    "6: platform web is only for the demo: use slack or teams."),
    "an unknown zone": (_zone("Mars"), f'3: time_zone "Mars" is not a time zone: {ZONE_MEND}'),
    "a misspelt zone": (_zone("Europe/Londn"), '3: time_zone "Europe/Londn" is not a time zone: did you mean Europe/London?'),
    "a zone that climbs": (_zone("../../etc/passwd"), f'3: time_zone "../../etc/passwd" is not a time zone: {ZONE_MEND}'),
    "a key with a blank": (PROGRAMME + NETWORK.replace('"one"', '"One two"'), f'5: key "One two" will not do: {KEY_MEND}'),
    "a key twice in two networks": (PROGRAMME + NETWORK + NETWORK,
                                    '8: the key "one" is that of the network in line 4 already.'),
    "two people, one account": (PROGRAMME + PERSON + PERSON.replace("Ann", "Bo"), "9: the slack account U1 in T1 is that of "
                                "Ann (line 6): an account belongs to one person."),
    "one Teams account in capitals and not": (
        PROGRAMME + PERSON.replace("slack", "teams") + PERSON.replace("slack", "teams").replace("U1", "u1"),
        "9: the teams account u1 in t1 is that of Ann (line 6): an account belongs to one person."),
    "an account twice": (
        PROGRAMME + '[[people]]\nname = "Ann"\naccounts = [\n'
        + '  { platform = "slack", workspace = "T1", user = "U1" }, # a comment\n' * 2 + "]\n",
        "8: the slack account U1 in T1 stands here twice: keep one.",
    ),
    "an unknown role": (_role('{ network = "one", role = "boss" }'),
                        '10: role must be member, coordinator, leader, faculty or admin, and is "boss".'),
    "a network that is not there": (_role('{ network = "two", role = "member" }'),
                                    '10: there is no network with the key "two" in this file. (the keys are one)'),
    "a misspelt network": (_role('{ network = "onne", role = "member" }'),
                           '10: there is no network with the key "onne" in this file. Did you mean "one"?'),
    "a member of nothing": (_role('{ role = "member" }'),
                            '10: a member belongs to a network: add network = "KEY" (the keys are one).'),
    "a co-ordinator of nothing": (_role('{ role = "coordinator" }'),
                                  '10: a co-ordinator belongs to a network: add network = "KEY" (the keys are one).'),
    "a leader of nothing": (_role('{ role = "leader" }'),
                            '10: a leader belongs to a network: add network = "KEY" (the keys are one).'),
    "faculty of one network": (_role('{ network = "one", role = "faculty" }'),
                               "10: faculty is a role in the whole programme: leave network out."),
    "an admin of one network": (_role('{ network = "one", role = "admin" }'),
                                "10: administrator is a role in the whole programme: leave network out."),
    "not UTF-8": (PROGRAMME.encode() + b"# caf\xe9\n", "4: this is not UTF-8 text. Save the file as UTF-8."),
    "too deep": ("a = " + "[" * 5000, "1: lists or tables stand too deep in one another."),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_one_line_with_its_place_and_its_mend(tmp_path: Path, text: str | bytes, line: str) -> None:
    assert _mistakes(tmp_path, text) == [line]


def test_every_mistake_is_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = (
        PROGRAMME.replace("Europe/London", "Mars")
        + NETWORK
        + NETWORK
        + PERSON
        + 'roles = [{ role = "member" }]\nx = 1\n'
    )
    assert [line.split(":")[0] for line in _mistakes(tmp_path, text)] == ["3", "8", "13", "14"]


WRITTEN_ODDLY = {
    "a list over several lines": (
        'accounts = [ # one\n\n  # two\n  { platform = "slack", workspace = "T1", user = "U1" },\n'
        '  { platform = "fax", workspace = "T1", user = "U2" },\n]\n',
        10,
    ),
    "a quoted key": ('accounts = [{ "platform" = "fax", workspace = "T1", \'user\' = "U1" }]\n', 6),
    "an escaped key": ('accounts = [{ "pl\\u0061tform" = "fax", workspace = "T1", user = "U1" }]\n', 6),
    "text that looks like a header": (
        'accounts = [{ platform = """\n[[people]]\n[programme]\n""", workspace = "T1", user = "U1" }]\n', 6,
    ),
    "text of several lines before": (
        'time_zone = """\\\n  Europe/London\\\n  """\naccounts = [{ platform = "fax", workspace = "T1", user = "U1" }]\n', 9,
    ),
    "tables with headers": (
        '[[people.accounts]]\nplatform = "slack"\nworkspace = "T1"\nuser = "U1"\n\n'
        '[[people.accounts]]\nworkspace = "T1"\nplatform = "fax"\nuser = "U2"\n',
        13,
    ),
    "a header with blanks and quotes": (
        '[[ people . "accounts" ]]\nplatform = "fax"\nworkspace = "T1"\nuser = "U1"\n', 7,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line"), WRITTEN_ODDLY.values(), ids=WRITTEN_ODDLY)
def test_the_line_is_right_however_the_file_is_written(tmp_path: Path, text: str, line: int) -> None:
    found = _mistakes(tmp_path, PROGRAMME + '[[people]]\nname = "[[people]]" # [[people]]\n' + text)
    assert [(one.split(":")[0], one.split(" ")[1]) for one in found] == [(str(line), "platform")]


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["plain line ends", "line ends of Windows"])
def test_a_table_under_a_header_belongs_to_the_latest_person(tmp_path: Path, ends: str) -> None:
    account = '[[people.accounts]]\nplatform = "slack"\nworkspace = "T1"\nuser = "U1"\n'
    people = [f'[[people]]\nname = "{name}"\n{account.replace("U1", name)}' for name in ("Ann", "Bo", "Cy")]
    text = PROGRAMME + "".join(people).replace(
        '"Bo"\n[[people.accounts]]\nplatform = "slack"', '"Bo"\n[[people.accounts]]\nplatform = "fax"'
    )
    assert _mistakes(tmp_path, text.replace("\n", ends)) == ['13: platform must be slack or teams, and is "fax".']


def test_the_second_person_of_three_is_pointed_at(tmp_path: Path) -> None:
    people = [PERSON.replace("U1", f"U{number}") for number in range(3)]
    people[1] += "roles = 3\n"
    assert [line[:3] for line in _mistakes(tmp_path, PROGRAMME + "".join(people))] == ["10:"]


def test_a_file_that_is_not_there_and_a_folder_are_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(BadProgrammeFile, match=r"^\S+gone\.toml: there is no such file\. Check its name"):
        read(str(tmp_path / "gone.toml"))
    with pytest.raises(BadProgrammeFile, match=r": this is a folder\. Name the file in it\.$"):
        read(str(tmp_path))
