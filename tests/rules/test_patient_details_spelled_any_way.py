"""The patient-detail guard against texts that nobody thought of: any spelling of a number, any words, any hostility."""

import re
import string
import time
from collections.abc import Callable, Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.kit.patient_details import DECLARABLE, Kind, forget_it_sentence, kinds_in, sentence
from handlers.kit.patient_details.digits import has_valid_check_digit

SEPARATORS = [
    "",
    "",
    "",
    " ",
    "-",
    ".",
    "/",
    "_",
    "\u00a0",
    "\u2009",
    "\u202f",
    "\u200b",
    "\u2060",
    "\n",
    " - ",
    "\u2013",
]
MARKS = [*",:;|+*=#^~'\"!?&@<>-/._", "--", "- -", "**", "//", "...", "::", "\u2019", "\u2192", "\u00d7", "\uff0c"]
PADS = [("", ""), (" ", ""), ("", " "), (" ", " "), ("", "\n"), ("\u200b", "\u00a0")]
ZEROES = "0\u0660\u0966\uff10\U0001d7ce\U0001d7d8"


def with_check_digit(nine: str) -> str:
    """The ten digits that `nine` opens, or a number in the 999 range where no check digit fits."""
    return next((f"{nine}{last}" for last in range(10) if has_valid_check_digit(f"{nine}{last}")), "9990000018")


# Ten digits that are all alike pass the check and are filler: they are stopped only beside a word.
NUMBERS = st.integers(0, 999_998).map(lambda tail: with_check_digit(f"999{tail:06d}"))
# Words that neither hold a digit or an at sign, nor spell a hidden at sign or dot out.
WORDS = st.lists(st.text(string.ascii_letters + "éüß’,.;!?", min_size=1, max_size=12), max_size=40).map(" ".join)
HOSTILE = [
    "9 " * 20_000,
    "9" * 40_000,
    "a" * 40_000,
    "a@" * 20_000,
    "a.a" * 13_333 + "@",
    "@" * 40_000,
    "a " * 20_000 + "@",
    "+4" * 20_000,
    "+44 " * 10_000,
    "(0) " * 10_000,
    "nhs no " * 5_714 + "1",
    "nhs number is the number for the patient " * 975 + "1",
    "dob " * 10_000 + "1",
    "d o b . / " * 4_000 + "1",
    "born on the " * 3_333 + "1",
    "patient " * 5_000 + "1",
    "hospital number is " * 2_105 + "1",
    "mrn a 1 2 3 " * 3_333,
    "sw1a " * 8_000,
    "q q 1 2 3 4 5 6 " * 2_500,
    "12/03/" * 6_666,
    "aged 45 " * 5_000,
    "(at) " * 8_000,
    " at a dot b" * 3_636,
    "\u0300\u0316" * 20_000 + "1",
    "\ufdfa" * 40_000 + "1",
    "\u200b" * 40_000 + "1",
    "&#x39;" * 6_666,
    "1\n" * 20_000,
    " " * 39_999 + "1",
    "0123 " * 8_000,
    "call me on " * 3_636 + "1",
    "1/1/1/" * 6_666,
    "1, " * 13_333,
    "1:" * 20_000,
    "0 | " * 10_000,
    "@1" * 20_000,
    "999 000 0018 " * 3_076,
    "999, 000, 0018, " * 2_500,
    "isbn 9990000018 " * 2_500,
    "nhs no 1 1 1 1 1 1 1 1 1 1 " * 1_481,
]


def holds_a_year(text: str) -> bool:
    """A group that reads as a year, in an odd spacing: all that excuses a good number with no word beside it."""
    groups = re.findall(r"\d+", text.replace("\u200b", "").replace("\u2060", ""))
    return any(len(group) == 4 and group[:2] in ("19", "20") for group in groups)


@given(number=NUMBERS, gaps=st.lists(st.sampled_from(SEPARATORS), min_size=9, max_size=9), zero=st.sampled_from(ZEROES))
def test_any_spelling_of_a_valid_number_is_found(number: str, gaps: list[str], zero: str) -> None:
    spelled = "".join(digit + gap for digit, gap in zip(number, [*gaps, ""], strict=True))
    if holds_a_year(spelled):
        spelled = f"NHS number {spelled}"
    scripted = spelled.translate({ord("0") + digit: ord(zero) + digit for digit in range(10)})
    assert Kind.NHS_NUMBER in kinds_in(f"I saw {scripted} today")


@given(number=NUMBERS, mark=st.sampled_from(MARKS), pad=st.sampled_from(PADS))
def test_a_number_in_its_usual_groups_is_found_whatever_mark_cuts_it(
    number: str, mark: str, pad: tuple[str, str]
) -> None:
    groups = number[:3], number[3:6], number[6:]
    spelled = mark.join(pad).join(groups)
    if holds_a_year(spelled) or int(groups[0]) + int(groups[1]) == int(groups[2]):
        spelled = f"NHS number {spelled}"
    assert kinds_in(f"I saw {spelled} today") == {Kind.NHS_NUMBER}


@given(
    number=NUMBERS, gap=st.sampled_from(SEPARATORS), label=st.sampled_from(["NHS no", "patient", "pt", "nhs number:"])
)
def test_a_mistyped_number_is_found_by_its_label(number: str, gap: str, label: str) -> None:
    wrong = f"{number[:9]}{(int(number[9]) + 1) % 10}"
    assert kinds_in(f"{label} {wrong[:3]}{gap}{wrong[3:6]}{gap}{wrong[6:]}") & {Kind.NHS_NUMBER, Kind.HOSPITAL_NUMBER}


@given(WORDS)
@example("Meet me at the dot, at noon")
@example("B ß ss LS LSI")
def test_words_alone_are_never_stopped(text: str) -> None:
    assert kinds_in(text) == frozenset()


@given(st.text(max_size=300))
def test_any_text_at_all_gets_an_answer(text: str) -> None:
    assert kinds_in(text) <= set(Kind)


@given(number=NUMBERS, kinds=st.sets(st.sampled_from(Kind), min_size=1))
def test_what_a_person_reads_never_holds_a_digit(number: str, kinds: set[Kind]) -> None:
    found = kinds_in(f"NHS {number}") | kinds
    assert not any(character.isdigit() for character in sentence(found) + forget_it_sentence(found))


def test_a_sentence_names_every_kind_and_reads_well() -> None:
    assert sentence({Kind.PHONE, Kind.NHS_NUMBER}) == (
        "This looks like it has an NHS number and a phone number in it. Please take that out, then send it again."
    )
    assert "a date of birth, a full postcode and an e-mail address" in forget_it_sentence(
        [Kind.EMAIL, Kind.POSTCODE, Kind.DATE_OF_BIRTH]
    )


@pytest.mark.parametrize("words", [sentence, forget_it_sentence])
def test_no_kind_is_no_sentence(words: Callable[[Iterable[Kind]], str]) -> None:
    with pytest.raises(ValueError, match="no kind"):
        words([])


def test_only_a_phone_number_or_an_email_address_can_be_declared_not_a_patients() -> None:
    assert {Kind.PHONE, Kind.EMAIL} == DECLARABLE


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_text_costs_in_proportion_to_its_length(text: str) -> None:
    """Not timed: a pattern that backtracks without bound would run into the suite's own limit on 40,000 characters."""
    assert kinds_in(text) <= set(Kind)


def test_the_cost_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    clean = ("The network feels stronger and people turn up. We tried a new way to hand over, and it held. " * 4)[:300]
    numbers = ("On 12/03/2027 at 10:30, 12 of 15 members met in room 4 and agreed 3 next steps by 2028. " * 4)[:300]
    lines = [
        f"{name}: {micros(text, 2000):.1f} µs" for name, text in (("300 clean", clean), ("300 with numbers", numbers))
    ]
    costs = {text: micros(text, 1) / 1000 for text in HOSTILE}
    slowest = max(HOSTILE, key=lambda text: costs[text])
    lines.append(f"slowest of {len(HOSTILE)} hostile texts: {slowest[:12]!a}, in ms by length:")
    lines += [f"  {size}: {micros(slowest[:size], 1) / 1000:.1f}" for size in (1_000, 4_000, 40_000)]
    with capsys.disabled():
        print("\n" + "\n".join(lines))
    assert len(costs) == len(HOSTILE)


def micros(text: str, times: int) -> float:
    """The mean cost of one look at `text`, in microseconds."""
    started = time.perf_counter()
    for _ in range(times):
        kinds_in(text)
    return (time.perf_counter() - started) / times * 1e6
