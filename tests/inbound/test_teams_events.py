"""What Teams sends becomes neutral events."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bench.teams import CHANNEL
from bench.teams_service import BOT, TENANT, user_id
from bot.platforms.teams.inbound import Malformed, decode, read_events, read_turn
from handlers.kit.events import (
    Command,
    Event,
    FormOpened,
    HomeOpened,
    Joined,
    Press,
    ProfileSeen,
    Submission,
)
from storage.records import Account

Json = dict[str, Any]
ANN = {"id": "29:ann", "name": "Ann", "aadObjectId": user_id("ann")}
PERSONAL = {"id": "a:ann", "conversationType": "personal", "tenantId": TENANT}
SHARED = {"id": f"{CHANNEL};messageid=1", "conversationType": "channel", "tenantId": TENANT}


def _activity(**changed: Any) -> Json:
    whole = {
        "type": "message",
        "id": "7",
        "serviceUrl": "https://smba.trafficmanager.net/uk/",
        "channelId": "msteams",
        "from": ANN,
        "recipient": BOT,
        "conversation": PERSONAL,
        "channelData": {"tenant": {"id": TENANT}},
        "localTimezone": "Europe/London",
    }
    return {**whole, **changed}


def _events(**changed: Any) -> list[Event]:
    body = decode(json.dumps(_activity(**changed)).encode())
    return read_events(body, read_turn(body))


def _event(**changed: Any) -> Event:
    (event,) = _events(**changed)
    return event


def test_a_message_becomes_a_command_with_its_sender_place_and_address() -> None:
    event = _event(text=" check in \n")
    assert isinstance(event, Command)
    assert (event.id, event.text) == ("a:ann|7", "check in")
    assert event.sender == Account("teams", TENANT, user_id("ann"))
    assert (event.place.id, event.place.private) == ("a:ann", True)
    assert (event.profile.name, event.profile.time_zone) == ("Ann", "Europe/London")
    assert json.loads(event.address or "") == {
        "bot": BOT["id"],
        "conversation": "a:ann",
        "service": "https://smba.trafficmanager.net/uk/",
        "tenant": TENANT,
        "user": "29:ann",
    }


def test_a_channel_is_not_private_and_has_no_address() -> None:
    event = _event(text="help", conversation=SHARED, channelData={"channel": {"id": CHANNEL}})
    assert (event.place.id, event.place.private, event.address) == (CHANNEL, False, None)


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("<at>Weaver</at> check in", "plain", "check in"),
        ("<at>Weaver</at>&nbsp;help\n", "plain", "help"),
        ("ask <at>Bob</at> about it", "plain", "ask Bob about it"),
        ("<p><at>Weaver</at> <b>goals</b> &amp; plan</p>", "xml", "goals  & plan"),
        ("is 3 < 4 > 2?", "plain", "is 3 < 4 > 2?"),
        ("", "plain", ""),
    ],
)
def test_the_mention_of_the_bot_is_cut_off(text: str, form: str, expected: str) -> None:
    mention = {"type": "mention", "mentioned": {"id": BOT["id"]}, "text": "<at>Weaver</at>"}
    event = _event(text=text, textFormat=form, entities=[mention, {"type": "clientInfo"}])
    assert isinstance(event, Command)
    assert event.text == expected


def test_home_is_typed_since_teams_has_no_page_of_the_bots() -> None:
    assert isinstance(_event(text="Home"), HomeOpened)
    assert isinstance(_event(text="home", conversation=SHARED), Command)


def _invoke(name: str, value: Json) -> Event:
    return _event(type="invoke", name=name, value=value)


def test_a_universal_action_is_a_press() -> None:
    action = {"type": "Action.Execute", "verb": "goals.close", "data": {"argument": "12"}}
    event = _invoke("adaptiveCard/action", {"action": action})
    assert isinstance(event, Press)
    assert (event.action, event.argument) == ("goals.close", "12")


def test_a_submit_button_of_an_old_client_is_a_press_too() -> None:
    event = _event(text=None, value={"action": "goals.close", "argument": "12"})
    assert isinstance(event, Press)
    assert (event.action, event.argument) == ("goals.close", "12")


def test_a_dialog_asked_for_is_a_form_opened() -> None:
    event = _invoke("task/fetch", {"data": {"form": "checkins.answer", "argument": "3", "msteams": {}}})
    assert isinstance(event, FormOpened)
    assert (event.form, event.argument) == ("checkins.answer", "3")


def test_a_dialog_sent_is_a_submission_with_canonical_values() -> None:
    data = {
        "form": "checkins.answer",
        "argument": "3",
        "one.moved": " we, 100% did ",
        "one.score": 4,
        "one.cost": 3.0,
        "one.part": 2.5,
        "one.on": "2027-01-11",
        "one.sure": True,
        "one.odd": {"a": 1},
        "several.topics": "rota,staff%2C new,100%25",
        "several.none": "",
        "user_id": "forged",
    }
    event = _invoke("task/submit", {"data": data})
    assert isinstance(event, Submission)
    assert event.values == {
        "moved": " we, 100% did ",
        "score": "4",
        "cost": "3",
        "part": "2.5",
        "on": "2027-01-11",
        "sure": "yes",
        "odd": "",
        "topics": ("rota", "staff, new", "100%"),
        "none": (),
    }


def test_ids_of_the_directory_are_the_same_in_capitals_and_small_letters() -> None:
    shouted = {**ANN, "aadObjectId": user_id("ann").upper()}
    event = _event(text="hi", conversation={**PERSONAL, "tenantId": TENANT.upper()}, **{"from": shouted})
    assert event.sender == Account("teams", TENANT, user_id("ann"))
    assert (event.place.workspace, json.loads(event.address or "")["tenant"]) == (TENANT, TENANT)
    bob = {"id": "29:bob", "aadObjectId": user_id("bob").upper()}
    (joined,) = _events(type="conversationUpdate", membersAdded=[bob], conversation=SHARED)
    assert joined.sender.user == user_id("bob")
    sent = _invoke("task/submit", {"data": {"form": "people.add", "person.who": user_id("bob").upper()}})
    assert isinstance(sent, Submission)
    assert sent.values == {"who": user_id("bob")}


def test_a_button_in_a_dialog_is_a_press_and_may_open_a_form() -> None:
    assert isinstance(_invoke("task/submit", {"data": {"action": "goals.close"}}), Press)
    assert isinstance(_invoke("task/submit", {"data": {"form": "goals.new", "open": True}}), FormOpened)


def test_whoever_adds_the_bot_has_joined() -> None:
    assert isinstance(_event(type="conversationUpdate", membersAdded=[BOT]), Joined)
    assert isinstance(_event(type="installationUpdate", action="add"), Joined)


def test_people_who_come_to_the_channel_join_under_their_own_account() -> None:
    bob, cay = ({"id": f"29:{name}", "aadObjectId": user_id(name)} for name in ("bob", "cay"))
    events = _events(type="conversationUpdate", membersAdded=[bob, cay, {"id": "29:x"}], conversation=SHARED)
    joined = [event for event in events if isinstance(event, Joined)]
    assert [event.sender.user for event in joined] == [user_id("bob"), user_id("cay")]
    assert len({event.id for event in joined}) == 2
    assert all(event.address is None for event in joined)


def test_a_person_in_their_own_new_chat_is_only_noted() -> None:
    assert isinstance(_event(type="conversationUpdate", membersAdded=[ANN]), ProfileSeen)


@pytest.mark.parametrize(
    "changed",
    [
        {"type": "conversationUpdate", "membersRemoved": [BOT]},
        {"type": "installationUpdate", "action": "remove"},
        {"type": "typing"},
        {"type": "messageReaction"},
    ],
)
def test_what_means_nothing_to_the_bot_is_no_event(changed: Json) -> None:
    assert _events(**changed) == []


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"from": {"id": "29:guest"}}, 403),
        ({"channelData": {"tenant": {"id": "another"}}}, 403),
        ({"id": None}, 400),
        ({"conversation": "a:ann"}, 400),
        ({"conversation": {"tenantId": TENANT}}, 400),
        ({"from": {"id": "29:x", "aadObjectId": ["a", "list"]}}, 400),
        ({"text": {"deep": 1}}, 400),
        ({"type": "conversationUpdate", "membersAdded": "me"}, 400),
        ({"type": "invoke", "name": "task/fetch", "value": {"data": "x"}}, 400),
        ({"type": "invoke", "name": "fileConsent/invoke", "value": {}}, 404),
        ({"type": "invoke", "name": "adaptiveCard/action", "value": {"action": {}}}, 400),
    ],
)
def test_what_does_not_fit_is_refused(changed: Json, status: int) -> None:
    with pytest.raises(Malformed) as refused:
        _events(**changed)
    assert refused.value.status == status


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 50_000,
        b'{"a":' * 50_000,
        b'{"a":' * 100 + b"1" + b"}" * 100,
        b'{"a": ' + b"9" * 5_000 + b"}",
    ],
)
def test_what_is_not_a_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        decode(body)


def test_text_that_no_database_keeps_is_cleaned() -> None:
    assert decode(b'{"text": "a\\u0000b\\ud800c", "list": ["\\udfff"]}') == {"text": "ab\ufffdc", "list": ["\ufffd"]}
