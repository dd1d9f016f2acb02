"""The patient-detail guard against a table of what people write: what it must stop, let pass, and is known to miss."""

import tomllib
from pathlib import Path

import pytest
import redacta  # type: ignore[import-untyped]  # it carries no types
from nhs_number.validate import calculate_checksum

from handlers.kit.patient_details import Kind, kinds_in
from handlers.kit.patient_details.digits import has_valid_check_digit

HERE = Path(__file__).parent


def table(name: str) -> dict[str, list[str]]:
    """The lists of texts in one table file."""
    rows: dict[str, list[str]] = tomllib.loads((HERE / f"patient_details_{name}.toml").read_text("utf-8"))
    return rows


def stopped() -> list[tuple[str, frozenset[Kind]]]:
    """Each text that must be stopped, with all the kinds that it holds."""
    rows = tomllib.loads((HERE / "patient_details_found.toml").read_text("utf-8"))
    together: dict[str, list[str]] = rows.pop("together")
    single = [*rows.items(), *table("found_cut_up").items()]
    alone = [(text, frozenset({Kind[name]})) for name, texts in single for text in texts]
    return alone + [(text, frozenset(Kind[name] for name in names)) for text, names in together.items()]


STOPPED = stopped()
CLEAN = [text for name in ("clean", "clean_lists") for texts in table(name).values() for text in texts]
MISSED = [text for texts in table("missed").values() for text in texts]
REDACTA_KINDS = {
    "NHS_NUMBER": {Kind.NHS_NUMBER, Kind.CHI_NUMBER, Kind.HC_NUMBER},
    "NI_NUMBER": {Kind.NATIONAL_INSURANCE},
    "DATE_OF_BIRTH": {Kind.DATE_OF_BIRTH},
    "POSTCODE": {Kind.POSTCODE},
    "PHONE": {Kind.PHONE},
    "EMAIL": {Kind.EMAIL},
    "MRN": {Kind.HOSPITAL_NUMBER},
}


def by_redacta(text: str) -> frozenset[Kind]:
    """What the peer finds, in our kinds; it calls CHI and Health and Care numbers NHS numbers, which counts."""
    _, report, _ = redacta.redact(text)
    return frozenset(kind for name in report for kind in REDACTA_KINDS.get(name, ()))


@pytest.mark.parametrize(("text", "kinds"), STOPPED)
def test_a_patient_detail_is_stopped_and_named(text: str, kinds: frozenset[Kind]) -> None:
    assert kinds_in(text) == kinds


@pytest.mark.parametrize("text", CLEAN)
def test_ordinary_writing_passes(text: str) -> None:
    assert kinds_in(text) == frozenset()


@pytest.mark.parametrize("text", MISSED)
def test_what_is_listed_as_missed_is_still_missed(text: str) -> None:
    assert kinds_in(text) == frozenset()


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(STOPPED) >= 150
    assert len(CLEAN) >= 150
    assert {kind for _, kinds in STOPPED for kind in kinds} == set(Kind)


def test_no_fixture_is_a_number_that_someone_could_have() -> None:
    valid = [text for text, kinds in STOPPED if Kind.NHS_NUMBER in kinds and text.isdecimal() and text.isascii()]
    assert valid
    assert all(text.startswith("999") for text in valid)


@pytest.mark.parametrize("nine", [f"{number:09d}" for number in range(0, 999_999_999, 7_654_321)])
def test_the_check_digit_agrees_with_the_nhs_number_library(nine: str) -> None:
    expected = calculate_checksum(nine)
    assert [digit for digit in range(10) if has_valid_check_digit(f"{nine}{digit}")] == [
        digit for digit in range(10) if digit == expected
    ]


def test_recall_and_false_alarms_are_printed_beside_redacta(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f"{'kind':<20}{'texts':>6}{'found':>7}{'redacta':>9}{'false':>7}{'redacta':>9}"]
    for kind in Kind:
        texts = [text for text, kinds in STOPPED if kind in kinds]
        ours, theirs = (sum(kind in find(text) for text in texts) for find in (kinds_in, by_redacta))
        false, their_false = (sum(kind in find(text) for text in CLEAN) for find in (kinds_in, by_redacta))
        lines.append(f"{kind.name:<20}{len(texts):>6}{ours:>7}{theirs:>9}{false:>7}{their_false:>9}")
    ours, theirs = (sum(bool(find(text)) for text in CLEAN) for find in (kinds_in, by_redacta))
    lines.append(f"clean texts: {len(CLEAN)}; stopped by us {ours}, by redacta {theirs}; known misses: {len(MISSED)}")
    with capsys.disabled():
        print("\n" + "\n".join(lines))
    assert ours < theirs
