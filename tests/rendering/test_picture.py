"""A wheel's picture: a PNG of its size, with all names inside it, that changes with each figure and needs no colour."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from docx import Document
from PIL import Image, ImageChops, ImageFilter

from bench import teams_limits
from bench.clock import MovedClock
from bench.drawn import FIVE, FULL_WHEEL, NOW, ODD_WHEEL, WHEEL, wheel
from bot.platforms.teams.offers import Offers
from bot.platforms.teams.render import activities
from bot.platforms.web.answers import attachment
from handlers.kit.content import MOST_FILE, Again, Attachment, Message, Series, Wheel
from handlers.kit.picture import HEIGHT, WIDTH, wheel_picture
from storage.records import Account

LONG = tuple(f"a rather long name of thing {'x' * 40} number {at}" for at in range(12))
ANY = {
    "in use": WHEEL,
    "full": FULL_WHEEL,
    "odd": ODD_WHEEL,
    "long names": wheel(Series("x" * 90, (5,) * 12), Series("y y " * 40, (3,) * 12), axes=LONG, short=(),
                        title="t " * 300),
    "four axes": wheel(Series("Now", (5, 5, 5, 5)), axes=LONG[:4], short=()),
    "one axis": wheel(Series("Now", (5,)), axes=FIVE[:1], short=()),
    "no axes": wheel(Series("Now", ()), axes=(), short=()),
    "no series": wheel(title="“Élan” – naïve & co"),
    "nothing known": wheel(Series("Now", (None,) * 5)),
}  # fmt: skip
EDGE = 6


def opened(shown: Wheel, mode: str = "RGB") -> Image.Image:
    return Image.open(io.BytesIO(wheel_picture(shown))).convert(mode)


def is_other(one: Wheel, other: Wheel, mode: str = "RGB") -> bool:
    return ImageChops.difference(opened(one, mode), opened(other, mode)).getbbox() is not None


@pytest.mark.parametrize("name", ANY)
def test_all_of_it_lies_inside_the_picture(name: str) -> None:
    picture = opened(ANY[name])
    assert picture.size == (WIDTH, HEIGHT)
    ink = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    assert ink is not None or name == "no axes"
    left, top, right, bottom = ink or (EDGE, EDGE, EDGE, EDGE)
    assert left >= EDGE
    assert top >= EDGE
    assert right <= WIDTH - EDGE
    assert bottom <= HEIGHT - EDGE


def test_the_same_wheel_is_the_same_file() -> None:
    assert wheel_picture(WHEEL) == wheel_picture(WHEEL)
    assert wheel_picture(WHEEL).startswith(b"\x89PNG\r\n")
    assert len(wheel_picture(FULL_WHEEL)) < MOST_FILE / 20


@pytest.mark.parametrize("at", range(5))
def test_each_figure_and_each_name_is_seen(at: int) -> None:
    values = [2.0, 2.0, 2.0, 2.0, 2.0]
    before = wheel(Series("Now", tuple(values)))
    values[at] = 2.3
    assert is_other(before, wheel(Series("Now", tuple(values))))
    axes = tuple(f"{name}s" if place == at else name for place, name in enumerate(FIVE))
    assert is_other(before, wheel(Series("Now", (2,) * 5), axes=axes))


def test_a_gap_is_not_drawn_as_a_figure() -> None:
    known = wheel(Series("Now", (1, 1, 1, 1, 1)))
    assert is_other(known, wheel(Series("Now", (1, None, 1, 1, 1))))


def ink(place: int, *values: float | None) -> Image.Image:
    """What one series adds, in black and white, where it is the only one of four that is known."""
    nobody = Series("Now", (None,) * 5)
    series = [nobody] * 4
    empty = opened(wheel(*series), "L")
    series[place] = Series("Now", values)
    return ImageChops.difference(opened(wheel(*series), "L"), empty).point(lambda one: 255 if one > 60 else 0)


def marks(place: int) -> Image.Image:
    """The points of a series alone: none is beside another."""
    apart = ((4, None, 4, None, None), (None, 4, None, 4, None), (None, None, None, None, 4))
    first, second, third = (ink(place, *values) for values in apart)
    return ImageChops.lighter(first, ImageChops.lighter(second, third))


def lines(place: int) -> Image.Image:
    """The line of a series without its points and what lies close to them."""
    return ImageChops.subtract(ink(place, 4, 4, 4, 4, 4), marks(place).filter(ImageFilter.MaxFilter(9)))


@pytest.mark.parametrize("part", [marks, lines])
@pytest.mark.parametrize(("one", "other"), [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)])
def test_series_are_told_apart_without_colour(one: int, other: int, part: Callable[[int], Image.Image]) -> None:
    differing = ImageChops.difference(part(one), part(other)).histogram()[255]
    assert differing > 300


@pytest.mark.parametrize(("name", "plainer"), [("Zoë’s – naïve", "Zoe’s - naive"), ("now  here", "now here")])
def test_a_letter_that_the_font_lacks_stands_without_its_accent(name: str, plainer: str) -> None:
    assert not is_other(replace(WHEEL, title=name), replace(WHEEL, title=plainer))


def test_a_name_in_other_letters_is_its_number_and_such_words_of_a_title_are_left_out() -> None:
    other = wheel(Series("شبكة", NOW.values), axes=("網絡", *FIVE[1:]), title="Review of شبكة, 3 answered")
    plain = replace(wheel(Series("1", NOW.values), axes=("1", *FIVE[1:])), title="Review of 3 answered")
    assert not is_other(other, plain)


FILE = Attachment("wheel.png", "image/png", wheel_picture(WHEEL), WHEEL.summary, Again("talk.press"))


def test_teams_offers_it_with_its_words() -> None:
    offers = Offers("a secret", MovedClock())
    (_, offer) = activities(
        Message("The wheel", attachments=(FILE,)),
        offer=lambda file, summary: offers.activity(file, Account("teams", "t", "ann"), summary),
    )
    assert teams_limits.problems(offer) == []
    (card,) = offer["attachments"]
    assert (card["name"], card["content"]["description"]) == ("wheel.png", WHEEL.summary)


def test_the_browser_gets_it_as_a_picture_and_word_takes_it() -> None:
    answer = attachment(FILE)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    made = Document()
    made.add_picture(io.BytesIO(FILE.content))
    assert len(made.inline_shapes) == 1
