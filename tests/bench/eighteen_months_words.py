"""What the people of the eighteen months write: made up, and free of anything about patients."""

from __future__ import annotations

MOVED = (
    "Four clinics came to the first call, and three of them spoke.",
    "Nothing much. The rota ate the week.",
    "Someone from the panel read our letter aloud, and we heard how cold it is.",
    "The letter has a second draft. It is half as long.",
    "Two clinics swapped a nurse for a morning.",
    "Quiet week. Two people wrote to say thank you.",
    "We found a room for the workshop, with a working lift.",
    "The second room fell through. I rang nine places.",
    "Ben asked what nobody had asked: who reads these letters?",
    "Ann opened the call. I said four words in an hour.",
    "The first workshop happened. Eleven came, and stayed for tea.",
    "Slow. Everyone is on leave or covering for leave.",
    "A whole day was too long. We cut the next one in half.",
    "The desk says that fewer people ring to ask what the letter means.",
    "Three clinics use the new letter. The fourth wants to see it work first.",
    "The fourth has asked for it.",
    "The second workshop was better for being short.",
    "I forgot the call, and they held it without me.",
    "We have a date for the last workshop.",
    "The last workshop is done. I slept for a day.",
    "Back from leave. The list was kept up, and tidier than mine.",
    "The new letter went out from all four clinics.",
    "Somebody asked to join whom none of us knew.",
    "Fridays: one clinic answered each call. I have no idea how yet.",
    "They told us how. They moved lunch.",
    "Two more have moved lunch.",
    "The panel wants to look at the text messages next.",
    "A dull call, and a useful one.",
    "We said no to a conference, and nobody minded.",
    "Callum led the call. People laughed more.",
    "The phones were down again on Friday.",
    "Ann wrote down how we do the calls, on one page.",
    "Somebody new used the page, and it worked.",
    "Three of four clinics answer on Fridays.",
    "We rang all four on a Friday. All four answered.",
    "I have less to say each week, which may be the point.",
    "A clinic outside the network asked for the letter.",
    "We gave it to them.",
)
IN_THE_WAY = (
    "The phones are down each Friday.",
    "Nobody has an hour in the same week.",
    "I am the only one with the list.",
)
THOUGHTS = (
    "I had to think. Ann would know better than I do.",
    "I will ask at the next call, and wait for the answer.",
    "Less than I thought, and more than last year.",
    "I noticed that I wanted to skip this one.",
    "The dull calls are the ones that people come to.",
    "Two people, and neither of them is me.",
    "I used to know. I will find out.",
)
HELP = {"What is in the way": "Nobody has a room.", "Would you like help": "Yes"}
