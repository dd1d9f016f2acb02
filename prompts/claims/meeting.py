"""Lays a sentence beside its facts: whether its numbers, dates, names and words are theirs, and in the same places."""

from collections.abc import Sequence

from prompts.claims.dates import SEASONS, When, dates
from prompts.claims.ground import Ground
from prompts.claims.names import has_name, names, spoken
from prompts.claims.numbers import TIME_UNITS, Number, numbers
from prompts.claims.vocabulary import listed
from prompts.claims.words import Clause, content, stem
from prompts.updates.shape import Request

MOST_OWN = 0.5
"""The share of a sentence's words that may be its own."""
LEAST_COVERED = 0.6
"""The share of a clause's words that one fact must have."""
_RELATIVE = frozenset(listed("today yesterday tomorrow tonight"))
_THIS = frozenset(listed("this month quarter period"))


def number_differs(text: str, grounds: Sequence[Ground]) -> bool:
    """True if a number of the text is in none of the facts, or counts something else there."""
    told = [(number, ground) for ground in grounds for number in ground.numbers]
    return any(not _is_counted(number, told, grounds) for number in numbers(dates(text)[1]))


def _is_counted(number: Number, told: Sequence[tuple[Number, Ground]], grounds: Sequence[Ground]) -> bool:
    same = [(other, ground) for other, ground in told if other.value == number.value and _kind(other) == _kind(number)]
    if number.kind == "one" and not same:
        return not any(set(number.nouns[:1]) & set(other.nouns) for other, _ in told)
    if number.kind == "count" and not same:
        return _counts_grounds(number, grounds)
    fitting = [each for each in same if (each[0].unit == number.unit or not (each[0].unit and number.unit))]
    if not number.is_whole:
        fitting = [each for each in fitting if not each[0].is_whole] or (fitting if not number.nouns else [])
    if not fitting:
        return False
    wanted = set(number.nouns)
    if not wanted or any(not other.nouns or wanted & set(other.nouns) for other, _ in fitting):
        return True
    elsewhere = {noun for other, _ in told if other.value != number.value for noun in other.nouns[:1]}
    if wanted & elsewhere - TIME_UNITS:
        return False
    theirs = frozenset().union(*(ground.stems for _, ground in fitting))
    return not any(noun in ground.stems and noun not in theirs for noun in wanted for ground in grounds)


def _kind(number: Number) -> str:
    return "count" if number.kind == "one" else number.kind


def _counts_grounds(number: Number, grounds: Sequence[Ground]) -> bool:
    """True if the number only says how many people, or check-ins, are named as sources."""
    people = {ground.fact.by for ground in grounds if ground.fact.by}
    nouns = set(number.nouns[:1])
    is_people = bool(nouns & {stem(word) for word in ("people", "person", "members", "member", "colleagues")})
    return is_people and number.value == len(people) and number.value > 1


def date_differs(text: str, grounds: Sequence[Ground], request: Request) -> bool:
    """True if a date, weekday, season or word such as "yesterday" is not in the facts."""
    found, rest = dates(text)
    if _is_period(found, request):
        found = ()
    if any(not any(ground.has_date(when) for ground in grounds) for when in found):
        return True
    told = frozenset().union(*(ground.words for ground in grounds))
    stems_told = {stem(word) for word in told}
    words = Clause(rest).tokens
    if any(word in SEASONS | _RELATIVE and word not in told for word in words):
        return True
    for before, word in zip(("", *words), words, strict=False):
        if stem(word) in TIME_UNITS and stem(word) not in stems_told and not (before == "this" and word in _THIS):
            return True
    return False


def _is_period(found: Sequence[When], request: Request) -> bool:
    """True if the dates are just the first and the last month, or day, of the period."""
    ends = {(request.first_on.month), (request.last_on.month)}
    return len(found) == 2 and {when.month for when in found} == ends


def name_differs(text: str, grounds: Sequence[Ground], request: Request) -> bool:
    """True if a name of the text is in none of the facts, nor the network's own."""
    named = frozenset().union(*(ground.named for ground in grounds))
    known = frozenset().union(*(ground.stems for ground in grounds)) - named
    own = [spoken(each) for each in (request.network, request.purpose)]
    return any(
        not any(ground.has_name(name) for ground in grounds) and not any(has_name(name, each) for each in own)
        for name in names(text, known)
    )


def is_mixed(parts: Sequence[Clause], grounds: Sequence[Ground]) -> bool:
    """True if a clause puts a name or number of one fact to the words of another."""
    if len(grounds) < 2:
        return False
    return any(_is_mixed(part, grounds) for part in parts)


def _is_mixed(part: Clause, grounds: Sequence[Ground]) -> bool:
    people = [[ground for ground in grounds if ground.has_name(name)] for name in names(part.text)]
    counted = [
        [ground for ground in grounds if any(other.value == number.value for other in ground.numbers)]
        for number in numbers(dates(part.text)[1])
    ]
    named = {stem(word) for name in names(part.text) for word in name}
    said = frozenset(word for word in part.stems - named if any(word in ground.stems for ground in grounds))
    for holders in [*people, *counted]:
        if holders and said and max(len(said & ground.stems) for ground in holders) < 0.5 * len(said):
            return True
        if holders in people and not said and part.stems - named:
            return True
    if any(one and other and not _share(one, other) for one in [*people, *counted] for other in counted):
        return True
    return len(said) > 3 and max(len(said & ground.stems) for ground in grounds) < LEAST_COVERED * len(said)


def _share(one: Sequence[Ground], other: Sequence[Ground]) -> bool:
    return any(ground in other for ground in one)


def says_more(text: str, grounds: Sequence[Ground], request: Request) -> bool:
    """True if most of what the sentence says is in none of its facts."""
    named = {stem(word) for name in names(text) for word in name}
    said = content(dates(text)[1]) - named
    told = frozenset().union(*(ground.stems for ground in grounds), content(request.network))
    own = said - told
    if len(own) == 1 and numbers(dates(text)[1]):  # "30 check-ins came from 12 people": the figures are what it says
        return False
    return bool(own) and len(own) > MOST_OWN * len(said)
