"""Every example of every feature, as each platform draws it: held to its golden file and to the platform's limits.

`make goldens` draws them anew; look at the difference before you commit it.
"""

import json
import os
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from bench import slack_limits, teams_limits
from bench.clock import TUESDAY, MovedClock
from bot.platforms.slack.render import Level, message_payloads
from bot.platforms.slack.views import home, modal
from bot.platforms.teams.dialogs import form_dialog
from bot.platforms.teams.offers import Offers
from bot.platforms.teams.render import activities
from bot.platforms.web.demo import Demo, DemoPerson
from bot.platforms.web.outbound import Conversation
from bot.platforms.web.render import Asked, Pages
from handlers import find_routes
from handlers.kit.content import Button, Buttons, Example, Form, Message
from storage.records import Account

GOLDEN = Path(__file__).parents[1] / "golden"
EXAMPLES = [(feature.name, example) for feature in find_routes().features for example in feature.examples()]
ANN = DemoPerson("ann", "Ann Example", "Member")
READER = Account("teams", "a tenant", "ann")
OFFERS = Offers("a secret", MovedClock(TUESDAY))


def on_slack(example: Example) -> tuple[str, list[str]]:
    """The payload as JSON, and what Slack would refuse of it."""
    if isinstance(example.content, Form):
        drawn, surface = [modal(example.content, example.errors)], "modal"
    else:
        drawn, surface = message_payloads(example.content, Level.CHARTS), "message"
    found = [problem for payload in drawn for problem in slack_limits.problems(payload, surface)]
    if example.name == "home" and isinstance(example.content, Message):
        found += slack_limits.problems(home(example.content), "home")
    return as_json(drawn if len(drawn) > 1 else drawn[0]), found


def on_teams(example: Example) -> tuple[str, list[str]]:
    """The activities or the dialog as JSON, and what Teams would refuse of them."""
    if isinstance(example.content, Form):
        dialog = form_dialog(example.content, example.errors)
        return as_json(dialog), teams_limits.dialog_problems(dialog)
    sent = activities(example.content, offer=lambda file, summary: OFFERS.activity(file, READER, summary))
    return as_json(sent), [problem for one in sent for problem in teams_limits.problems(one)]


def on_web(example: Example) -> tuple[str, list[str]]:
    """The HTML; tests/rendering/test_web_examples.py holds it to its rules."""
    pages = Pages(Demo((ANN,)))
    if isinstance(example.content, Form):
        page = pages.form(ANN, Asked(example.content, "nonce", errors=example.errors))
    else:
        page = pages.entry(ANN, Conversation(MovedClock(TUESDAY)).say(example.content))
    return re.sub(r"\n\s*\n+", "\n", _without_nonces(page)).strip() + "\n", []


def as_json(content: object) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True, default=_date) + "\n"


def _date(value: object) -> str:
    assert isinstance(value, datetime), value
    return value.isoformat()


def _without_nonces(page: str) -> str:
    """Without what is drawn by lot: the name of each act, and of the conversation."""
    page = re.sub(r'(name="nonce" value=)"[^"]+"', r'\1"*"', page)
    return re.sub(r"\bm[0-9a-f]{8}-", "m*-", page)


PLATFORMS: dict[str, Callable[[Example], tuple[str, list[str]]]] = {
    "slack": on_slack,
    "teams": on_teams,
    "web": on_web,
}
SUFFIX = {"slack": "json", "teams": "json", "web": "html"}


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(("feature", "example"), EXAMPLES, ids=[f"{name}.{one.name}" for name, one in EXAMPLES])
def test_an_example_is_drawn_as_agreed_and_within_limits(feature: str, example: Example, platform: str) -> None:
    drawn, problems = PLATFORMS[platform](example)
    assert problems == []
    golden = GOLDEN / platform / f"{feature}.{example.name}.{SUFFIX[platform]}"
    if os.environ.get("WEAVER_GOLDENS") == "draw":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(drawn)
    assert golden.exists(), f"{golden} is missing: run `make goldens`, and look at it"
    assert drawn == golden.read_text()


def test_no_golden_file_is_left_over() -> None:
    wanted = {f"{feature}.{example.name}" for feature, example in EXAMPLES}
    kept = {path.stem for platform in PLATFORMS for path in (GOLDEN / platform).glob("*")}
    assert kept == wanted


def test_every_button_and_form_of_an_example_leads_somewhere() -> None:
    routes = find_routes()
    dead = [
        (feature, example.name, button.action)
        for feature, example in EXAMPLES
        for button in buttons_of(example.content)
        if button.action not in (routes.forms if button.opens_form else routes.presses)
    ]
    assert dead == []
    files = [
        file for _, example in EXAMPLES if isinstance(example.content, Message) for file in example.content.attachments
    ]
    assert all(file.again and file.again.action in routes.presses for file in files), "Teams makes each file again"
    forms = {example.content.name for _, example in EXAMPLES if isinstance(example.content, Form)}
    assert forms == set(routes.forms), "each form has an example, and each example a form"


def test_every_press_is_on_a_button_of_some_example() -> None:
    routes = find_routes()
    shown = {button.action for _, example in EXAMPLES for button in buttons_of(example.content)}
    assert set(routes.presses) <= shown


def buttons_of(content: Message | Form) -> list[Button]:
    if isinstance(content, Form):
        return []
    inside = [button for block in content.body if isinstance(block, Buttons) for button in block.buttons]
    return [*content.buttons, *inside]
