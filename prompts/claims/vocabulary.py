"""The words that the rules know: small words, words of telling, irregular forms, and words that say the same."""


def listed(text: str) -> tuple[str, ...]:
    """The words that stand in the text, with white space between."""
    return tuple(text.split())


FUNCTION = frozenset(
    listed(
        """
        a about above across after again against ago all almost along already also although am among an and
        another any anybody anyone anything are around as at away back be because been before being below
        between both but by can cannot could did do does doing done down during each either else even ever
        every everybody everyone everything few for from further get gets getting go goes going gone got had
        has have having he her here hers him his how however i if in into is it its itself just kind last like
        likely made make makes many may me might more most much must my need needs neither new next no nobody
        nor not nothing now of off often on once one ones only onto or other others our ours out over own part
        past per perhaps quite rather s same several shall she should since so some somebody someone something
        soon still such take takes taken t than that the their theirs them themselves then there these they
        thing things this those though through throughout thus to together too took towards under until up
        upon us use used uses using very via want wants was way we well were what when where whether which
        while who whom whose why will with within without would yet you your yours mr mrs ms dr
        two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen cent
        """
    )
)
REPORTING = frozenset(
    listed(
        """
        said say says saying reported report reports reporting wrote write writes written told tell tells
        shared share noted note notes added adds describes described explained explains according mentioned
        mentions asks asked asking looking look looks hope hopes hoped plan plans planned planning aim aims
        think thinks thought believe believes network networks team teams group co-ordinator co ordinator
        coordinator member members update period quarter people person practice check checkin ins currently
        previously recently so-called goal goals wanted currently help change changed changes answer answers
        answered range ranged ranges compare compared far
        """
    )
)

_FORMS = {
    "begin": "began begun begins beginning", "run": "ran runs running", "meet": "met meets", "hold": "held holds",
    "grow": "grew grown grows", "fall": "fell fallen falls", "rise": "rose risen rises",
    "give": "gave given gives giving",
    "send": "sent", "build": "built", "find": "found", "leave": "left leaving leaves", "lose": "lost loses losing",
    "keep": "kept", "come": "came comes coming", "write": "wrote written", "win": "won wins", "pay": "paid",
    "spend": "spent", "teach": "taught", "hear": "heard", "lead": "led leads", "bring": "brought", "buy": "bought",
    "choose": "chose chosen", "draw": "drew drawn", "speak": "spoke spoken", "break": "broke broken",
    "child": "children",
    "woman": "women", "man": "men", "ring": "rang rung", "sing": "sang sung", "feel": "felt", "shrink": "shrank shrunk",
    "know": "knew known", "see": "saw seen", "lend": "lent", "move": "moved moves moving", "drop": "dropped dropping",
    "stop": "stopped stopping stops", "cut": "cutting cuts", "shut": "shutting", "understand": "understood",
    "gone": "went", "join": "joined joins joining", "agree": "agreed agrees agreeing", "sign": "signed", "die": "died",
}  # fmt: skip
IRREGULAR = {form: word for word, forms in _FORMS.items() for form in forms.split()}

_SAME = (
    "start begin launch commence", "stop end cease discontinue finish halt", "rise increase grow climb",
    "fall decrease drop decline shrink reduce", "session meeting", "ring call phone telephone",
    "buy purchase", "show demonstrate", "join enrol", "half halves halve", "big large",
    "worker staff", "nurse nurses nursing", "cancel postpone", "translate translat", "late delay delayed overdue",
    "referral refer", "give offer provide hand", "form document", "wait waiting",
    "venue place location", "study audit", "reason cause", "miss missed missing",
)  # fmt: skip
SYNONYMS = {word: group.split()[0] for group in _SAME for word in group.split()}
