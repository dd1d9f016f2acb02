"""Each of Slack's payloads becomes one neutral event, keyed by the sender that Slack vouches for."""

from __future__ import annotations

from typing import Any

import pytest

from bench import slack_payloads as slack
from bot.platforms.slack.inbound import read
from bot.platforms.slack.payload import Malformed
from handlers.kit.events import Command, Event, FormOpened, HomeOpened, Place, Press, Profile, ProfileSeen, Submission
from storage.records import Account

Json = dict[str, Any]
ANN = Account("slack", "T1", "U1")
DIRECT, CHANNEL, ALONE = (
    Place("slack", "T1", "D1", True),
    Place("slack", "T1", "C1", False),
    Place("slack", "T1", "U1", True),
)
DIGEST = "ece49c114e83"
"""Of VALUES, without a key."""
VALUES = {"moved": "Two wards", "help": "yes"}


def _event(payload: Json) -> Event | None:
    return read(payload, bot_user="UBOT").event


EVENTS: dict[str, tuple[Json, Event | None]] = {
    "a direct message": (slack.direct("check in"), Command(id="slack:Ev1", sender=ANN, place=DIRECT, text="check in")),
    "a mention": (slack.mention(), Command(id="slack:Ev1", sender=ANN, place=CHANNEL, text="check in")),
    "App Home": (
        slack.event(type="app_home_opened", tab="home", channel="D1"),
        HomeOpened(id="slack:Ev1", sender=ANN, place=ALONE),
    ),
    "the messages tab": (slack.event(type="app_home_opened", tab="messages", channel="D1"), None),
    "a profile": (
        slack.event(type="user_change", user={"id": "U1", "team_id": "T1", "tz": "Asia/Tokyo", "real_name": "Ann"}),
        ProfileSeen(id="slack:Ev1", sender=ANN, place=ALONE, profile=Profile("Ann", "Asia/Tokyo")),
    ),
    "a bot's profile": (slack.event(type="user_change", user={"id": "U1", "is_bot": True}), None),
    "the slash command": (
        slack.command("network"),
        Command(id="slack:command:1.2.a", sender=ANN, place=CHANNEL, text="network"),
    ),
    "the shortcut": (
        slack.shortcut(),
        Command(id="slack:shortcut:1.3.a", sender=ANN, place=ALONE, text="check in"),
    ),
    "a button": (
        slack.press(),
        Press(id="slack:action:T1:U1:1.5", sender=ANN, place=DIRECT, action="checkins.withdraw", argument="7"),
    ),
    "a button that opens a form": (
        slack.press("open:checkins.answer#2"),
        FormOpened(id="slack:action:T1:U1:1.5", sender=ANN, place=DIRECT, form="checkins.answer", argument="7"),
    ),
    "a change in an open form": (
        slack.live(),
        FormOpened(
            id="slack:action:T1:U1:1.9", sender=ANN, place=ALONE, form="checkins.answer", argument="7", values=VALUES
        ),
    ),
    "a form sent": (
        slack.submission(),
        Submission(
            id=f"slack:view:V1:1.8:{DIGEST}",
            sender=ANN,
            place=ALONE,
            form="checkins.answer",
            argument="7",
            values=VALUES,
        ),
    ),
    "a form closed": (slack.interaction("view_closed", view=slack.view()), None),
    "a bot's message": (slack.direct(bot_id="B1"), None),
    "our own message": (slack.direct(user="UBOT"), None),
    "an edited message": (slack.direct(subtype="message_changed"), None),
    "a deleted message": (slack.direct(subtype="message_deleted"), None),
    "a channel's message without a mention": (
        slack.event(type="message", channel="C1", channel_type="channel", text="hello"),
        None,
    ),
}


@pytest.mark.parametrize("name", EVENTS)
def test_a_payload_becomes_its_event(name: str) -> None:
    payload, event = EVENTS[name]
    assert _event(payload) == event


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&amp;lt;", "&lt;"),
        ("<@UBOT> check in", "check in"),
        ("<@UBOT|weaver>: check in", "check in"),
        ("add <@U2>", "add @U2"),
        ("add <@U2|ben>", "add @ben"),
        ("in <#C2|general>", "in #general"),
        ("<!here> now", "@here now"),
        ("<!subteam^S1|@leads>", "@leads"),
        ("<mailto:a@b.uk|a@b.uk>", "a@b.uk"),
        ("<tel:02079460000|020 7946 0000>", "020 7946 0000"),
        ("<http://x.uk|x.uk>", "x.uk"),
        ("<https://x.uk/a?b=1&amp;c=2>", "https://x.uk/a?b=1&c=2"),
        ("<https://x.uk|here>", "here (https://x.uk)"),
    ],
)
def test_words_are_read_as_they_were_typed(written: str, read_as: str) -> None:
    event = _event(slack.direct(written))
    assert isinstance(event, Command)
    assert event.text == read_as


def test_a_first_mention_is_cut_off_before_the_bots_own_id_is_known() -> None:
    payload = slack.mention("<@UBOT> help") | {"authorizations": []}
    event = read(payload).event
    assert isinstance(event, Command)
    assert event.text == "help"


def test_someone_from_another_company_is_keyed_by_their_own_workspace() -> None:
    for payload in (
        slack.mention(user_team="T9"),
        {**slack.press(), "user": {**slack.USER, "team_id": "T9"}},
        {**slack.submission(), "user": {**slack.USER, "team_id": "T9"}},
    ):
        event = _event(payload)
        assert event is not None
        assert event.sender == Account("slack", "T9", "U1")


def test_nothing_that_a_person_can_type_changes_who_they_are() -> None:
    """S2: forged ids in a form's text, a button's value, or the form's own data change nothing."""
    forged: Json = {"type": "plain_text_input", "value": '{"user_id": "U2", "team_id": "T2"}'}
    sent = slack.submission(user_id=forged, user=forged)
    sent["view"]["private_metadata"] = '{"argument": "7", "user": "U2", "team": "T2"}'
    for payload in (sent, slack.press(value='{"user": "U2"}'), slack.command("user_id=U2&team_id=T2")):
        event = _event(payload)
        assert event is not None
        assert event.sender == ANN


@pytest.mark.parametrize(
    ("state", "value"),
    [
        ({"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}, ("a", "b")),
        ({"type": "checkboxes", "selected_options": []}, ()),
        ({"type": "static_select", "selected_option": {"value": "a"}}, "a"),
        ({"type": "radio_buttons", "selected_option": {"value": "-no-answer-"}}, ""),
        ({"type": "radio_buttons", "selected_option": None}, ""),
        ({"type": "datepicker", "selected_date": "2027-01-31"}, "2027-01-31"),
        ({"type": "users_select", "selected_user": "U2"}, "U2"),
        ({"type": "number_input", "value": "3.5"}, "3.5"),
        ({"type": "plain_text_input", "value": None}, ""),
        ({"type": "plain_text_input", "value": "a\x00b\x1b\tc\r\nd\ud83de"}, "ab\tc\nde"),
    ],
)
def test_every_input_is_read_as_the_kits_own_value(state: Json, value: object) -> None:
    event = _event(slack.submission(one=state))
    assert isinstance(event, Submission)
    assert event.values["one"] == value
    assert "another" not in event.values


def _sent(key: bytes = b"secret", view_id: str = "V1", **values: str) -> str:
    payload = slack.submission(**{name: {"type": "plain_text_input", "value": one} for name, one in values.items()})
    payload["view"]["id"] = view_id
    event = read(payload, key=key).event
    assert event is not None
    return event.id


def test_the_same_form_sent_again_is_the_same_act_and_a_corrected_one_is_another() -> None:
    first = _sent(moved="Two wards", help="yes")
    assert _sent(help="yes", moved="Two wards") == first
    others = {_sent(moved="Three wards", help="yes"), _sent(moved="Two wards"), _sent(moved="yes", help="Two wards")}
    assert len(others | {first}) == 4


def test_the_id_of_a_sent_form_is_logged_and_tells_nothing_of_it() -> None:
    """The digest hangs on a secret and on the form: nobody can try out answers until one fits."""
    ids = {_sent(key, view_id, help="yes").split(":")[-1] for key in (b"one", b"two") for view_id in ("V1", "V2")}
    assert len(ids) == 4


@pytest.mark.parametrize("control", ["\x00", "\x08", "\x1b", "\x7f", "\x9b"])
def test_what_nobody_types_is_left_out_of_messages_and_names(control: str) -> None:
    said = _event(slack.direct(f"check{control} in\nnow\tthen"))
    assert isinstance(said, Command)
    assert said.text == "check in\nnow\tthen"
    seen = _event(slack.event(type="user_change", user={"id": "U1", "real_name": f"An{control}n"}))
    assert isinstance(seen, ProfileSeen)
    assert seen.profile.name == "Ann"


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "nothing_we_know"},
        slack.event(type="message", channel=7, text="x"),
        slack.command() | {"command": "/other"},
        slack.shortcut() | {"callback_id": "other"},
        slack.press("something else"),
        slack.press() | {"actions": []},
        slack.press() | {"user": None},
        slack.submission(one={"type": "file_input", "files": []}),
        {**slack.submission(), "view": {**slack.view(), "private_metadata": "no json"}},
        slack.direct() | {"event_id": "E" * 300},
    ],
)
def test_what_slack_would_not_send_is_malformed(payload: Json) -> None:
    with pytest.raises(Malformed):
        _event(payload)
