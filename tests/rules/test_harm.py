"""The table of cases for words that point to harm: which show the signpost, and which daily words do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.house import ROOT
from handlers.kit.harm import points_to_harm
from prompts.coaching import question_bank

ALARMS = (
    "I want to die", "I don't want to be here any more", "i dont feel like it but I don’t want to live",
    "I can't go on like this", "She is thinking about suicide", "I feel suicidal", "he wants to kill himself",
    "She said she would hurt herself", "I cut myself last night", "He is self-harming again", "self harm",
    "She took an overdose", "They would be better off without me", "I am thinking of ending it all",
    "he took his own life", "there is no point in living", "I wish I was dead",
    "My manager hit me", "He hits her", "her husband beats her", "She was assaulted on the ward", "I was raped",
    "sexual harassment by a colleague", "He threatened me with a knife", "he threatened to kill her",
    "I am scared to go home", "I’m afraid of him", "I am being bullied", "She keeps bullying staff",
    "I feel so bullied", "I was sexually harassed", "a carer abuses residents", "she is living with domestic abuse",
    "A child is being neglected", "patients are being harmed", "The child is at risk", "he may be at risk of harm",
    "Patients are at serious risk", "I am in danger", "she's in real danger", "We are not safe on nights",
    "They aren't safe there",
    "I don't feel safe at work", "I feel unsafe", "the ward is unsafe", "unsafe staffing again",
    "someone will die", "somebody could get hurt", "a baby nearly died", "He could have died",
    "A patient died because nobody came", "I have a safeguarding concern", "two safeguarding concerns this week",
    "safeguarding worries", "they are covering up a death", "I want to be a whistleblower",
    "They falsified the records", "I was told: she told us not to report it", "keep quiet about the incident",
    "I  want\nto \t die", "I WANT TO DIE",
)  # fmt: skip
QUIET = (
    "", "We talked about suicide prevention week", "The suicide-safe communities group met",
    "Our self-harm pathway is out for comment", "The suicide prevention strategy is out",
    "The harm reduction group met", "Do no harm", "No harm done", "It would do no harm to ask",
    "Safeguarding training is booked for May", "The safeguarding lead came to our meeting",
    "That meeting nearly killed me", "We killed two birds with one stone", "I am dying to see it",
    "The deadline kills us", "The idea died in committee", "We hit our target", "It hit me that nobody had asked",
    "They hit us with new forms", "He beat me to it", "Beats me", "Cut myself some slack this week",
    "The project is at risk", "Patients at risk of diabetes", "at risk", "On track, at risk or off track",
    "The network is in danger of losing steam", "We are in danger of losing members", "It is not safe to assume that",
    "People don't feel safe to share bad news", "We need a safe space", "Psychological safety came up",
    "The domestic abuse service joined our network", "The rape crisis centre came to talk",
    "The sexual assault referral centre sent its figures", "drug and alcohol abuse pathway",
    "Anti-bullying week was in November", "The whistleblowing policy is being rewritten",
    "Ann covers for Ben while he is away", "We cover up to ten wards", "Members speak up more",
    "The Freedom to Speak Up guardian gave a talk", "We have neglected our website", "The plan was neglected",
    "She threatened to leave the network", "I am afraid of long meetings", "I am scared of heights",
    "I felt harassed by emails", "She could be groomed as the next chair", 
    "We want to live up to it", "Patients died of boredom in the queue",
    "Take an hour for yourself", "It was a killer slide deck", "End of life care network", "We ended the meeting early",
    "The patient notices first", "The rota is out, I will ring the ward", "I beat my own record",
    "Staff are at the heart of it", "He kicked us off with a joke", "They punched above their weight",
)  # fmt: skip
ACCEPTED = ("I want to die of embarrassment", "People could be hurt by jargon")
"""Known to alarm for nothing, and left so: it costs three lines of reading."""


@pytest.mark.parametrize("text", ALARMS)
def test_words_that_point_to_harm_are_seen(text: str) -> None:
    assert points_to_harm([text])
    assert points_to_harm(["Nothing here", f"And so on. {text}. That is all."])


@pytest.mark.parametrize("text", QUIET)
def test_daily_words_are_left_alone(text: str) -> None:
    assert not points_to_harm([text])


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_is_known_to_alarm_for_nothing_is_written_down(text: str) -> None:
    assert points_to_harm([text])


def test_nothing_that_weaver_asks_or_shows_in_its_demo_alarms() -> None:
    assert [one.text for one in question_bank().questions if points_to_harm([one.text])] == []
    demo = (ROOT / "prompts" / "demo").glob("*.toml")
    found = [line for path in demo for line in path.read_text(encoding="utf-8").splitlines() if points_to_harm([line])]
    assert found == []


@given(st.text(max_size=300), st.sampled_from(ALARMS))
def test_whatever_stands_around_it_it_is_seen(around: str, text: str) -> None:
    assert points_to_harm([f"{around} . {text}"])


def test_a_long_text_is_read_to_its_end() -> None:
    assert points_to_harm(["he is " * 600 + "so I want to die"])
    assert not points_to_harm(["people are being " * 1000])
