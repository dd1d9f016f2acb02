"""What one co-ordinator and the people around her do with the bot from January 2027 to July 2028."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count, cycle

from bench.eighteen_months import Life, Months
from bench.eighteen_months_people import NETWORK
from bench.eighteen_months_text import message_text
from bench.eighteen_months_words import HELP, IN_THE_WAY, MOVED, THOUGHTS
from handlers.kit.content import Message

END = (2028, 7, 4, 12, 0)
LETTERS, WORKSHOPS, PAPERS = "People can read the letters", "workshops with patients", "Read one paper a week"
FRIDAYS = "Every clinic answers the phone on Fridays"
WEEKS: Mapping[date, str] = {
    date(2027, 1, 25): "later",
    date(2027, 2, 1): "skip",
    date(2027, 2, 8): "silent",
    date(2027, 3, 8): "why",
    date(2027, 6, 7): "silent",
    date(2027, 6, 14): "silent",
    date(2027, 8, 2): "less",
    date(2028, 2, 7): "silent",
    date(2028, 5, 8): "silent",
}
"""What Imogen does with what comes in those weeks; in all others she answers."""


class Story:
    """The eighteen months, a chapter for each time of the year."""

    def __init__(self, months: Months) -> None:
        self.months = months
        self._moved, self._thoughts, self._number = cycle(MOVED), cycle(THOUGHTS), count()
        self._in_the_way = cycle(IN_THE_WAY)
        person = months.person
        self.imogen = person("imogen", "Imogen", self._imogen_reacts, followed=True)
        self.callum = person("callum", "Callum", self._callum_reacts, followed=True)
        self.ann = person("ann", "Ann", self._member_reacts)
        self.ben = person("ben", "Ben", self._member_reacts)
        self.fay = person("fay", "Fay", self._member_reacts)
        self._reviews = iter(
            (
                {WORKSHOPS: "Keep it", LETTERS: "Keep it"},
                {WORKSHOPS: "Keep it", LETTERS: "Keep it"},
                {LETTERS: "Change it", FRIDAYS: "Keep it"},
                {FRIDAYS: "Keep it", LETTERS: "It is achieved"},
                {FRIDAYS: "It is achieved"},
                {},
                {},
            )
        )

    async def lived(self) -> None:
        """All of it."""
        await self._january()
        await self._winter()
        await self._spring()
        await self._summer()
        await self._autumn()
        await self._second_winter()
        await self._second_spring()
        await self.months.until(*END)

    async def _january(self) -> None:
        await self.months.until(2027, 1, 5, 9, 12)
        imogen = self.imogen
        for life in self.months.lives.values():
            if life is not imogen:
                await self._unfollowed(life)
        await imogen.joins()
        await imogen.presses("What can I do?")
        await imogen.types("settings")
        await imogen.presses("Edit")
        await imogen.fills(
            {
                "Which days do you work": ("Monday", "Tuesday", "Wednesday", "Thursday"),
                "When does your day start": "8.30am",
                "When does your day end": "4pm",
                "Whose bank holidays": "England",
                "First day of your next leave": "2027-02-15",
                "Last day of your next leave": "2027-02-26",
            }
        )
        await self.months.until(2027, 1, 6, 11, 30)
        await self._writes_goal("new goal: Two workshops with patients by 30 June")
        await imogen.presses("My first step")
        await imogen.fills({"When will the": "the room is booked", "What will you do": "ring the four who wrote to us"})
        await imogen.presses("Who else?")
        await imogen.fills({"Who else could help": "The patient panel, and Ann"})
        await self.months.until(2027, 1, 7, 14, 0)
        await self._writes_goal("new objective: People can read the letters that we send them")
        await imogen.opens_home()

    async def _unfollowed(self, life: Life) -> None:
        followed, life.followed = life.followed, False
        await life.joins()
        life.followed = followed

    async def _writes_goal(self, line: str) -> None:
        await self.imogen.types(line)
        await self.imogen.presses(NETWORK)

    async def _opens_goal(self, title: str) -> None:
        await self.imogen.types("goals")
        await self.imogen.presses("Open", title)

    async def _says_more(self, title: str, now: str, sure: str, why: str) -> None:
        await self._opens_goal(title)
        await self.imogen.presses("Say more")
        await self.imogen.fills({"Where is it now": now, "How sure": sure, "Why do you think": why})

    async def _talk(self, *steps: tuple[str, Mapping[str, str]]) -> None:
        await self.imogen.types("coach me")
        for label, answers in steps:
            await self.imogen.presses(label)
            if answers:
                await self.imogen.fills(answers)

    async def _winter(self) -> None:
        await self.months.until(2027, 2, 9, 10, 0)
        await self.imogen.types("new goal: Read one paper a week")
        await self.imogen.presses("It is mine")
        await self.months.until(2027, 3, 2, 15, 0)
        plan = {"When will you do it": "the March call is over", "What will you do": "ask Ann to open the next one"}
        await self._talk(
            ("Answer", {"What do you want": "That I am not the one who chases everyone."}),
            ("4", {}),
            ("Answer", {"You are at 4": "When Ann asked for an hour on the phone, people came."}),
            ("Answer", {**plan, "Which day": "2027-03-18"}),
        )
        await self.imogen.presses("A question each week")
        await self.months.until(2027, 3, 31, 14, 0)
        await self._says_more(WORKSHOPS, "0", "▲ At risk", "The second room fell through.")

    async def _spring(self) -> None:
        await self.months.until(2027, 4, 21, 10, 0)
        self.fay.followed = True
        await self.fay.opens_home()
        await self.fay.presses("See the networks")
        await self.fay.presses("Goals")
        self.fay.followed = False
        await self.months.until(2027, 5, 4, 9, 30)
        await self._opens_goal(WORKSHOPS)
        await self.imogen.presses("Change")
        await self.imogen.fills(
            {
                "What do you want": "Three short workshops with patients",
                "By when": "31 July",
                "Is there a number": "3",
                "What made you change": "A whole day is too long for most of them.",
            }
        )
        await self.months.until(2027, 6, 2, 11, 0)
        await self._opens_goal(PAPERS)
        await self.imogen.presses("Let it go")
        await self.imogen.fills({"What did you learn": "A paper a week was a wish. One a month, with Ben, is a habit."})

    async def _summer(self) -> None:
        await self.months.until(2027, 7, 13, 15, 0)
        await self._says_more(WORKSHOPS, "2", "● On track", "Two are done, and people stayed for tea.")
        await self.months.until(2027, 7, 21, 9, 0)
        plan = {"When will you do it": "Ann is back", "What will you do": "show her the list, and leave it with her"}
        await self._talk(
            ("Answer", {"What is better": "Ann opened two calls. I only listened."}),
            ("Answer", {"What do you want": "To hand over the list of clinics before I go on leave."}),
            ("6", {}),
            ("Skip this question", {}),
            ("Answer", {**plan, "Which day": "2027-08-04"}),
        )
        await self.imogen.presses("Share my plan")
        await self.imogen.fills({"With whom": "Callum Reed"})
        await self.months.until(2027, 7, 29, 10, 0)
        await self._says_more(WORKSHOPS, "3", "● On track", "The last one was the best.")
        await self.imogen.presses("It is achieved")
        await self.imogen.fills(
            {"Who would notice": "Whoever reads the letter: it is in their words. So would the desk, which rings less."}
        )

    async def _autumn(self) -> None:
        await self.months.until(2027, 9, 7, 10, 0)
        await self._writes_goal("new goal: Every clinic answers the phone on Fridays by 31 March")
        await self.imogen.types("prompts")
        await self.imogen.presses("Every time", "coaching questions")
        await self.months.until(2027, 12, 1, 10, 0)
        await self._says_more(FRIDAYS, "2 of 4", "● On track", "They moved lunch.")
        await self.imogen.types("settings")
        await self.imogen.presses("Edit")
        leave = {"First day of your next leave": "2027-12-20", "Last day of your next leave": "2028-01-02"}
        await self.imogen.fills(leave)

    async def _second_winter(self) -> None:
        await self.months.until(2028, 1, 19, 10, 0)
        await self.imogen.opens_home()
        await self.imogen.types("my coaching")
        await self.imogen.types("prompts")
        await self.imogen.presses("Every time", "your weekly prompt")
        await self.imogen.presses("Change day and time", "your weekly prompt")
        await self.imogen.fills(
            {"How often": "Every two weeks", "On which weekdays": ("Tuesday",), "At what time": "10am"}
        )
        await self.imogen.types("coaching questions")
        await self.imogen.presses("My answers")

    async def _second_spring(self) -> None:
        await self.months.until(2028, 3, 22, 10, 0)
        await self._says_more(FRIDAYS, "4 of 4", "● On track", "We rang all four on a Friday.")
        await self.months.until(2028, 5, 16, 10, 0)
        await self.imogen.types("coaching questions")
        await self.imogen.presses("No more questions")
        await self.months.until(2028, 6, 28, 10, 0)
        await self.imogen.types("goals")
        await self.imogen.presses("Achieved or let go")

    async def _imogen_reacts(self, life: Life, message: Message) -> None:
        self.months.minutes(6)
        today = self.months.now.date()
        does = WEEKS.get(today - timedelta(days=today.weekday()), "answers")
        if does == "later" and "come back to this" not in message_text(message):
            await life.presses("Later")
            await life.presses("Tomorrow")
        elif does in ("skip", "less"):
            await life.presses({"skip": "Skip this one", "less": "Less often"}[does])
        elif does != "silent":
            if does == "why":
                await life.presses("Why did I get this?")
            await self._answers(life, message_text(message))

    async def _answers(self, life: Life, asked: str) -> None:
        number = next(self._number)
        if "[No, as before]" in asked:
            await life.presses("No, as before")
        if "[Answer now]" in asked:
            await life.presses("Answer now")
            said = {"How is the network": "432545"[number % 6], "What has moved": next(self._moved)}
            if number % 9 == 3:
                said |= {"What is in the way": next(self._in_the_way), "Would you like help": "Yes"}
            if number % 5 == 2:
                said |= {"Who can read your answer to “What has moved": "Everyone in the network"}
            await life.fills(said)
            if number == 1:
                await life.presses("It moved a goal")
                await life.fills(
                    {"Which goal": "Two workshops", "What moved": "Two of the panel said yes.", "How sure": "● On"}
                )
        if "[Write an answer]" in asked and (number % 3 or "plan" in asked):
            await life.presses("Write an answer")
            assert life.form is not None
            words = (
                "It went well. She said yes before I had finished asking." if "plan" in asked else next(self._thoughts)
            )
            await life.fills({life.form.questions[0].label: words})
        if "[See who]" in asked and number % 2:
            await life.presses("See who")

    async def _callum_reacts(self, life: Life, message: Message) -> None:
        self.months.minutes(11)
        asked = message_text(message)
        if "[Look at the goals]" in asked:
            await life.presses("Look at the goals")
            await self._reviews_goals(life, next(self._reviews))

    async def _reviews_goals(self, life: Life, wanted: Mapping[str, str]) -> None:
        while life.has("Keep it"):
            shown = message_text(life.messages[-1])
            does = next((what for title, what in wanted.items() if title in shown), "Keep it")
            await life.presses(does)
            await life.fills(
                {
                    "Keep it": {"What is the next step": "Ask at the next call who has an hour."},
                    "Change it": {"What should it say": f"{LETTERS} and text messages"},
                    "It is achieved": {"Who would notice": "The desk. And the panel, who can read it all aloud."},
                }[does]
            )
        await life.presses("Share with the network")
        await self.imogen.types("goals open clinics")
        await self.imogen.presses("The last review")

    async def _member_reacts(self, life: Life, message: Message) -> None:
        number = next(self._number)
        if "[Answer now]" in message_text(message) and number % 3:
            await life.presses("Answer now")
            said = {"How is the network": "4", "What has moved": "We read one letter together."}
            await life.fills(said | HELP if number % 5 == 0 else said)
